import { absent, type Fact, is, known, map, unknown } from "../../facts/fact";
import { lazy, memoize } from "../../facts/lazy";
import type { Declaration } from "../../program/declaration";
import { asBoolean, asList, asNumber, asString, at } from "../../program/read";
import { shortName } from "../../program/short-name";
import type { Value } from "../../program/value";
import type { SecurityGroup, SecurityPeer, SecurityRule, Vpc } from "../model";
import { builtNames } from "../physical-names";
import type { Attachment, ProgramIndex } from "../program-index";
import { prefixListBlocks } from "./prefix-lists";
import { withSettledPeers } from "./rule-peers";
import { VPC } from "./types";

const SECURITY_GROUP = [
  "AWS::EC2::SecurityGroup",
  "SsmPreflight::DefaultSecurityGroup",
  "SsmPreflight::OutsideSecurityGroup",
];

/** CDK's custom resource behind `restrictDefaultSecurityGroup`: it revokes the rules that EC2 makes for a VPC's default group. */
const RESTRICTION = "Custom::VpcRestrictDefaultSG";

type Direction = "ingress" | "egress";

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

  const defaultGroup = memoize((owner: Vpc): SecurityGroup => {
    const adopted = index.attachments("SsmPreflight::DefaultSecurityGroup", "VpcId", VPC).get(owner.declaration)?.[0];
    if (adopted !== undefined) return group(adopted.declaration);
    const restriction = index.attachments(RESTRICTION, "DefaultSecurityGroupId", VPC).get(owner.declaration)?.[0];
    const withSeparate = (made: Fact<SecurityRule>, direction: Direction): Fact<readonly Fact<SecurityRule>[]> =>
      known([...leftBy(restriction, made), ...separateRules(owner.declaration, direction, index, peerGroup, VPC)]);
    const implicit: SecurityGroup = {
      declaration: owner.declaration,
      vpc: known(owner),
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
  });

  const peerGroup = (value: Value): Fact<SecurityGroup> =>
    groupOfVpc(value, map(index.follow(value, SECURITY_GROUP), group));

  /** `!GetAtt Vpc.DefaultSecurityGroup`, or in Pulumi `vpc.defaultSecurityGroupId`, where a value is no declared group. */
  const groupOfVpc = (value: Value, declared: Fact<SecurityGroup>): Fact<SecurityGroup> => {
    if (declared.state === "known") return declared;
    const [only, ...others] = index.candidates(value, VPC);
    return only !== undefined && others.length === 0 ? known(defaultGroup(vpc(only)), value.assuming) : declared;
  };

  const groups = (value: Value): Fact<readonly Fact<SecurityGroup>[]> => {
    const items = asList(value);
    return map(index.followAll(value, SECURITY_GROUP), (found) =>
      found.map((fact, position) => {
        const declared = map(fact, group);
        const item = items.state === "known" ? items.value[position] : undefined;
        return item === undefined ? declared : groupOfVpc(item, declared);
      }),
    );
  };

  return { groups, defaultGroup };
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
    return known([...settled.flatMap((rule) => readRule(rule, { ...reading, self })), ...separate], written.assuming);
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
  const type = direction === "ingress" ? "AWS::EC2::SecurityGroupIngress" : "AWS::EC2::SecurityGroupEgress";
  const attached = index.mayBeAttached(owner, type, "GroupId", ownerTypes);
  return attached.flatMap(({ declaration, certain }) =>
    certain
      ? readRule(declaration.properties, { direction, peerGroup, stack: declaration.stack, index })
      : [unknown(`${shortName(declaration)} may belong to another security group`)],
  );
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
