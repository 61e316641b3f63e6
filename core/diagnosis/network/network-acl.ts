import {
  absent,
  assumingAlso,
  assumptionsOf,
  type Fact,
  is,
  isNot,
  known,
  map,
  union,
  unknown,
} from "../../facts/fact";
import type { NetworkAcl, NetworkAclEntry, Subnet } from "../../infrastructure/model";
import { shortName } from "../../program/names";
import { type Addresses, held, INTERNET, isWithin } from "./addresses";
import { type Answer, every, maybe, no, silentYes, yes } from "./answer";
import { type Cidr, type Coverage, parseCidr } from "./cidr";
import { isMinor, minorBlockAssumption } from "./minor-block";
import { HTTPS, type PortRange, portCoverage } from "./ports";
import { whyMissing } from "./visibility";

/** Traffic that crosses the border of a subnet in one direction. */
export interface Flow {
  readonly egress: boolean;
  readonly ports: PortRange;
  /** Addresses outside of the subnet. */
  readonly addresses: Addresses;
}

/** Ports a client may take for itself. Source: Amazon VPC user guide, "Ephemeral ports". */
const EPHEMERAL: PortRange = { from: 1024, to: 65535 };
const LINUX_EPHEMERAL: PortRange = { from: 32768, to: 60999 };

/** Network ACLs are stateless: a client's subnet must let 443 out and the answers in. */
export function clientSide(subnet: Subnet, addresses: Addresses, what: string): Answer {
  return judge(subnet, (acl) => [
    [`443 outbound to ${what}`, admits(acl, { egress: true, ports: HTTPS, addresses })],
    [`answers on ephemeral ports from ${what}`, admitsEphemeral(acl, { egress: false, ports: EPHEMERAL, addresses })],
  ]);
}

/** The mirror of {@link clientSide} for the subnet of an endpoint or a NAT device. */
export function serverSide(subnet: Subnet, addresses: Addresses, what: string): Answer {
  return judge(subnet, (acl) => [
    [`443 inbound from ${what}`, admits(acl, { egress: false, ports: HTTPS, addresses })],
    [`answers on ephemeral ports to ${what}`, admitsEphemeral(acl, { egress: true, ports: EPHEMERAL, addresses })],
  ]);
}

/** A NAT gateway uses all of 1024-65535 for its own connections to the internet. */
export function natSide(subnet: Subnet): Answer {
  return judge(subnet, (acl) => [
    ["443 outbound to the internet", admits(acl, { egress: true, ports: HTTPS, addresses: INTERNET })],
    [
      "answers on ephemeral ports from the internet",
      admits(acl, { egress: false, ports: EPHEMERAL, addresses: INTERNET }),
    ],
  ]);
}

type Deed = readonly [what: string, admitted: Fact<boolean>];

function judge(subnet: Subnet, deeds: (acl: NetworkAcl) => readonly [Deed, Deed]): Answer {
  const acl = subnet.networkAcl;
  // Without an association the VPC's default network ACL applies, which admits everything unless the program changes it.
  if (acl.state === "absent") return silentYes(acl.assuming);
  if (acl.state === "unknown") {
    const name = `the network ACL of subnet ${shortName(subnet.declaration)}`;
    return maybe(`${name} is not known: ${acl.reason}`, name, subnet.declaration);
  }
  const [out, back] = deeds(acl.value);
  return every([answer(acl.value, out, acl.assuming), answer(acl.value, back, acl.assuming)]);
}

function answer(acl: NetworkAcl, [what, admitted]: Deed, assuming: readonly string[]): Answer {
  const isDefault = acl.declaration.type === "AWS::EC2::VPC";
  const name = `${isDefault ? "the default network ACL of VPC" : "network ACL"} ${shortName(acl.declaration)}`;
  if (admitted.state !== "known") {
    const reason = admitted.state === "unknown" ? `: ${admitted.reason}` : "";
    return maybe(`whether ${name} admits ${what} is not known${reason}`, `the entries of ${name}`, acl.declaration);
  }
  const grounds = union(assuming, admitted.assuming);
  if (admitted.value) return yes(`${name} admits ${what}`, grounds, acl.declaration);
  return no(`${name} does not admit ${what}`, { declaration: acl.declaration }, grounds);
}

/**
 * Whether answers reach a client whose operating system is not known: surely when the whole range passes or the part
 * that Linux uses, surely not when nothing of the range passes.
 */
function admitsEphemeral(acl: NetworkAcl, flow: Flow): Fact<boolean> {
  const whole = admits(acl, flow);
  if (whole.state === "known") return whole;
  const linux = admits(acl, { ...flow, ports: LINUX_EPHEMERAL });
  return linux.state === "known" && linux.value ? linux : whole;
}

