import type { HostVerdict } from "../../../core/assessment/assessment";
import { readTemplates } from "../../../core/readers/cloudformation";
import { assessReading } from "../../support/program-cases";

const ENDPOINTS = ["ssm", "ssmmessages"].map(
  (service) => `
  ${service}:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Vpc
      ServiceName: !Sub com.amazonaws.\${AWS::Region}.${service}
      VpcEndpointType: Interface
      PrivateDnsEnabled: true
      SubnetIds: [!Ref Subnet]
      SecurityGroupIds: [!Ref Group]`,
);

const ROUTE_OUT = `
  Gateway: { Type: AWS::EC2::InternetGateway }
  Attachment: { Type: AWS::EC2::VPCGatewayAttachment, Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway } }
  Table: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  Route: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway } }
  Association: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { RouteTableId: !Ref Table, SubnetId: !Ref Subnet } }`;

const WAYS = { endpoints: ENDPOINTS.join(""), internet: ROUTE_OUT, nowhere: "" };

interface Situation {
  readonly way: keyof typeof WAYS;
  readonly statements: string;
  readonly tokens?: string;
}

function permissionsOf({ way, statements, tokens = "optional" }: Situation): HostVerdict["links"]["permissions"] {
  const text = `Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16, EnableDnsHostnames: true } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, MapPublicIpOnLaunch: true } }
  Group: { Type: AWS::EC2::SecurityGroup, Properties: { VpcId: !Ref Vpc, SecurityGroupIngress: [{ IpProtocol: -1, CidrIp: 10.0.0.0/16 }] } }
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Statement: { Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: sts:AssumeRole } }
      Policies: [{ PolicyName: session, PolicyDocument: { Statement: [${statements}] } }]
  Profile: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [!Ref Role] } }
  Web:
    Type: AWS::EC2::Instance
    Properties:
      IamInstanceProfile: !Ref Profile
      SubnetId: !Ref Subnet
      SecurityGroupIds: [!Ref Group]
      MetadataOptions: { HttpTokens: ${tokens} }${WAYS[way]}`;
  const reading = readTemplates([{ file: "web.yaml", text, required: true }]);
  expect(reading.problems).toEqual([]);
  const [web] = assessReading(reading).hosts;
  if (web === undefined) throw new Error("there is no host");
  return web.links.permissions;
}

const statement = (effect: string, condition: string): string =>
  `{ Effect: ${effect}, Action: ["ssm:*", "ssmmessages:*"], Resource: "*", Condition: { ${condition} } }`;
const allow = (condition: string): string => statement("Allow", condition);
const deny = (condition: string): string =>
  `{ Effect: Allow, Action: "*", Resource: "*" }, ${statement("Deny", condition)}`;

const FROM_VPC = "StringEquals: { aws:SourceVpc: !Ref Vpc }";
const NOT_FROM_VPC = "StringNotEquals: { aws:SourceVpc: !Ref Vpc }";
const OLD_METADATA = "NumericLessThan: { ec2:RoleDelivery: '2.0' }";

type Row = readonly [what: string, situation: Situation, status: string];

const rows: readonly Row[] = [
  ["allowed from its VPC, over endpoints", { way: "endpoints", statements: allow(FROM_VPC) }, "pass"],
  ["allowed from its VPC, over the internet", { way: "internet", statements: allow(FROM_VPC) }, "fail"],
  ["allowed from its VPC, by no known way", { way: "nowhere", statements: allow(FROM_VPC) }, "unknown"],
  ["denied from elsewhere, over endpoints", { way: "endpoints", statements: deny(NOT_FROM_VPC) }, "pass"],
  ["denied from elsewhere, over the internet", { way: "internet", statements: deny(NOT_FROM_VPC) }, "fail"],
  [
    "allowed from a VPC by its id",
    { way: "endpoints", statements: allow("StringEquals: { aws:SourceVpc: vpc-0123 }") },
    "unknown",
  ],
  [
    "allowed over one endpoint only",
    { way: "endpoints", statements: allow("StringEquals: { aws:SourceVpce: !Ref ssm }") },
    "unknown",
  ],
  [
    "allowed over either endpoint",
    { way: "endpoints", statements: allow("StringEquals: { aws:SourceVpce: [!Ref ssm, !Ref ssmmessages] }") },
    "pass",
  ],
  [
    "denied without an endpoint, over the internet",
    { way: "internet", statements: deny("'Null': { aws:SourceVpce: 'true' }") },
    "fail",
  ],
  [
    "denied credentials of IMDSv1, with IMDSv2",
    { way: "internet", statements: deny(OLD_METADATA), tokens: "required" },
    "pass",
  ],
  ["denied credentials of IMDSv1, with both", { way: "internet", statements: deny(OLD_METADATA) }, "unknown"],
];

describe("what a host's own requests carry", () => {
  test.each(rows)("%s", (_, situation, status) => {
    expect(permissionsOf(situation).status).toBe(status);
  });
});
