import { absent, type Fact, is, known, map, unknown } from "../../facts/fact";
import { lazy, memoize } from "../../facts/lazy";
import type { Declaration } from "../../program/declaration";
import { asBoolean, asList, asNumber, asString, at, referencesIn } from "../../program/read";
import { shortName } from "../../program/short-name";
import type { Value } from "../../program/value";
import type { SecurityGroup, SecurityPeer, SecurityRule, Vpc } from "../model";
import { builtNames } from "../physical-names";
import type { Attachment, ProgramIndex } from "../program-index";
import { type Direction, exclusiveRules, RULE_TYPE } from "./exclusive-rules";
import { prefixListBlocks } from "./prefix-lists";
import { withSettledPeers } from "./rule-peers";
import { VPC } from "./types";

const SECURITY_GROUP = [
  "AWS::EC2::SecurityGroup",
  "SsmPreflight::DefaultSecurityGroup",
  "SsmPreflight::OutsideSecurityGroup",
];

const CLUSTER = ["AWS::EKS::Cluster"];

/** CDK's custom resource behind `restrictDefaultSecurityGroup`: it revokes the rules that EC2 makes for a VPC's default group. */
const RESTRICTION = "Custom::VpcRestrictDefaultSG";

/** Property names of a rule's peer by direction: inside a group and as a resource of its own they are the same. */
const PEER: Readonly<Record<Direction, { readonly group: string; readonly prefixList: string }>> = {
  ingress: { group: "SourceSecurityGroupId", prefixList: "SourcePrefixListId" },
  egress: { group: "DestinationSecurityGroupId", prefixList: "DestinationPrefixListId" },
};

const EVERYTHING: Fact<SecurityRule> = known({
  protocol: known("-1"),
  fromPort: absent(),
  toPort: absent(),
  peer: known({ kind: "cidr", cidr: "0.0.0.0/0" }),
});

export interface SecurityGroupModel {
  groups(value: Value): Fact<readonly Fact<SecurityGroup>[]>;
  /** The group that a VPC brings along: inbound from itself, outbound everything, unless the program adopts or empties it. */
  defaultGroup(vpc: Vpc): SecurityGroup;
}

export function securityGroupModel(
  index: ProgramIndex,
  vpcOf: (value: Value, stack: string) => Fact<Vpc>,
  vpc: (declaration: Declaration) => Vpc,
): SecurityGroupModel {
  const group = memoize((declaration: Declaration): SecurityGroup => {
    const owner = lazy(() => vpcOf(at(declaration.properties, "VpcId"), declaration.stack));
    const ingress = lazy(() => rules(declaration, "ingress", index, peerGroup, built));
    const egress = lazy(() => rules(declaration, "egress", index, peerGroup, built));
    const built: SecurityGroup = {
      declaration,
      get vpc() {
        return owner();
      },
      get ingress() {
        return ingress();
      },
      get egress() {
        return egress();
      },
    };
    return built;
  });

  /** A group that a service makes: inbound from itself, outbound everything, unless something revokes it, and what the program adds. */
  const groupOfService = (
    declaration: Declaration,
    owner: Fact<Vpc>,
    ownerTypes: readonly string[],
    restriction?: Attachment,
  ): SecurityGroup => {
    const withSeparate = (made: Fact<SecurityRule>, direction: Direction): Fact<readonly Fact<SecurityRule>[]> =>
      known([...leftBy(restriction, made), ...separateRules(declaration, direction, index, peerGroup, ownerTypes)]);
    const implicit: SecurityGroup = {
      declaration,
      vpc: owner,
      ...(restriction?.certain === true ? { emptiedBy: restriction.declaration } : {}),
      get ingress() {
        const own: SecurityRule = {
          protocol: known("-1"),
          fromPort: absent(),
          toPort: absent(),
          peer: known({ kind: "securityGroup", group: implicit }),
        };
        return withSeparate(known(own), "ingress");
      },
      get egress() {
        return withSeparate(EVERYTHING, "egress");
      },
    };
    return implicit;
  };

  const defaultGroup = memoize((owner: Vpc): SecurityGroup => {
    const { declaration } = owner;
    const adopted = index.attachments("SsmPreflight::DefaultSecurityGroup", "VpcId", VPC).get(declaration)?.[0];
    if (adopted !== undefined) return group(adopted.declaration);
    const restriction = index.attachments(RESTRICTION, "DefaultSecurityGroupId", VPC).get(declaration)?.[0];
    return groupOfService(declaration, known(owner), VPC, restriction);
  });

  const clusterGroup = memoize((cluster: Declaration) =>
    groupOfService(cluster, unknown("the subnets of the cluster decide"), CLUSTER),
  );

  const peerGroup = (value: Value): Fact<SecurityGroup> => {
    const declared = map(index.follow(value, SECURITY_GROUP), group);
    if (declared.state !== "unknown" || index.candidates(value, SECURITY_GROUP).length > 0) return declared;
    const [owner, ...others] = index.candidates(value, [...VPC, ...CLUSTER]);
    if (owner === undefined || others.length > 0) return declared;
    // `!GetAtt Vpc.DefaultSecurityGroup`, or in Pulumi `vpc.defaultSecurityGroupId`.
    if (VPC.includes(owner.type)) return known(defaultGroup(vpc(owner)), value.assuming);
    return isClusterGroup(value, owner) ? known(clusterGroup(owner), value.assuming) : declared;
  };

  const groups = (value: Value): Fact<readonly Fact<SecurityGroup>[]> => {
    const items = asList(value);
    if (items.state === "known") return map(items, (list) => index.settle(list, SECURITY_GROUP).map(peerGroup));
    return map(index.followAll(value, SECURITY_GROUP), (found) => found.map((fact) => map(fact, group)));
  };

  return { groups, defaultGroup };
}

