import { literal, NOTHING, type Value } from "../../../program/value";
import { child } from "../parse/node";
import type { Resource } from "../template/template";
import { isPseudoParameter } from "./pseudo-parameters";
import type { Resolver } from "./resolver";
import { concatenate } from "./text";

/**
 * References whose value a property of the resource itself gives: `Ref` of a role is its RoleName. A text with holes is
 * filled with pseudo parameters and properties; nothing is known where one of the properties is left out.
 * Source: CloudFormation template reference, "Return values" of each type.
 */
const MIRRORS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "AWS::IAM::Role": {
    Ref: "${RoleName}",
    Arn: "arn:${AWS::Partition}:iam::${AWS::AccountId}:role${Path}${RoleName}",
  },
  "AWS::IAM::InstanceProfile": {
    Ref: "${InstanceProfileName}",
    Arn: "arn:${AWS::Partition}:iam::${AWS::AccountId}:instance-profile${Path}${InstanceProfileName}",
  },
  "AWS::IAM::ManagedPolicy": {
    Ref: "arn:${AWS::Partition}:iam::${AWS::AccountId}:policy${Path}${ManagedPolicyName}",
    PolicyArn: "arn:${AWS::Partition}:iam::${AWS::AccountId}:policy${Path}${ManagedPolicyName}",
  },
  "AWS::IAM::User": { Ref: "${UserName}" },
  "AWS::IAM::Group": { Ref: "${GroupName}" },
  "AWS::S3::Bucket": { Ref: "${BucketName}", Arn: "arn:${AWS::Partition}:s3:::${BucketName}" },
  "AWS::Logs::LogGroup": {
    Ref: "${LogGroupName}",
    Arn: "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${LogGroupName}:*",
  },
  "AWS::KMS::Alias": { Ref: "${AliasName}" },
  "AWS::SSM::Document": { Ref: "${Name}" },
  "AWS::SSM::Parameter": { Ref: "${Name}", Type: "${Type}", Value: "${Value}" },
  "AWS::EKS::Cluster": { Ref: "${Name}" },
  "AWS::AutoScaling::AutoScalingGroup": { Ref: "${AutoScalingGroupName}" },
  "AWS::AutoScaling::LaunchConfiguration": { Ref: "${LaunchConfigurationName}" },
  "AWS::EC2::VPC": { CidrBlock: "${CidrBlock}" },
  "AWS::EC2::Subnet": {
    CidrBlock: "${CidrBlock}",
    AvailabilityZone: "${AvailabilityZone}",
    VpcId: "${VpcId}",
  },
  "AWS::EC2::Instance": { AvailabilityZone: "${AvailabilityZone}" },
};

/** Properties that have a documented value where they are left out. */
const DEFAULTS: Readonly<Record<string, string>> = { Path: "/" };

/** A known stretch, or the name of a property or pseudo parameter. */
type MirrorPart = { readonly text: string } | { readonly name: string; readonly fallback?: string };

const compiled = new Map<string, readonly MirrorPart[]>();

/** The value of a reference that the resource's own properties give; undefined where it is made at deployment. */
export function mirroredValue(resource: Resource, attribute: string, resolver: Resolver): Value | undefined {
  const values: Value[] = [];
  for (const part of mirrorOf(resource.type, attribute)) {
    const value = partValue(resource, part, resolver);
    if (value.kind === "absent") return undefined;
    values.push(value);
  }
  const [only, ...others] = values;
  return only === undefined || others.length === 0 ? only : concatenate(values);
}

function partValue(resource: Resource, part: MirrorPart, resolver: Resolver): Value {
  if ("text" in part) return literal(part.text);
  if (isPseudoParameter(part.name)) return resolver.ref(part.name);
  const node = child(resource.properties, part.name);
  const value = node === undefined ? NOTHING : resolver.value(node);
  return value.kind === "absent" && part.fallback !== undefined ? literal(part.fallback) : value;
}

function mirrorOf(type: string, attribute: string): readonly MirrorPart[] {
  const pattern = MIRRORS[type]?.[attribute];
  if (pattern === undefined) return [];
  const parts = compiled.get(pattern) ?? compile(pattern);
  compiled.set(pattern, parts);
  return parts;
}

function compile(pattern: string): readonly MirrorPart[] {
  return pattern.split(/(\$\{[^}]+\})/).flatMap((piece): readonly MirrorPart[] => {
    if (piece === "") return [];
    if (!piece.startsWith("${")) return [{ text: piece }];
    const name = piece.slice(2, -1);
    const fallback = DEFAULTS[name];
    return [fallback === undefined ? { name } : { name, fallback }];
  });
}
