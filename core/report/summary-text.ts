import type { Assessment } from "../assessment/assessment";
import type { Summary } from "../assessment/summary";
import { counted } from "./text";

/**
 * `3 hosts: 1 ready, 1 blocked, 1 unknown. 2 errors, 0 warnings, 1 suppressed.`; with a baseline `… 3 suppressed, 2 of them known.`,
 * and of changes alone `… Of 9 files read, 2 judged.`
 */
export function summaryText(summary: Summary): string {
  const { hosts, ready, blocked, unknown, errors, warnings, suppressed, known, changes } = summary;
  const verdicts = `${counted(hosts, "host")}: ${ready} ready, ${blocked} blocked, ${unknown} unknown`;
  const ofBaseline = known === undefined ? "" : `, ${known} of them known`;
  const scope = changes === undefined ? "" : ` Of ${counted(changes.of, "file")} read, ${changes.files} judged.`;
  return `${verdicts}. ${counted(errors, "error")}, ${counted(warnings, "warning")}, ${suppressed} suppressed${ofBaseline}.${scope}`;
}

/** Said where there is no host; a clause without a full stop. */
export const noHostsClause = ({ changes }: Summary): string =>
  changes === undefined ? "No hosts declared" : `No hosts in what changed since ${changes.since}`;

/** What stands in place of a list of hosts that is empty. */
export const noHostsText = ({ notJudged }: Pick<Assessment, "notJudged">, summary: Summary): string =>
  notJudged.length === 0
    ? `${noHostsClause(summary)}: nothing here needs Session Manager.`
    : "No hosts to judge; see below for what is not judged.";
