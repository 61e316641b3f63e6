import type { Host } from "../../infrastructure/model";
import { shortName } from "../names";
import { allOf, type Undecided, undecided, type Verdict } from "../verdict";
import type { Judge } from "./memo";
import { declared } from "./visibility";

/**
 * The verdict over all places where machines of a host may stand. A launch template or configuration is judged by the
 * hosts that launch from it. One place that fails fails the host: machines launched there have no session.
 */
export function byPlacement<R, P>(
  host: Host,
  judge: Judge<R>,
  conclude: (results: readonly [R, ...R[]]) => Verdict<P>,
): Verdict<P> {
  const [launched, ...others] = host.launches;
  if (launched !== undefined) {
    const verdictOf = (one: Host) => byPlacement(one, judge, conclude);
    return agreed(host, [verdictOf(launched), ...others.map(verdictOf)]);
  }
  const name = shortName(host.declaration);
  const { placements } = host;
  if (placements.state !== "known" || placements.value.length === 0) {
    const reason = placements.state === "unknown" ? placements.reason : "the program names no subnet for it";
    return undecided(`where ${name} stands in the network is not known: ${reason}`, declared(`the subnet of ${name}`));
  }
  const results: R[] = [];
  let open: Undecided | undefined;
  for (const placement of placements.value) {
    const { subnet } = placement;
    if (subnet.state === "known") results.push(judge(placement, subnet.value, host.declaration.region));
    else open ??= withoutSubnet(name, subnet.state === "unknown" ? subnet.reason : "the program names none");
  }
  const [first, ...rest] = results;
  const verdict = first === undefined ? undefined : conclude([first, ...rest]);
  if (verdict?.status === "fail") return verdict;
  return open ?? verdict ?? withoutSubnet(name, "the program names none");
}

const withoutSubnet = (name: string, reason: string): Undecided =>
  undecided(`the subnet of ${name} is not known: ${reason}`, declared(`the subnet of ${name} with its routes`));

/** What all hosts that launch from a template share. */
function agreed<P>(template: Host, verdicts: readonly [Verdict<P>, ...Verdict<P>[]]): Verdict<P> {
  const [first, ...others] = verdicts;
  if (others.every(({ status }) => status === first.status)) return others.length === 0 ? first : allOf(verdicts);
  return undecided(`the hosts that launch from ${shortName(template.declaration)} stand in different places`);
}
