import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../../../program/normal-form";
import { at } from "../../../program/read";
import { literal, type RecordValue, record, type Value } from "../../../program/value";
import { itemsOf, openItem, ownId, tagList } from "../converters";
import {
  type Convert,
  type Fragment,
  plain,
  type Self,
  shape,
  type TypeMapping,
  type TypeMappings,
  without,
} from "../mapping";

/** CloudFormation takes protocol numbers; the provider also takes names. Source: IANA protocol numbers. */
const PROTOCOL_NUMBERS: ReadonlyMap<string, string> = new Map([
  ["all", "-1"],
  ["icmp", "1"],
  ["tcp", "6"],
  ["udp", "17"],
  ["icmpv6", "58"],
]);

const protocolNumber: Convert = (value) => {
  if (value.kind !== "literal") return value;
  const name = String(value.value).toLowerCase();
  return { ...value, value: PROTOCOL_NUMBERS.get(name) ?? name };
};

const INLINE_ENTRY = shape(
  ["ruleNo", "RuleNumber"],
  ["action", "RuleAction"],
  ["protocol", "Protocol", protocolNumber],
  "cidrBlock",
  "ipv6CidrBlock",
  ["fromPort", "PortRange.From"],
  ["toPort", "PortRange.To"],
);

/** An ACL, the entries written inside of it and its subnets. */
const aclWithEntries = (type: string): Required<Pick<TypeMapping, "split">> => ({
  split: (properties: RecordValue, self: Self): readonly Fragment[] => [
    { type, properties: without(properties, "Ingress", "Egress", "SubnetIds") },
    ...entriesOf(at(properties, "Ingress"), false, self),
    ...entriesOf(at(properties, "Egress"), true, self),
    ...associationsOf(at(properties, "SubnetIds"), self),
  ],
});

function entriesOf(entries: Value, egress: boolean, self: Self): readonly Fragment[] {
  return itemsOf(entries).map((entry, index) => ({
    type: "AWS::EC2::NetworkAclEntry",
    properties: entryOf(entry, egress, ownId(self)),
    part: `${egress ? "egress" : "ingress"}-${index + 1}`,
  }));
}

function entryOf(entry: Value, egress: boolean, acl: Value): RecordValue {
  const head: [string, Value][] = [
    ["NetworkAclId", acl],
    ["Egress", literal(egress)],
  ];
  if (entry.kind === "record") return { ...entry, entries: new Map([...head, ...entry.entries]) };
  const body = ["RuleNumber", "RuleAction", "Protocol", "CidrBlock"].map((key): [string, Value] => [
    key,
    openItem(entry),
  ]);
  return record(new Map([...head, ...body]));
}

const associationsOf = (subnets: Value, self: Self): readonly Fragment[] =>
  itemsOf(subnets).map((subnet, index) => ({
    type: "AWS::EC2::SubnetNetworkAclAssociation",
    properties: record({ NetworkAclId: ownId(self), SubnetId: subnet }),
    part: `subnet-${index + 1}`,
  }));

export const NETWORK_ACLS: TypeMappings = {
  "aws:ec2/networkAcl:NetworkAcl": {
    type: "AWS::EC2::NetworkAcl",
    inputs: shape(
      "vpcId",
      "subnetIds",
      ["ingress", "Ingress", INLINE_ENTRY],
      ["egress", "Egress", INLINE_ENTRY],
      ["tags", "Tags", tagList],
    ),
    ...aclWithEntries("AWS::EC2::NetworkAcl"),
  },
  "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": {
    type: EXTRA.defaultNetworkAcl,
    inputs: shape(
      "defaultNetworkAclId",
      "subnetIds",
      ["ingress", "Ingress", INLINE_ENTRY],
      ["egress", "Egress", INLINE_ENTRY],
    ),
    outputs: shape("vpcId"),
    ...aclWithEntries(EXTRA.defaultNetworkAcl),
  },
  "aws:ec2/networkAclRule:NetworkAclRule": plain(
    "AWS::EC2::NetworkAclEntry",
    "networkAclId",
    "egress",
    "ruleNumber",
    "ruleAction",
    ["protocol", "Protocol", protocolNumber],
    "cidrBlock",
    "ipv6CidrBlock",
    ["fromPort", "PortRange.From"],
    ["toPort", "PortRange.To"],
  ),
  "aws:ec2/networkAclAssociation:NetworkAclAssociation": plain(
    "AWS::EC2::SubnetNetworkAclAssociation",
    "networkAclId",
    "subnetId",
  ),
};
