import { diagnose, type LinkName } from "../../core/diagnosis/diagnose";
import { infrastructureOf } from "../support/templates";

const HOST = `
Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24 } }
Role:
  Type: AWS::IAM::Role
  Properties:
    AssumeRolePolicyDocument:
      Statement: [{ Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: "sts:AssumeRole" }]
Profile: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [!Ref Role] } }
Bare:
  Type: AWS::EC2::Instance
  Properties:
    ImageId: "{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-minimal-kernel-default-x86_64}}"
    SubnetId: !Ref Subnet
Lacking: { Type: AWS::EC2::Instance, Properties: { SubnetId: !Ref Subnet, IamInstanceProfile: !Ref Profile } }`;

const custom = (properties: string) => `
Custom:
  Type: Custom::Anything
  Properties:
    ServiceToken: arn:aws:lambda:eu-west-1:123456789012:function:anything
    ${properties}`;

const sdkCall = (call: string) => `
Custom:
  Type: Custom::AWS
  Properties:
    ServiceToken: !GetAtt Singleton.Arn
    Create: !Sub '${call}'`;

/** A custom resource given the host, by a function that is allowed one action. */
const byFunction = (action: string) => `
FunctionRole:
  Type: AWS::IAM::Role
  Properties:
    Policies:
      - { PolicyName: own, PolicyDocument: { Statement: [{ Effect: Allow, Action: "${action}", Resource: "*" }] } }
Function: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt FunctionRole.Arn } }
Custom: { Type: Custom::Anything, Properties: { ServiceToken: !GetAtt Function.Arn, Instances: [!Ref Bare] } }`;

const statusOf = (others: string, host: string, link: LinkName) => {
  const { hosts } = diagnose(infrastructureOf(HOST + others), { minimumAgentVersion: "2.3.68.0" });
  return hosts.find((entry) => entry.host.declaration.name === host)?.links[link].status;
};

type Row = readonly [what: string, others: string, host: string, link: LinkName, status: string];

const rows: readonly Row[] = [
  ["no custom resource", "", "Bare", "instanceProfile", "fail"],
  ["one that is given the host", custom("Target: !Ref Bare"), "Bare", "instanceProfile", "unknown"],
  ["one that is given the host", custom("Target: !Ref Bare"), "Bare", "permissions", "unknown"],
  ["one that is given the host", custom("Target: !Ref Bare"), "Bare", "agent", "fail"],
  ["one that is given the host", custom("Target: !Ref Bare"), "Bare", "network", "fail"],
  ["one that is given another host", custom("Target: !Ref Bare"), "Lacking", "permissions", "fail"],
  ["one that is given the host's address", custom("Target: !GetAtt Bare.PrivateIp"), "Bare", "instanceProfile", "fail"],
  ["one that is given nothing", custom("Message: hello"), "Bare", "network", "fail"],
  ["one that is given the role", custom("Roles: [!Ref Role]"), "Lacking", "permissions", "unknown"],
  ["one that is given the profile", custom("Profile: !GetAtt Profile.Arn"), "Lacking", "permissions", "unknown"],
  ["one that is given the VPC", custom("VpcId: !Ref Vpc"), "Bare", "network", "unknown"],
  ["one that is given the VPC in a text", custom('Vpcs: !Sub "${Vpc},vpc-1"'), "Bare", "network", "unknown"],
  ["one that is given the subnet", custom("Subnets: [!Ref Subnet]"), "Bare", "network", "unknown"],
  ["one that is given the default group", custom("Id: !GetAtt Vpc.DefaultSecurityGroup"), "Bare", "network", "fail"],
  [
    "a call that attaches a profile",
    sdkCall('{"service":"EC2","action":"associateIamInstanceProfile","parameters":{"InstanceId":"${Bare}"}}'),
    "Bare",
    "instanceProfile",
    "unknown",
  ],
  [
    "a call that attaches a profile, in the words of the third SDK",
    sdkCall(
      '{"service":"@aws-sdk/client-ec2","action":"AssociateIamInstanceProfileCommand","parameters":{"InstanceId":"${Bare}"}}',
    ),
    "Bare",
    "instanceProfile",
    "unknown",
  ],
  [
    "a call that looks at the host",
    sdkCall('{"service":"EC2","action":"describeInstances","parameters":{"InstanceIds":["${Bare}"]}}'),
    "Bare",
    "instanceProfile",
    "fail",
  ],
  [
    "a call that makes an endpoint",
    sdkCall('{"service":"EC2","action":"createVpcEndpoint","parameters":{"VpcId":"${Vpc}"}}'),
    "Bare",
    "network",
    "unknown",
  ],
  [
    "a call that tags the VPC",
    sdkCall('{"service":"EC2","action":"createTags","parameters":{"Resources":["${Vpc}"]}}'),
    "Bare",
    "network",
    "fail",
  ],
  [
    "a call that turns Default Host Management on",
    sdkCall(
      '{"service":"SSM","action":"updateServiceSetting","parameters":{"SettingId":"arn:aws:ssm:${AWS::Region}:${AWS::AccountId}:servicesetting/ssm/managed-instance/default-ec2-instance-management-role","SettingValue":"AWSSystemsManagerDefaultEC2InstanceManagementRole"}}',
    ),
    "Bare",
    "instanceProfile",
    "pass",
  ],
  ["a function that may only look", byFunction("ec2:Describe*"), "Bare", "instanceProfile", "fail"],
  ["a function that may attach", byFunction("ec2:Associate*"), "Bare", "instanceProfile", "unknown"],
  ["a function that may have another one do it", byFunction("lambda:*"), "Bare", "instanceProfile", "unknown"],
];

test.each(rows)("with %s", (_, others, host, link, status) => {
  expect([host, link, statusOf(others, host, link)]).toEqual([host, link, status]);
});
