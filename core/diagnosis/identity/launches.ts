import { union } from "../../facts/fact";
import type { Host } from "../../infrastructure/model";
import { hostName } from "../../program/names";
import { fail, pass, undecided, type Verdict } from "../verdict";

const OUTCOMES = { pass: "passes", fail: "fails", unknown: "cannot be judged" } as const;

/** A launch template or configuration is as good as the hosts that launch from it; where they differ it depends. */
export function judgeByUsers<P>(
  template: Host,
  [first, ...others]: readonly [Host, ...Host[]],
  judge: (user: Host) => Verdict<P>,
): Verdict<P> {
  const verdict = judge(first);
  const odd = others.find((user) => judge(user).status !== verdict.status);
  if (odd !== undefined) {
    const outcomes = [first, odd].map((user) => `${hostName(user)} ${OUTCOMES[judge(user).status]}`);
    return undecided(`it depends on what launches from ${hostName(template)}: ${outcomes.join(", ")}`);
  }
  const reason = `as ${hostName(first)}, which launches from it: ${verdict.reason}`;
  if (verdict.status === "unknown") return { ...verdict, reason };
  let assuming = verdict.assuming;
  const problems = verdict.status === "fail" ? [...verdict.problems] : [];
  for (const other of others.map(judge)) {
    if (other.status !== "unknown") assuming = union(assuming, other.assuming);
    if (other.status === "fail") problems.push(...other.problems);
  }
  return verdict.status === "pass"
    ? pass(reason, assuming, verdict.chain)
    : fail(reason, problems, assuming, verdict.chain);
}
