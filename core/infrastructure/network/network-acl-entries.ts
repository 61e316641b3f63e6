import { absent, type Fact, known, map, orDefault, unknown } from "../../facts/fact";
import type { Declaration } from "../../program/declaration";
import { asBoolean, asList, asNumber, asString, at } from "../../program/read";
import type { Value } from "../../program/value";
import type { NetworkAcl, NetworkAclEntry } from "../model";
import { builtNames } from "../physical-names";
import type { ProgramIndex } from "../program-index";
import { NETWORK_ACL, VPC } from "./types";

/** The entries of a network ACL, written in it or as resources of their own. */
export function aclEntries(index: ProgramIndex, declaration: Declaration): NetworkAcl["entries"] {
  const inline = asList(at(declaration.properties, "Entries"));
  const own = inline.state === "known" ? inline.value.map((entry) => readEntry(entry, declaration)) : [];
  if (inline.state === "unknown") own.push(unknown(inline.reason));
  return known([...own, ...separateEntries(index, declaration, NETWORK_ACL)]);
}

/**
 * The entries of the ACL that a VPC brings along: it admits everything, and entries that the program adds to it by
 * `!GetAtt Vpc.DefaultNetworkAcl` may come first. Absent where there are none. Source: Amazon VPC user guide, "Default network ACL".
 */
export function defaultAclEntries(index: ProgramIndex, vpc: Declaration): NetworkAcl["entries"] {
  const added = separateEntries(index, vpc, VPC);
  return added.length === 0 ? absent() : known([...added, ...[true, false].map(admittingAll)]);
}

const admittingAll = (egress: boolean): Fact<NetworkAclEntry> =>
  known({
    number: known(100),
    egress: known(egress),
    allow: known(true),
    protocol: known("-1"),
    cidr: known("0.0.0.0/0"),
    cidrKeys: [],
    fromPort: absent(),
    toPort: absent(),
  });

const separateEntries = (
  index: ProgramIndex,
  owner: Declaration,
  types: readonly string[],
): readonly Fact<NetworkAclEntry>[] =>
  (index.attachments("AWS::EC2::NetworkAclEntry", "NetworkAclId", types).get(owner) ?? []).map(
    ({ declaration: entry, certain }) =>
      certain ? readEntry(entry.properties, entry) : unknown(`${entry.name} may belong to another network ACL`),
  );

function readEntry(entry: Value, { stack }: Declaration): Fact<NetworkAclEntry> {
  if (entry.kind === "unknown") return unknown(entry.reason);
  const cidr = asString(at(entry, "CidrBlock"));
  return known({
    number: asNumber(at(entry, "RuleNumber")),
    egress: orDefault(asBoolean(at(entry, "Egress")), false),
    allow: map(asString(at(entry, "RuleAction")), (action) => action.toLowerCase() === "allow"),
    protocol: asString(at(entry, "Protocol")),
    cidr: cidr.state === "absent" ? asString(at(entry, "Ipv6CidrBlock")) : cidr,
    cidrKeys: builtNames(at(entry, "CidrBlock"), stack),
    fromPort: asNumber(at(entry, "PortRange", "From")),
    toPort: asNumber(at(entry, "PortRange", "To")),
  });
}
