import type { RecordValue, Value } from "../../program/value";
import { decodedText, tagList } from "./converters";
import { pascalCase, type Self, type TypeMappings } from "./mapping";
import { CLASSIC_TYPES } from "./types";

/**
 * The AWS Cloud Control provider (`aws-native:ec2:VpcEndpoint`) is generated from CloudFormation's own schemas: its names are
 * CloudFormation's in camel case, its defaults and its split into resources are CloudFormation's.
 */
const PREFIX = "aws-native:";

/** Types that no classic mapping names, because the classic provider splits them otherwise. */
const FURTHER_TYPES = [
  "AWS::EC2::SecurityGroupEgress",
  "AWS::EC2::VPCGatewayAttachment",
  "AWS::EC2::GatewayRouteTableAssociation",
  "AWS::EC2::TransitGatewayVpcAttachment",
  "AWS::SSMQuickSetup::ConfigurationManager",
  "AWS::EC2::SecurityGroupVpcAssociation",
];

const NORMAL_TYPES: ReadonlyMap<string, string> = new Map(
  [...classicTargets(CLASSIC_TYPES), ...FURTHER_TYPES].map((type) => [lookupKey(type), type]),
);

function classicTargets(mappings: TypeMappings): readonly string[] {
  return Object.values(mappings)
    .map(({ type }) => type)
    .filter((type) => type.startsWith("AWS::"));
}

/** `AWS::EC2::VPCEndpoint` and `aws-native:ec2:VpcEndpoint` meet in `ec2:vpcendpoint`. */
function lookupKey(type: string): string {
  return type
    .slice(type.indexOf(":") + 1)
    .replace(/^:/, "")
    .replace("::", ":")
    .toLowerCase();
}

/** The normal form's type for a type token, where the type is read. */
export const nativeType = (token: string): string | undefined =>
  token.startsWith(PREFIX) ? NORMAL_TYPES.get(lookupKey(token)) : undefined;

/** CloudFormation names that camel case loses. */
const LOST_CAPITALS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "AWS::AutoScaling::AutoScalingGroup": { VpcZoneIdentifier: "VPCZoneIdentifier" },
  "AWS::EC2::EIPAssociation": { Eip: "EIP" },
  "AWS::Route53::HostedZone": { Vpcs: "VPCs", VpcId: "VPCId", VpcRegion: "VPCRegion" },
  "AWS::Route53Resolver::ResolverRuleAssociation": { VpcId: "VPCId" },
  "AWS::S3::Bucket": { SseAlgorithm: "SSEAlgorithm", KmsMasterKeyId: "KMSMasterKeyID" },
};

/** Members that hold the user's own keys, not the schema's. */
const OPAQUE: ReadonlySet<string> = new Set([
  "AssumeRolePolicyDocument",
  "Content",
  "InlinePolicy",
  "KeyPolicy",
  "Parameters",
  "PolicyDocument",
]);

/** The properties of the normal form; everything keeps its place. */
export const nativeProperties = (type: string, inputs: RecordValue, self: Self): RecordValue =>
  recased(inputs, { self, capitals: LOST_CAPITALS[type] ?? {} });

interface Recasing {
  readonly self: Self;
  readonly capitals: Readonly<Record<string, string>>;
}

function recased(value: RecordValue, recasing: Recasing): RecordValue {
  const entries = [...value.entries].map(([key, item]): [string, Value] => {
    const mechanical = pascalCase(key);
    const name = recasing.capitals[mechanical] ?? mechanical;
    return [name, member(name, item, recasing)];
  });
  return { ...value, entries: new Map(entries) };
}

function member(name: string, value: Value, recasing: Recasing): Value {
  if (OPAQUE.has(name)) return value;
  if (name === "UserData") return decodedText(value, recasing.self);
  if (name === "Tags" && value.kind === "record") return tagList(value, recasing.self);
  return nested(value, recasing);
}

function nested(value: Value, recasing: Recasing): Value {
  if (value.kind === "record") return recased(value, recasing);
  return value.kind === "list" ? { ...value, items: value.items.map((item) => nested(item, recasing)) } : value;
}
