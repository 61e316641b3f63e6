import { absent, assumingAlso, assumptionsOf, chain, type Fact, known, map, union, unknown } from "../../facts/fact";
import type { SecurityGroup, SecurityRule, Vpc } from "../../infrastructure/model";
import { shortName } from "../../program/names";
import { type Addresses, held, INTERNET, isWithin } from "./addresses";
import { type Answer, maybe, type No, no, yes } from "./answer";
import { type Cidr, parseCidr } from "./cidr";
import { HTTPS, portCoverage } from "./ports";
import { whyMissing } from "./visibility";

export type Groups = Fact<readonly Fact<SecurityGroup>[]>;

/** One end of a connection as the other end's security groups see it. */
export interface Peer {
  readonly groups: Groups;
  readonly addresses: Addresses;
  /** How a sentence calls it: `the internet`, `endpoint Ssm`, `subnet App`. */
  readonly what: string;
}

export const THE_INTERNET: Peer = { groups: absent(), addresses: INTERNET, what: "the internet" };

/** The groups that really apply: without any written down, EC2 puts an interface into the VPC's default group. */
export function groupsInForce(written: Groups, vpc: Fact<Vpc>): Groups {
  const none = written.state === "absent" || (written.state === "known" && written.value.length === 0);
  if (!none) return written;
  return map(vpc, (owner) => [known(owner.defaultSecurityGroup)]);
}

/** Whether groups let 443 out to a peer, or in from it. Groups are stateful: the way back is open where the way there is. */
export function admitsHttps(groups: Groups, direction: "ingress" | "egress", peer: Peer, owner: string): Answer {
  const deed = direction === "egress" ? `443 outbound to ${peer.what}` : `443 inbound from ${peer.what}`;
  if (groups.state !== "known") {
    const reason = whyMissing(groups, "the program names none");
    return maybe(`the security groups of ${owner} are not known: ${reason}`, `the security groups of ${owner}`);
  }
  const members = groups.value.flatMap((group) => (group.state === "known" ? [group.value] : []));
  const [subject, admits, refuses] = wordsFor(members);
  const admitted = admitting(ruleFacts(groups.value, direction), peer);
  const [first] = members;
  if (admitted.state === "known" && admitted.value)
    return yes(`${subject} ${admits} ${deed}`, admitted.assuming, first?.declaration);
  if (admitted.state === "known" && first !== undefined) {
    const property = direction === "egress" ? "SecurityGroupEgress" : "SecurityGroupIngress";
    return no(`${subject} ${refuses} ${deed}`, { declaration: first.declaration, property }, admitted.assuming);
  }
  const reason = admitted.state === "unknown" ? admitted.reason : "it is out of sight";
  return maybe(
    `whether ${subject} ${admits} ${deed} is not known: ${reason}`,
    `the rules of ${subject}`,
    first?.declaration,
  );
}

/** "No" where groups let 443 out to nothing at all, wherever their host stands; undefined where they may. */
export function refusesAllHttps(groups: Groups): No | undefined {
  if (groups.state !== "known") return undefined;
  const members = groups.value.flatMap((group) => (group.state === "known" ? [group.value] : []));
  const [first] = members;
  const ports = ruleFacts(groups.value, "egress").map((fact) => chain(fact, (rule) => portCoverage(rule, HTTPS)));
  const isShut = ports.every((coverage) => coverage.state === "known" && coverage.value === "none");
  if (first === undefined || !isShut) return undefined;
  const [subject, , refuses] = wordsFor(members);
  const assuming = [groups, ...groups.value, ...ports].map(assumptionsOf).reduce(union, []);
  return no(
    `${subject} ${refuses} 443 outbound to anything`,
    { declaration: first.declaration, property: "SecurityGroupEgress" },
    assuming,
  );
}

/** The rules of all groups; what is not known of a group or its rules is one unknown rule. */
function ruleFacts(
  groups: readonly Fact<SecurityGroup>[],
  direction: "ingress" | "egress",
): readonly Fact<SecurityRule>[] {
  return groups.flatMap((group) => {
    if (group.state === "absent") return [];
    const rules = chain(group, (member) => member[direction]);
    if (rules.state === "known") return rules.value.map((rule) => assumingAlso(rule, rules.assuming));
    return [unknown(whyMissing(rules, "its rules are out of sight"))];
  });
}

