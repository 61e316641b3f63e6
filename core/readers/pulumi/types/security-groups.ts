import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../../../program/normal-form";
import { at } from "../../../program/read";
import { type RecordValue, record, unknownValue, type Value } from "../../../program/value";
import { itemsOf, ownId, tagList } from "../converters";
import { type Convert, type Fragment, plain, shape, type TypeMappings, without } from "../mapping";

type Direction = "Ingress" | "Egress";

/** One item of `ingress` or `egress`, which admits several peers at once. */
const RULE = shape(
  ["protocol", "IpProtocol"],
  "fromPort",
  "toPort",
  ["cidrBlocks", "CidrIp"],
  ["ipv6CidrBlocks", "CidrIpv6"],
  ["prefixListIds", "PrefixListId"],
  ["securityGroups", "SecurityGroupId"],
  ["self", "Self"],
);

const SEPARATE_RULE = shape(
  ["securityGroupId", "GroupId"],
  ["type", "Direction"],
  ["protocol", "IpProtocol"],
  "fromPort",
  "toPort",
  ["cidrBlocks", "CidrIp"],
  ["ipv6CidrBlocks", "CidrIpv6"],
  ["prefixListIds", "PrefixListId"],
  ["sourceSecurityGroupId", "SecurityGroupId"],
  ["self", "Self"],
);

const GROUP = shape(
  ["name", "GroupName"],
  ["description", "GroupDescription"],
  "vpcId",
  ["ingress", "SecurityGroupIngress", RULE, rulesTowards("Ingress")],
  ["egress", "SecurityGroupEgress", RULE, rulesTowards("Egress")],
  ["tags", "Tags", tagList],
);

const PEERS = ["CidrIp", "CidrIpv6", "PrefixListId", "SecurityGroupId"];

/** CloudFormation's names for a peer that is a group or a prefix list differ by direction. */
const PEER_NAMES: Readonly<Record<Direction, Readonly<Record<string, string>>>> = {
  Ingress: { PrefixListId: "SourcePrefixListId", SecurityGroupId: "SourceSecurityGroupId" },
  Egress: { PrefixListId: "DestinationPrefixListId", SecurityGroupId: "DestinationSecurityGroupId" },
};

function rulesTowards(direction: Direction): Convert {
  return (value, self) => {
    if (value.kind !== "list") return value;
    const rules = value.items.flatMap((item): readonly Value[] =>
      item.kind === "record" ? rulesOf(item, direction, ownId(self)) : [item],
    );
    return { ...value, items: rules };
  };
}

/** One rule for each peer, as CloudFormation wants it. */
function rulesOf(rule: RecordValue, direction: Direction, own: Value): readonly RecordValue[] {
  const common = commonPart(rule);
  const byPeer = PEERS.flatMap((peer) =>
    itemsOf(at(rule, peer)).map((value) => ruleFor(common, direction, peer, value)),
  );
  const itself = ownPeer(at(rule, "Self"), own);
  return itself === undefined ? byPeer : [...byPeer, ruleFor(common, direction, "SecurityGroupId", itself)];
}

const ruleFor = (common: RecordValue, direction: Direction, peer: string, value: Value): RecordValue => ({
  ...common,
  entries: new Map([...common.entries, [PEER_NAMES[direction][peer] ?? peer, value]]),
});

/** Protocol and ports. With all protocols the provider wants ports 0 to 0, which mean nothing. */
function commonPart(rule: RecordValue): RecordValue {
  const common = without(rule, ...PEERS, "Self", "Direction");
  const protocol = at(common, "IpProtocol");
  if (protocol.kind !== "literal" || !["-1", "all"].includes(String(protocol.value))) return common;
  const rest = without(common, "FromPort", "ToPort");
  return { ...rest, entries: new Map([...rest.entries, ["IpProtocol", { ...protocol, value: "-1" }]]) };
}

function ownPeer(flag: Value, own: Value): Value | undefined {
  if (flag.kind === "unknown") return unknownValue(flag.reason);
  return flag.kind === "literal" && flag.value === true ? own : undefined;
}