/** The first entry by number that matches decides; what nothing matches is refused. */
export function admits(acl: NetworkAcl, flow: Flow): Fact<boolean> {
  const entries = acl.entries;
  if (entries.state !== "known") return unknown(whyMissing(entries, "its entries are out of sight"));
  const partial: PartialMatch[] = [];
  const passedOver: string[] = [];
  let assuming = entries.assuming;
  for (const fact of inOrder(entries.value)) {
    const { match, allow, ignorable } = effectOf(fact, flow);
    assuming = union(assuming, assumptionsOf(match));
    if (match.state === "unknown") partial.push({ allow, doubt: `of an entry ${match.reason}` });
    if (match.state !== "known" || match.value === "none") continue;
    if (ignorable !== undefined) passedOver.push(ignorable);
    else if (match.value === "some" || allow.state !== "known") partial.push({ allow, doubt: PARTLY });
    else
      return decided(allow.value, partial, [assuming, allow.assuming, allow.value ? passedOver : []].reduce(union, []));
  }
  return decided(false, partial, assuming);
}

/** An entry before the deciding one that matches in part, or may match: no matter if it says the same. */
interface PartialMatch {
  readonly allow: Fact<boolean>;
  readonly doubt: string;
}

const PARTLY = "its entries say otherwise for a part of the ports or addresses";

function decided(allow: boolean, partial: readonly PartialMatch[], assuming: readonly string[]): Fact<boolean> {
  for (const earlier of partial) {
    if (earlier.allow.state === "unknown")
      return unknown(`of an entry the action is not known: ${earlier.allow.reason}`);
    if (!is(earlier.allow, allow)) return unknown(earlier.doubt);
  }
  return known(allow, partial.map((earlier) => assumptionsOf(earlier.allow)).reduce(union, assuming));
}

/** Entries whose number is not known may come before all others. */
function inOrder(items: readonly Fact<NetworkAclEntry>[]): readonly Fact<NetworkAclEntry>[] {
  return [...items].sort((left, right) => rank(left) - rank(right));
}

function rank(fact: Fact<NetworkAclEntry>): number {
  return fact.state === "known" && fact.value.number.state === "known" ? fact.value.number.value : 0;
}

interface Effect {
  readonly match: Fact<Coverage>;
  readonly allow: Fact<boolean>;
  /** Set when the entry may be passed over, with what is taken for granted then. */
  readonly ignorable?: string;
}

function effectOf(fact: Fact<NetworkAclEntry>, flow: Flow): Effect {
  if (fact.state !== "known") return { match: fact.state === "unknown" ? fact : known("none"), allow: absent() };
  const { number, allow, cidr } = fact.value;
  const block = cidr.state === "known" ? parseCidr(cidr.value) : undefined;
  const match = assumingAlso(matchOf(fact.value, block, flow), fact.assuming);
  // Without its number the entry may come first or behind the deciding one.
  const placed: Fact<Coverage> =
    number.state === "unknown" ? map(match, (found) => (found === "all" ? "some" : found)) : match;
  const isPassedOver = flow.addresses === INTERNET && block !== undefined && isMinor(block) && is(allow, false);
  return isPassedOver && cidr.state === "known"
    ? { match: placed, allow, ignorable: minorBlockAssumption(cidr.value) }
    : { match: placed, allow };
}

/** How much of the flow an entry is about. */
function matchOf(entry: NetworkAclEntry, block: Cidr | undefined, flow: Flow): Fact<Coverage> {
  const { egress, cidr, cidrKeys } = entry;
  if (isNot(egress, flow.egress)) return known("none", assumptionsOf(egress));
  const ports = portCoverage(entry, flow.ports);
  if (is(ports, "none")) return ports;
  if (egress.state === "unknown") return unknown(`the direction is not known: ${egress.reason}`);
  if (cidr.state === "unknown" && isWithin(flow.addresses, cidrKeys)) {
    return assumingAlso(ports, assumptionsOf(egress));
  }
  if (cidr.state === "unknown") return unknown(`the address block is not known: ${cidr.reason}`);
  if (block === undefined) return unknown("the address block cannot be read");
  const addresses = block.family === 6 ? known<Coverage>("none") : held([block], flow.addresses);
  if (addresses.value === "none") return assumingAlso(addresses, assumptionsOf(cidr));
  if (ports.state === "unknown") return ports;
  const assuming = [egress, cidr, addresses, ports].map(assumptionsOf).reduce(union, []);
  return known(addresses.value === "all" && is(ports, "all") ? "all" : "some", assuming);
}