/** Whether rules admit 443 for the whole of the peer: by one of its groups, or by blocks that together hold its addresses. */
function admitting(rules: readonly Fact<SecurityRule>[], peer: Peer): Fact<boolean> {
  const blocks: { readonly block: Cidr; readonly assuming: readonly string[] }[] = [];
  let doubt: string | undefined;
  let assuming: readonly string[] = [];
  for (const rule of rules) {
    const effect = effectOf(rule, peer);
    if (effect.state === "unknown") doubt ??= effect.reason;
    assuming = union(assuming, assumptionsOf(effect));
    if (effect.state !== "known") continue;
    if (effect.value === "all") return known(true, effect.assuming);
    blocks.push({ block: effect.value, assuming: effect.assuming });
  }
  const reached = held(
    blocks.map(({ block }) => block),
    peer.addresses,
  );
  if (reached.value === "all") {
    const wide = blocks.find(({ block }) => held([block], peer.addresses).value === "all");
    const used = wide === undefined ? blocks : [wide];
    return known(true, used.map((item) => item.assuming).reduce(union, reached.assuming));
  }
  if (doubt !== undefined) return unknown(doubt);
  if (reached.value === "some") return unknown(`its rules name only a part of the addresses of ${peer.what}`);
  return known(false, union(assuming, reached.assuming));
}

/** What one rule opens for 443 to this peer: all of it, a block of addresses, or (absent) nothing. */
function effectOf(fact: Fact<SecurityRule>, peer: Peer): Fact<Cidr | "all"> {
  return chain(fact, (rule): Fact<Cidr | "all"> => {
    const side = chain(rule.peer, (other) => opens(other, peer));
    if (side.state === "absent") return side;
    const ports = portCoverage(rule, HTTPS);
    if (ports.state === "known" && ports.value !== "all") return absent(ports.assuming);
    if (ports.state === "unknown") return unknown(`of a rule ${ports.reason}`);
    return chain(ports, () =>
      side.state === "unknown" ? unknown(`the other side of a rule is not known: ${side.reason}`) : side,
    );
  });
}

function opens(other: SecurityRulePeer, peer: Peer): Fact<Cidr | "all"> {
  if (other.kind === "prefixList") return unknown(`what prefix list ${other.id} holds is not known`);
  if (other.kind === "openCidr") return isWithin(peer.addresses, other.keys) ? known("all") : unknown(other.reason);
  if (other.kind === "securityGroup") return belongs(other.group, peer.groups);
  const block = parseCidr(other.cidr);
  if (block === undefined) return unknown(`"${other.cidr}" is no address block`);
  const touched = held([block], peer.addresses);
  return block.family === 6 || touched.value === "none" ? absent(touched.assuming) : known(block);
}

type SecurityRulePeer = Extract<SecurityRule["peer"], { state: "known" }>["value"];

function belongs(group: SecurityGroup, groups: Groups): Fact<"all"> {
  if (groups.state !== "known") return groups;
  const match = groups.value.find((item) => item.state === "known" && item.value === group);
  if (match?.state === "known") return known("all", union(groups.assuming, match.assuming));
  const hidden = groups.value.find((item) => item.state === "unknown");
  return hidden?.state === "unknown" ? unknown(hidden.reason) : absent(groups.assuming);
}

/** Subject and verbs of a sentence about these groups. */
function wordsFor(groups: readonly SecurityGroup[]): readonly [subject: string, admits: string, refuses: string] {
  const [first, ...others] = groups;
  if (first === undefined) return ["the security group", "admits", "does not admit"];
  if (others.length === 0) return [groupName(first), "admits", "does not admit"];
  return [groups.map(groupName).join(" and "), "together admit", "do not admit"];
}

/** A VPC and a cluster bring a group along without a declaration of its own. */
function groupName({ declaration, emptiedBy }: SecurityGroup): string {
  const { type } = declaration;
  if (type.endsWith("SecurityGroup")) return `security group ${shortName(declaration)}`;
  if (type.startsWith("AWS::EKS::")) return `the cluster security group of ${shortName(declaration)}`;
  const name = `the default security group of VPC ${shortName(declaration)}`;
  return emptiedBy === undefined ? name : `${name}, whose rules ${shortName(emptiedBy)} revokes,`;
}
