import { absent, type Fact, is, known, map, unknown } from "../../facts/fact";
import { lazy, memoize } from "../../facts/lazy";
import type { Declaration } from "../../program/declaration";
import { asBoolean, asList, asNumber, asString, at } from "../../program/read";
import { shortName } from "../../program/short-name";
import type { Value } from "../../program/value";
import type { SecurityGroup, SecurityPeer, SecurityRule, Vpc } from "../model";
import { builtNames } from "../physical-names";
import type { Attachment, ProgramIndex } from "../program-index";
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

  const peerGroup = (value: Value): Fact<SecurityGroup> => {
    const own = index.follow(value, SECURITY_GROUP);
    if (own.state === "known") return map(own, group);
    // `!GetAtt Vpc.DefaultSecurityGroup`, or in Pulumi `vpc.defaultSecurityGroupId`.
    const ofVpc = index.candidates(value, VPC);
    const [only] = ofVpc;
    return only !== undefined && ofVpc.length === 1 ? known(defaultGroup(vpc(only)), value.assuming) : own;
  };

  const groups = (value: Value): Fact<readonly Fact<SecurityGroup>[]> => {
    const declared = index.followAll(value, SECURITY_GROUP);
    if (declared.state === "known" && declared.value.every((item) => item.state === "known")) {
      return map(declared, (items) => items.map((item) => map(item, group)));
    }
    const items = asList(value);
    return items.state === "known"
      ? map(items, (list) => list.map(peerGroup))
      : map(declared, (list) => list.map((item) => map(item, group)));
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
  const reading = { direction, peerGroup, stack: declaration.stack };
  const inline = at(declaration.properties, direction === "ingress" ? "SecurityGroupIngress" : "SecurityGroupEgress");
  const separate = separateRules(declaration, direction, index, peerGroup, SECURITY_GROUP);
  const written = asList(inline);
  if (written.state === "unknown") return separate.length > 0 ? known([unknown(written.reason), ...separate]) : written;
  if (written.state === "known" && !(written.value.length === 0 && isLeftToEc2(declaration))) {
    return known(
      [...written.value.flatMap((rule) => readRule(rule, { ...reading, self })), ...separate],
      written.assuming,
    );
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
  const attached = index.attachments(type, "GroupId", ownerTypes).get(owner) ?? [];
  return attached.flatMap(({ declaration, certain }) =>
    certain
      ? readRule(declaration.properties, { direction, peerGroup, stack: declaration.stack })
      : [unknown(`${shortName(declaration)} may belong to another security group`)],
  );
}

/** What it takes to read a rule of a declaration. */
interface RuleReading {
  readonly direction: Direction;
  readonly peerGroup: (value: Value) => Fact<SecurityGroup>;
  readonly stack: string;
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

function peers(rule: Value, { direction, peerGroup, stack, self }: RuleReading): readonly Fact<SecurityPeer>[] {
  const found = ["CidrIp", "CidrIpv6"].flatMap((property) => blockPeer(at(rule, property), stack));
  const group = at(rule, PEER[direction].group);
  if (group.kind !== "absent") {
    found.push(map(peerGroup(group), (peer): SecurityPeer => ({ kind: "securityGroup", group: peer })));
  }
  const list = asString(at(rule, PEER[direction].prefixList));
  if (list.state !== "absent") found.push(map(list, (id): SecurityPeer => ({ kind: "prefixList", id })));
  if (self !== undefined && is(asBoolean(at(rule, "Self")), true)) {
    found.push(known({ kind: "securityGroup", group: self }));
  }
  return found.length > 0 ? found : [unknown("the rule names no source or destination")];
}

function blockPeer(value: Value, stack: string): readonly Fact<SecurityPeer>[] {
  const cidr = asString(value);
  if (cidr.state === "absent") return [];
  const keys = cidr.state === "unknown" ? builtNames(value, stack) : [];
  if (cidr.state === "unknown" && keys.length > 0) return [known({ kind: "openCidr", keys, reason: cidr.reason })];
  return [map(cidr, (text): SecurityPeer => ({ kind: "cidr", cidr: text }))];
}
