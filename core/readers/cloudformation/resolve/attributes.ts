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
export type MirrorPart = { readonly text: string } | { readonly name: string; readonly fallback?: string };

const compiled = new Map<string, readonly MirrorPart[]>();

/** How the value of a reference follows from the resource's own properties; undefined where it is made at deployment. */
export function mirrorOf(type: string, attribute: string): readonly MirrorPart[] | undefined {
  const pattern = MIRRORS[type]?.[attribute];
  if (pattern === undefined) return undefined;
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
