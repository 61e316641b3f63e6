import type { GivenOptions } from "../../../cli/doctor/aws-settings";
import { CHECKS } from "../../../cli/doctor/checks";
import type { ReportHost } from "../../../cli/doctor/report-hosts";
import { survey } from "../../../cli/doctor/survey";
import type { Workstation } from "../../../cli/doctor/workstation";

/** What a check says: `ok: …`, `unknown: …`, or `problem: …` with a line for each step of the remedy. */
export function judge(
  check: string,
  workstation: Workstation,
  given: Partial<GivenOptions> = {},
  hosts?: readonly ReportHost[],
): string {
  const view = survey(workstation, { profile: given.profile, region: given.region }, hosts);
  const outcome = CHECKS.find(({ id }) => id === check)?.run(view);
  if (outcome === undefined) throw new Error(`no check ${check}`);
  const said = outcome.status === "ok" ? outcome.note : outcome.reason;
  return [`${outcome.status}: ${said}`, ...(outcome.status === "problem" ? outcome.fix : [])].join("\n");
}

/** The text begins with the first part and holds the others. */
export function expectSaid(said: string, [start = "", ...parts]: readonly string[]): void {
  expect(said.slice(0, start.length)).toBe(start);
  for (const part of parts) expect(said).toContain(part);
}