function splitRule(properties: RecordValue): readonly Fragment[] {
  const direction = at(properties, "Direction");
  const named = direction.kind === "literal" ? String(direction.value).toLowerCase() : undefined;
  if (named === "ingress") return fragmentsOf(properties, "Ingress");
  if (named === "egress") return fragmentsOf(properties, "Egress");
  return (["Ingress", "Egress"] as const).map((either) => undecided(properties, either));
}

function fragmentsOf(properties: RecordValue, direction: Direction): readonly Fragment[] {
  const rules = rulesOf(properties, direction, at(properties, "GroupId"));
  return rules.map((rule, index) => ({
    type: `AWS::EC2::SecurityGroup${direction}`,
    properties: rule,
    ...(index === 0 ? {} : { part: `rule-${index + 1}` }),
  }));
}

/** A rule that may be of either direction is a rule of which nothing is known, in both. */
const undecided = (properties: RecordValue, direction: Direction): Fragment => ({
  type: `AWS::EC2::SecurityGroup${direction}`,
  properties: record({
    GroupId: at(properties, "GroupId"),
    IpProtocol: unknownValue("whether the rule is for ingress or egress is not known"),
  }),
  part: direction.toLowerCase(),
});

/** `referencedSecurityGroupId: "self"` names the rule's own group. */
const groupOrSelf = (properties: RecordValue, key: string): RecordValue => {
  const peer = at(properties, key);
  if (peer.kind !== "literal" || peer.value !== "self") return properties;
  return { ...properties, entries: new Map([...properties.entries, [key, at(properties, "GroupId")]]) };
};

const ruleResource = (direction: Direction) => {
  const type = `AWS::EC2::SecurityGroup${direction}`;
  const group = PEER_NAMES[direction].SecurityGroupId ?? "";
  return {
    type,
    inputs: shape(
      ["securityGroupId", "GroupId"],
      "ipProtocol",
      "fromPort",
      "toPort",
      ["cidrIpv4", "CidrIp"],
      "cidrIpv6",
      ["prefixListId", PEER_NAMES[direction].PrefixListId ?? ""],
      ["referencedSecurityGroupId", group],
    ),
    split: (properties: RecordValue): readonly Fragment[] => [{ type, properties: groupOrSelf(properties, group) }],
  };
};

/** Without `egress` the provider takes CloudFormation's and EC2's allow-all rule away. */
const NO_EGRESS = { SecurityGroupEgress: [] };

export const SECURITY_GROUPS: TypeMappings = {
  "aws:ec2/securityGroup:SecurityGroup": { type: "AWS::EC2::SecurityGroup", inputs: GROUP, defaults: NO_EGRESS },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    type: EXTRA.defaultSecurityGroup,
    inputs: shape(
      "vpcId",
      ["ingress", "SecurityGroupIngress", RULE, rulesTowards("Ingress")],
      ["egress", "SecurityGroupEgress", RULE, rulesTowards("Egress")],
      ["tags", "Tags", tagList],
    ),
    outputs: shape("vpcId"),
    defaults: { SecurityGroupIngress: [], ...NO_EGRESS },
  },
  "aws:ec2/securityGroupRule:SecurityGroupRule": {
    type: "AWS::EC2::SecurityGroupIngress",
    inputs: SEPARATE_RULE,
    split: splitRule,
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ruleResource("Ingress"),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ruleResource("Egress"),
  "aws:ec2/vpcSecurityGroupRulesExclusive:VpcSecurityGroupRulesExclusive": plain(
    EXTRA.securityGroupRulesExclusive,
    "securityGroupId",
    "ingressRuleIds",
    "egressRuleIds",
  ),
  "aws:vpc/securityGroupVpcAssociation:SecurityGroupVpcAssociation": plain(
    "AWS::EC2::SecurityGroupVpcAssociation",
    ["securityGroupId", "GroupId"],
    "vpcId",
  ),
};
