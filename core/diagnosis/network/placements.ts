import type { Host, Placement, Subnet } from "../../infrastructure/model";
import { hostName } from "../../program/names";
import { judgeByUsers } from "../identity/launches";
import { type Fail, type Undecided, undecided, type Verdict } from "../verdict";
import type { Judge } from "./memo";
import { declared, whyMissing } from "./visibility";

/** How places are judged. */
export interface Judging<R, P> {
  readonly judge: Judge<R>;
  readonly conclude: (results: readonly [R, ...R[]]) => Verdict<P>;
  /** What fails a placement whatever is not known of its subnet and VPC. */
  readonly failsAnywhere?: (placement: Placement) => Fail<P> | undefined;
}

/**
 * The verdict over all places where machines of a host may stand. A launch template or configuration is judged by the
 * hosts that launch from it. One place that fails fails the host: machines launched there have no session.
 */
export function byPlacement<R, P>(host: Host, judging: Judging<R, P>): Verdict<P> {
  const { judge, conclude, failsAnywhere } = judging;
  const [launched, ...others] = host.launches;
  if (launched !== undefined) {
    return judgeByUsers(host, [launched, ...others], (user) => byPlacement(user, judging));
  }
  const name = hostName(host);
  const { placements } = host;
  if (placements.state !== "known" || placements.value.length === 0) {
    const reason = placements.state === "unknown" ? placements.reason : "the program names no subnet for it";
    return undecided(`where ${name} stands in the network is not known: ${reason}`, declared(`the subnet of ${name}`));
  }
  const results: R[] = [];
  let open: Undecided | undefined;
  for (const placement of placements.value) {
    const { subnet } = placement;
    const judgeIn = (one: Subnet) => judge(placement, one, host);
    if (subnet.state === "known") {
      results.push(judgeIn(subnet.value));
      continue;
    }
    const possible = (placement.candidates ?? []).map(judgeIn);
    // Which of several subnets it is does not matter where all of them come to the same.
    if (new Set(possible.map((result) => conclude([result]).status)).size === 1) results.push(...possible);
    else open ??= withoutSubnet(name, whyMissing(subnet, "the program names none"));
  }
  const [first, ...rest] = results;
  const verdict = first === undefined ? undefined : conclude([first, ...rest]);
  if (verdict?.status === "fail") return verdict;
  const settled = open ?? verdict ?? withoutSubnet(name, "the program names none");
  if (settled.status === "pass" || failsAnywhere === undefined) return settled;
  return placements.value.map(failsAnywhere).find((failing) => failing !== undefined) ?? settled;
}

const withoutSubnet = (name: string, reason: string): Undecided =>
  undecided(`the subnet of ${name} is not known: ${reason}`, declared(`the subnet of ${name} with its routes`));
