import type { Fact } from "../../facts/fact";
import type { Placement, Route, Subnet } from "../../infrastructure/model";
import { shortName } from "../../program/names";
import { addressesOf } from "./addresses";
import { type Answer, every, silentYes } from "./answer";
import { serverSide } from "./network-acl";
import { type Groups, groupsInForce } from "./security-group";

/** Where packets start: a host's interface, or the NAT device they pass on the way. */
export interface Origin {
  readonly subnet: Subnet;
  readonly groups: Groups;
  /** Absent: the subnet's setting decides. */
  readonly publicAddress: Fact<boolean>;
  readonly ipv6Address: Fact<boolean>;
  /** How a sentence calls it: `the host`, `NAT gateway Nat`. */
  readonly what: string;
  readonly isNatGateway?: true;
}

export const originOf = (placement: Placement, subnet: Subnet, what = "the host"): Origin => ({
  subnet,
  groups: groupsInForce(placement.securityGroups, subnet.vpc),
  publicAddress: placement.publicAddress,
  ipv6Address: placement.ipv6Address,
  what,
});

/** A route on the way of packets. */
export interface Hop {
  readonly route: Route;
  readonly origin: Origin;
  /** Begins the sentence: `route table Private (subnet App) sends 0.0.0.0/0 to`. */
  readonly sends: string;
  /** What it takes to know the target. */
  readonly assuming: readonly string[];
  /** The way on from a device in another subnet. */
  readonly follow: (next: Origin) => Answer;
}

export const onward = (device: string, answer: Answer): Answer =>
  answer.status === "no" ? { ...answer, why: `${device} has no way out itself: ${answer.why}` } : answer;

/** The way over a NAT device, told in one clause where it is open; the chain keeps every step. */
export function overDevice(clause: string, steps: readonly [Answer, ...Answer[]]): Answer {
  const whole = every(steps);
  return whole.status === "yes" ? { ...whole, why: `${clause}, which leads to the internet` } : whole;
}

/** Network ACLs do not filter traffic that stays in a subnet. */
export function border({ subnet: from }: Origin, to: Subnet): Answer {
  return from === to ? silentYes() : serverSide(to, addressesOf(from), `subnet ${shortName(from.declaration)}`);
}
