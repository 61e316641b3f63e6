import type { Assessment } from "../assessment/assessment";
import type { Summary } from "../assessment/summary";
import { counted } from "./text";

/** `3 hosts: 1 ready, 1 blocked, 1 unknown. 2 errors, 0 warnings, 1 suppressed.` */
export function summaryText({ hosts, ready, blocked, unknown, errors, warnings, suppressed }: Summary): string {
  const verdicts = `${counted(hosts, "host")}: ${ready} ready, ${blocked} blocked, ${unknown} unknown`;
  return `${verdicts}. ${counted(errors, "error")}, ${counted(warnings, "warning")}, ${suppressed} suppressed.`;
}

/** What stands in place of a list of hosts that is empty. */
export function noHostsText({ notJudged, problems }: Pick<Assessment, "notJudged" | "problems">): string {
  if (problems.length > 0) return "No hosts declared in what could be read.";
  return notJudged.length > 0
    ? "No hosts to judge; see below for what is not judged."
    : "No hosts declared: nothing here needs Session Manager.";
}
