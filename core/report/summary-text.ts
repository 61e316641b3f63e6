import type { Assessment } from "../assessment/assessment";
import type { Summary } from "../assessment/summary";
import { counted } from "./text";

/** `3 hosts: 1 ready, 1 blocked, 1 unknown. 2 errors, 0 warnings, 1 suppressed.`, and with a baseline: `… 3 suppressed, 2 of them known.` */
export function summaryText(summary: Summary): string {
  const { hosts, ready, blocked, unknown, errors, warnings, suppressed, known } = summary;
  const verdicts = `${counted(hosts, "host")}: ${ready} ready, ${blocked} blocked, ${unknown} unknown`;
  const ofBaseline = known === undefined ? "" : `, ${known} of them known`;
  return `${verdicts}. ${counted(errors, "error")}, ${counted(warnings, "warning")}, ${suppressed} suppressed${ofBaseline}.`;
}

/** What stands in place of a list of hosts that is empty. */
export const noHostsText = ({ notJudged }: Pick<Assessment, "notJudged">): string =>
  notJudged.length === 0
    ? "No hosts declared: nothing here needs Session Manager."
    : "No hosts to judge; see below for what is not judged.";
