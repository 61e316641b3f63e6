import { at } from "../../../core/program/read";
import { declarationNamed, idsOf, read, shown, summary, UNKNOWN, urn } from "./support";

test.each([
  [
    "aws-native:ec2:VpcEndpoint",
    {
      vpcId: "vpc-1",
      serviceName: "com.amazonaws.eu-west-1.ssm",
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
    },
    "AWS::EC2::VPCEndpoint",
    {
      VpcId: "vpc-1",
      ServiceName: "com.amazonaws.eu-west-1.ssm",
      VpcEndpointType: "Interface",
      PrivateDnsEnabled: true,
    },
  ],
  [
    "aws-native:ec2:Vpc",
    { cidrBlock: "10.0.0.0/16", tags: [{ key: "Name", value: "main" }] },
    "AWS::EC2::VPC",
    { CidrBlock: "10.0.0.0/16", Tags: [{ Key: "Name", Value: "main" }] },
  ],
  [
    "aws-native:autoscaling:AutoScalingGroup",
    { vpcZoneIdentifier: ["subnet-1"], launchTemplate: { launchTemplateId: "lt-1", version: "1" } },
    "AWS::AutoScaling::AutoScalingGroup",
    { VPCZoneIdentifier: ["subnet-1"], LaunchTemplate: { LaunchTemplateId: "lt-1", Version: "1" } },
  ],
  [
    "aws-native:iam:Role",
    {
      assumeRolePolicyDocument: { Statement: [{ Condition: { StringEquals: { "aws:SourceAccount": "1" } } }] },
      policies: [{ policyName: "p", policyDocument: { Statement: [] } }],
    },
    "AWS::IAM::Role",
    {
      AssumeRolePolicyDocument: { Statement: [{ Condition: { StringEquals: { "aws:SourceAccount": "1" } } }] },
      Policies: [{ PolicyName: "p", PolicyDocument: { Statement: [] } }],
    },
  ],
  [
    "aws-native:eks:Nodegroup",
    { nodeRole: "arn:role", tags: { env: "prod" } },
    "AWS::EKS::Nodegroup",
    { NodeRole: "arn:role", Tags: [{ Key: "env", Value: "prod" }] },
  ],
  [
    "aws-native:ssm:Association",
    { name: "AWS-RunShellScript", parameters: { commands: ["true"] } },
    "AWS::SSM::Association",
    { Name: "AWS-RunShellScript", Parameters: { commands: ["true"] } },
  ],
  [
    "aws-native:route53:HostedZone",
    { name: "corp.example", vpcs: [{ vpcId: "vpc-1", vpcRegion: "eu-west-1" }] },
    "AWS::Route53::HostedZone",
    { Name: "corp.example", VPCs: [{ VPCId: "vpc-1", VPCRegion: "eu-west-1" }] },
  ],
  [
    "aws-native:s3:Bucket",
    {
      bucketEncryption: {
        serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
      },
    },
    "AWS::S3::Bucket",
    {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
      },
    },
  ],
  [
    "aws-native:ec2:SecurityGroupEgress",
    { groupId: "sg-1", ipProtocol: "tcp", cidrIp: "0.0.0.0/0" },
    "AWS::EC2::SecurityGroupEgress",
    { GroupId: "sg-1", IpProtocol: "tcp", CidrIp: "0.0.0.0/0" },
  ],
])("%s has CloudFormation's names", (type, inputs, normal, properties) => {
  expect(summary(read({ type, inputs }))).toEqual([{ type: normal, properties }]);
});

test("a security group of the Cloud Control provider keeps CloudFormation's default egress", () => {
  const group = "aws-native:ec2:SecurityGroup";
  const { properties } = declarationNamed(read({ type: group, inputs: { groupDescription: "web" } }), urn(group));
  expect(shown(properties)).toEqual({ GroupDescription: "web" });
});

test("resources of both providers refer to each other", () => {
  const [profile, host] = ["aws-native:iam:InstanceProfile", "aws:ec2/instance:Instance"];
  const declarations = read(
    { type: profile },
    { type: host, inputs: { iamInstanceProfile: UNKNOWN }, from: { iamInstanceProfile: [urn(profile)] } },
  );
  expect(idsOf(at(declarationNamed(declarations, urn(host)).properties, "IamInstanceProfile"))).toEqual([urn(profile)]);
});

test("types that are not read leave nothing behind", () => {
  expect(read({ type: "aws-native:lambda:Function" }, { type: "aws:lambda/function:Function" })).toEqual([]);
});
