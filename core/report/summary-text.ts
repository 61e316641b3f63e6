import type { Summary } from "../assessment/summary";
import { counted } from "./text";

/** `3 hosts: 1 ready, 1 blocked, 1 unknown. 2 errors, 0 warnings, 1 suppressed.` */
export function summaryText(summary: Summary): string {
  const { hosts, ready, blocked, unknown, errors, warnings, suppressed, changes } = summary;
  const verdicts = `${counted(hosts, "host")}: ${ready} ready, ${blocked} blocked, ${unknown} unknown`;
  const scope = changes === undefined ? "" : ` Of ${counted(changes.of, "file")} read, ${changes.files} judged.`;
  return `${verdicts}. ${counted(errors, "error")}, ${counted(warnings, "warning")}, ${suppressed} suppressed.${scope}`;
}

/** Said where there is no host. */
export const noHostsText = ({ changes }: Summary): string =>
  changes === undefined ? "No hosts declared" : `No hosts in what changed since ${changes.since}`;