/**
 * Whether a value made from a cluster is the group that EKS makes for it. Pulumi does not tell which property it is: where the
 * cluster has groups of its own it may be one of those.
 * Source: EKS user guide, "Amazon EKS security group requirements and considerations".
 */
function isClusterGroup(value: Value, cluster: Declaration): boolean {
  const attributes = referencesIn(value).map(({ attribute }) => attribute);
  if (attributes.includes("ClusterSecurityGroupId")) return true;
  const own = at(cluster.properties, "ResourcesVpcConfig", "SecurityGroupIds");
  return attributes.includes(undefined) && own.kind === "absent";
}

/** What is left of a rule that EC2 makes where something revokes it. */
function leftBy(restriction: Attachment | undefined, made: Fact<SecurityRule>): readonly Fact<SecurityRule>[] {
  if (restriction === undefined) return [made];
  return restriction.certain ? [] : [unknown(`${shortName(restriction.declaration)} may revoke it`)];
}

function rules(
  declaration: Declaration,
  direction: Direction,
  index: ProgramIndex,
  peerGroup: (value: Value) => Fact<SecurityGroup>,
  self: SecurityGroup,
): Fact<readonly Fact<SecurityRule>[]> {
  const reading = { direction, peerGroup, stack: declaration.stack, index };
  const inline = at(declaration.properties, direction === "ingress" ? "SecurityGroupIngress" : "SecurityGroupEgress");
  const separate = separateRules(declaration, direction, index, peerGroup, SECURITY_GROUP);
  const written = asList(inline);
  if (written.state === "unknown") return separate.length > 0 ? known([unknown(written.reason), ...separate]) : written;
  if (written.state === "known" && !(written.value.length === 0 && isLeftToEc2(declaration))) {
    const settled = withSettledPeers(written.value, PEER[direction].group, SECURITY_GROUP, index);
    const exclusive = exclusiveRules(declaration, direction, index, SECURITY_GROUP);
    const own =
      exclusive === undefined
        ? settled.flatMap((rule) => readRule(rule, { ...reading, self }))
        : settled.map(() => unknown(exclusive.reason));
    return known([...own, ...separate], written.assuming);
  }
  // CloudFormation adds "allow all outbound" only to a group for which no egress rule is written at all.
  if (direction === "egress" && separate.length === 0) return known([EVERYTHING], written.assuming);
  return known(separate, written.assuming);
}

/**
 * Where an empty list of rules is as good as none: EC2 makes its default rule, and only another one takes it away. The AWS
 * provider of Pulumi takes it away itself.
 * Source: CloudFormation template reference, AWS::EC2::SecurityGroup, "Remove the default outbound rule".
 */
const isLeftToEc2 = ({ language, type }: Declaration): boolean =>
  language !== "pulumi" && type === "AWS::EC2::SecurityGroup";

function separateRules(
  owner: Declaration,
  direction: Direction,
  index: ProgramIndex,
  peerGroup: (value: Value) => Fact<SecurityGroup>,
  ownerTypes: readonly string[],
): readonly Fact<SecurityRule>[] {
  const attached = index.mayBeAttached(owner, RULE_TYPE[direction], "GroupId", ownerTypes);
  const exclusive = exclusiveRules(owner, direction, index, ownerTypes);
  return attached.flatMap(({ declaration, certain }) => {
    if (!certain) return [unknown(`${shortName(declaration)} may belong to another security group`)];
    if (exclusive !== undefined && !exclusive.lists(declaration)) return [unknown(exclusive.reason)];
    return readRule(declaration.properties, { direction, peerGroup, stack: declaration.stack, index });
  });
}

/** What it takes to read a rule of a declaration. */
interface RuleReading {
  readonly direction: Direction;
  readonly peerGroup: (value: Value) => Fact<SecurityGroup>;
  readonly stack: string;
  readonly index: ProgramIndex;
  /** The group that the rule is written in; left out for a rule that is a resource of its own. */
  readonly self?: SecurityGroup;
}

/** One written rule can name several peers in Pulumi; each becomes a rule of its own. */
function readRule(rule: Value, reading: RuleReading): readonly Fact<SecurityRule>[] {
  if (rule.kind === "unknown") return [unknown(rule.reason)];
  const ports = {
    protocol: asString(at(rule, "IpProtocol")),
    fromPort: asNumber(at(rule, "FromPort")),
    toPort: asNumber(at(rule, "ToPort")),
  };
  return peers(rule, reading).map((peer) => known({ ...ports, peer }));
}

function peers(rule: Value, { direction, peerGroup, stack, index, self }: RuleReading): readonly Fact<SecurityPeer>[] {
  const found = ["CidrIp", "CidrIpv6"].flatMap((property) => blockPeer(at(rule, property), stack));
  const group = at(rule, PEER[direction].group);
  if (group.kind !== "absent") {
    found.push(map(peerGroup(group), (peer): SecurityPeer => ({ kind: "securityGroup", group: peer })));
  }
  found.push(...listPeers(at(rule, PEER[direction].prefixList), index));
  if (self !== undefined && is(asBoolean(at(rule, "Self")), true)) {
    found.push(known({ kind: "securityGroup", group: self }));
  }
  return found.length > 0 ? found : [unknown("the rule names no source or destination")];
}

/** A list that the program declares stands for its blocks. */
function listPeers(value: Value, index: ProgramIndex): readonly Fact<SecurityPeer>[] {
  const blocks = prefixListBlocks(value, index);
  if (blocks !== undefined) return blocks.map((block) => map(block, (cidr): SecurityPeer => ({ kind: "cidr", cidr })));
  const list = asString(value);
  return list.state === "absent" ? [] : [map(list, (id): SecurityPeer => ({ kind: "prefixList", id }))];
}

function blockPeer(value: Value, stack: string): readonly Fact<SecurityPeer>[] {
  const cidr = asString(value);
  if (cidr.state === "absent") return [];
  const keys = cidr.state === "unknown" ? builtNames(value, stack) : [];
  if (cidr.state === "unknown" && keys.length > 0) return [known({ kind: "openCidr", keys, reason: cidr.reason })];
  return [map(cidr, (text): SecurityPeer => ({ kind: "cidr", cidr: text }))];
}
