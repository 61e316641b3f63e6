import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Document, isSeq, parseDocument } from "yaml";
import type { Assessment } from "../../core/assessment/assessment";
import { readTemplates } from "../../core/readers/cloudformation";
import { assessReading } from "../support/program-cases";

/** One link broken in a template that is well. */
interface Mutation {
  readonly breaks: string;
  readonly mutate: (template: Document) => void;
  readonly rule: string;
}

const properties = (resource: string, ...path: readonly (string | number)[]) => [
  "Resources",
  resource,
  "Properties",
  ...path,
];

const remove =
  (...resources: readonly string[]): Mutation["mutate"] =>
  (template) => {
    for (const resource of resources) template.deleteIn(["Resources", resource]);
  };

const unset =
  (resource: string, ...path: readonly (string | number)[]): Mutation["mutate"] =>
  (template) => {
    template.deleteIn(properties(resource, ...path));
  };

const set =
  (resource: string, path: readonly (string | number)[], value: unknown): Mutation["mutate"] =>
  (template) =>
    template.setIn(properties(resource, ...path), template.createNode(value));

const withoutPolicy =
  (role: string, policy: string): Mutation["mutate"] =>
  (template) => {
    const path = properties(role, "ManagedPolicyArns");
    const arns = template.getIn(path);
    if (!isSeq(arns)) throw new Error(`role ${role} has no list of managed policies`);
    template.setIn(
      path,
      arns.items.filter((arn) => !String(arn).endsWith(`/${policy}`)),
    );
  };

const add =
  (logicalId: string, yaml: string): Mutation["mutate"] =>
  (template) =>
    template.setIn(["Resources", logicalId], parseDocument(yaml).contents);

const all =
  (...mutations: readonly Mutation["mutate"][]): Mutation["mutate"] =>
  (template) => {
    for (const mutate of mutations) mutate(template);
  };

const inline = (name: string, statement: unknown) => [
  { PolicyName: name, PolicyDocument: { Version: "2012-10-17", Statement: [statement] } },
];

const userData = (...lines: readonly string[]) => ({ "Fn::Base64": ["#!/bin/bash", ...lines, ""].join("\n") });

const example = resolve(__dirname, "..", "..", "examples", "cloudformation", "fixed.yaml");
const rules = resolve(__dirname, "..", "rules");

const INGRESS = ["SecurityGroupIngress", 0];

/** Preferences that log to S3, and the role's right to it. */
const LOGS_TO_S3 = all(
  set("Role", ["Policies"], inline("logs", { Effect: "Allow", Action: "s3:*", Resource: "*" })),
  add(
    "Preferences",
    `Type: AWS::SSM::Document
Properties:
  Name: SSM-SessionManagerRunShell
  DocumentType: Session
  Content:
    schemaVersion: "1.0"
    sessionType: Standard_Stream
    inputs: { s3BucketName: session-logs, s3EncryptionEnabled: true, cloudWatchEncryptionEnabled: true }`,
  ),
);

const PRIVATE: readonly Mutation[] = [
  { breaks: "the profile is gone", mutate: unset("WebServer", "IamInstanceProfile"), rule: "instance-profile-missing" },
  { breaks: "the profile is empty", mutate: set("Profile", ["Roles"], []), rule: "instance-profile-without-role" },
  {
    breaks: "another service may assume the role",
    mutate: set("Role", ["AssumeRolePolicyDocument", "Statement", 0, "Principal"], { Service: "lambda.amazonaws.com" }),
    rule: "role-trust-missing",
  },
  {
    breaks: "the trust policy denies EC2",
    mutate: set("Role", ["AssumeRolePolicyDocument", "Statement", 1], {
      Effect: "Deny",
      Principal: { Service: "ec2.amazonaws.com" },
      Action: "sts:*",
    }),
    rule: "role-trust-missing",
  },
  {
    breaks: "the metadata service is off",
    mutate: set("WebServer", ["MetadataOptions"], { HttpEndpoint: "disabled" }),
    rule: "imds-disabled",
  },
  { breaks: "the managed policy is gone", mutate: unset("Role", "ManagedPolicyArns"), rule: "ssm-permissions-missing" },
  {
    breaks: "a statement denies the message channels",
    mutate: set("Role", ["Policies"], inline("guard", { Effect: "Deny", Action: "ssmmessages:*", Resource: "*" })),
    rule: "ssm-permissions-missing",
  },
  {
    breaks: "a statement denies one action by a wildcard in its name",
    mutate: set("Role", ["Policies"], inline("guard", { Effect: "Deny", Action: "ssm:Update*", Resource: "*" })),
    rule: "ssm-permissions-missing",
  },
  {
    breaks: "a statement denies everything but S3",
    mutate: set("Role", ["Policies"], inline("guard", { Effect: "Deny", NotAction: "s3:*", Resource: "*" })),
    rule: "ssm-permissions-missing",
  },
  {
    breaks: "the permissions boundary leaves sessions out",
    mutate: set("Role", ["PermissionsBoundary"], "arn:aws:iam::aws:policy/AmazonS3FullAccess"),
    rule: "ssm-permissions-missing",
  },
  { breaks: "the ssm endpoint is gone", mutate: remove("SsmEndpoint"), rule: "ssm-endpoint-missing" },
  {
    breaks: "the ssmmessages endpoint is gone",
    mutate: remove("SsmMessagesEndpoint"),
    rule: "ssmmessages-endpoint-missing",
  },
  {
    breaks: "the ssmmessages endpoint is one for ec2messages",
    mutate: set("SsmMessagesEndpoint", ["ServiceName"], { "Fn::Sub": "com.amazonaws.${AWS::Region}.ec2messages" }),
    rule: "ssmmessages-endpoint-missing",
  },
  {
    breaks: "the ssmmessages endpoint is in another VPC",
    mutate: all(
      add("OtherVpc", "Type: AWS::EC2::VPC\nProperties: { CidrBlock: 10.1.0.0/16 }"),
      add("OtherSubnet", "Type: AWS::EC2::Subnet\nProperties: { VpcId: !Ref OtherVpc, CidrBlock: 10.1.1.0/24 }"),
      set("SsmMessagesEndpoint", ["VpcId"], { Ref: "OtherVpc" }),
      set("SsmMessagesEndpoint", ["SubnetIds"], [{ Ref: "OtherSubnet" }]),
    ),
    rule: "ssmmessages-endpoint-missing",
  },
  {
    breaks: "both endpoints are gone",
    mutate: remove("SsmEndpoint", "SsmMessagesEndpoint"),
    rule: "no-route-to-session-manager",
  },
  {
    breaks: "the endpoints' security group is closed",
    mutate: unset("EndpointGroup", "SecurityGroupIngress"),
    rule: "endpoint-unreachable",
  },
  {
    breaks: "the endpoints' security group admits port 80",
    mutate: all(set("EndpointGroup", [...INGRESS, "FromPort"], 80), set("EndpointGroup", [...INGRESS, "ToPort"], 80)),
    rule: "endpoint-unreachable",
  },
  {
    breaks: "the endpoints' security group admits UDP",
    mutate: set("EndpointGroup", [...INGRESS, "IpProtocol"], "udp"),
    rule: "endpoint-unreachable",
  },
  {
    breaks: "the endpoints' security group admits other addresses",
    mutate: set("EndpointGroup", [...INGRESS, "CidrIp"], "10.9.0.0/16"),
    rule: "endpoint-unreachable",
  },
  {
    breaks: "the endpoints' security group admits another group",
    mutate: all(
      add("OtherGroup", "Type: AWS::EC2::SecurityGroup\nProperties: { GroupDescription: Others, VpcId: !Ref Vpc }"),
      unset("EndpointGroup", ...INGRESS, "CidrIp"),
      set("EndpointGroup", [...INGRESS, "SourceSecurityGroupId"], { Ref: "OtherGroup" }),
    ),
    rule: "endpoint-unreachable",
  },
  {
    breaks: "an endpoint's private DNS is off",
    mutate: set("SsmEndpoint", ["PrivateDnsEnabled"], false),
    rule: "endpoint-unreachable",
  },
  {
    breaks: "an endpoint's private DNS is left to its default",
    mutate: unset("SsmMessagesEndpoint", "PrivateDnsEnabled"),
    rule: "endpoint-unreachable",
  },
  {
    breaks: "the VPC has no DNS support",
    mutate: set("Vpc", ["EnableDnsSupport"], false),
    rule: "endpoint-unreachable",
  },
  {
    breaks: "the VPC has no DNS hostnames, which is the default",
    mutate: unset("Vpc", "EnableDnsHostnames"),
    rule: "endpoint-unreachable",
  },
  {
    breaks: "the host may send to port 80 only",
    mutate: set(
      "HostGroup",
      ["SecurityGroupEgress"],
      [{ IpProtocol: "tcp", FromPort: 80, ToPort: 80, CidrIp: "0.0.0.0/0" }],
    ),
    rule: "endpoint-unreachable",
  },
  {
    breaks: "an endpoint's policy admits nobody",
    mutate: set("SsmMessagesEndpoint", ["PolicyDocument"], {
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Principal: "*", Action: "*", Resource: "*" }],
    }),
    rule: "endpoint-unreachable",
  },
  {
    breaks: "an endpoint's policy admits another role only",
    mutate: set("SsmMessagesEndpoint", ["PolicyDocument"], {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:role/admin" }, Action: "*", Resource: "*" },
      ],
    }),
    rule: "endpoint-unreachable",
  },
  {
    breaks: "a network ACL keeps the host from an endpoint in another subnet",
    mutate: all(
      add("EndpointSubnet", "Type: AWS::EC2::Subnet\nProperties: { VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24 }"),
      set("SsmEndpoint", ["SubnetIds"], [{ Ref: "EndpointSubnet" }]),
      add("Acl", "Type: AWS::EC2::NetworkAcl\nProperties: { VpcId: !Ref Vpc }"),
      add(
        "AclOfSubnet",
        "Type: AWS::EC2::SubnetNetworkAclAssociation\nProperties: { NetworkAclId: !Ref Acl, SubnetId: !Ref EndpointSubnet }",
      ),
    ),
    rule: "endpoint-unreachable",
  },
  {
    breaks: "the image is a minimal one",
    mutate: set(
      "WebServer",
      ["ImageId"],
      "{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-minimal-kernel-default-x86_64}}",
    ),
    rule: "agent-missing",
  },
  {
    breaks: "user data removes the agent",
    mutate: set("WebServer", ["UserData"], userData("dnf remove -y amazon-ssm-agent")),
    rule: "agent-missing",
  },
  {
    breaks: "user data turns the agent off",
    mutate: set("WebServer", ["UserData"], userData("systemctl disable --now amazon-ssm-agent")),
    rule: "agent-missing",
  },
  {
    breaks: "sessions are logged to a bucket out of reach",
    mutate: all(remove("S3Endpoint"), LOGS_TO_S3),
    rule: "s3-endpoint-missing",
  },
  {
    breaks: "sessions are logged to a bucket that the policy of the S3 endpoint leaves out",
    mutate: all(
      set("S3Endpoint", ["PolicyDocument"], {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "arn:aws:s3:::amazon-ssm-*" }],
      }),
      LOGS_TO_S3,
    ),
    rule: "s3-endpoint-missing",
  },
  { breaks: "the instance is tiny", mutate: set("WebServer", ["InstanceType"], "t2.nano"), rule: "instance-too-small" },
];

const BEHIND_NAT: readonly Mutation[] = [
  {
    breaks: "the default route is gone",
    mutate: remove("PrivateDefaultRoute"),
    rule: "no-route-to-session-manager",
  },
  {
    breaks: "the default route covers private addresses only",
    mutate: set("PrivateDefaultRoute", ["DestinationCidrBlock"], "10.0.0.0/8"),
    rule: "no-route-to-session-manager",
  },
  {
    breaks: "the route table is associated with no subnet",
    mutate: remove("PrivateRoutesOfSubnet"),
    rule: "no-route-to-session-manager",
  },
  {
    breaks: "the NAT gateway stands in the private subnet",
    mutate: set("Nat", ["SubnetId"], { Ref: "PrivateSubnet" }),
    rule: "no-route-to-session-manager",
  },
  {
    breaks: "the subnet of the NAT gateway has no default route",
    mutate: remove("PublicDefaultRoute"),
    rule: "no-route-to-session-manager",
  },
  {
    breaks: "the private subnet leads to the internet gateway without an address",
    mutate: all(
      unset("PrivateDefaultRoute", "NatGatewayId"),
      set("PrivateDefaultRoute", ["GatewayId"], { Ref: "Gateway" }),
    ),
    rule: "no-route-to-session-manager",
  },
  {
    breaks: "the host may send to its own VPC only",
    mutate: set("WebGroup", ["SecurityGroupEgress"], [{ IpProtocol: "-1", CidrIp: "10.0.0.0/16" }]),
    rule: "no-route-to-session-manager",
  },
  {
    breaks: "a network ACL of the private subnet denies everything",
    mutate: all(
      add("Acl", "Type: AWS::EC2::NetworkAcl\nProperties: { VpcId: !Ref Vpc }"),
      add(
        "AclOfSubnet",
        "Type: AWS::EC2::SubnetNetworkAclAssociation\nProperties: { NetworkAclId: !Ref Acl, SubnetId: !Ref PrivateSubnet }",
      ),
    ),
    rule: "no-route-to-session-manager",
  },
  {
    breaks: "a network ACL of the private subnet lets no answer in",
    mutate: all(
      add("Acl", "Type: AWS::EC2::NetworkAcl\nProperties: { VpcId: !Ref Vpc }"),
      add(
        "AclOfSubnet",
        "Type: AWS::EC2::SubnetNetworkAclAssociation\nProperties: { NetworkAclId: !Ref Acl, SubnetId: !Ref PrivateSubnet }",
      ),
      add(
        "Out",
        "Type: AWS::EC2::NetworkAclEntry\nProperties: { NetworkAclId: !Ref Acl, RuleNumber: 100, Egress: true, Protocol: -1, RuleAction: allow, CidrBlock: 0.0.0.0/0 }",
      ),
      add(
        "In",
        "Type: AWS::EC2::NetworkAclEntry\nProperties: { NetworkAclId: !Ref Acl, RuleNumber: 100, Protocol: 6, RuleAction: allow, CidrBlock: 0.0.0.0/0, PortRange: { From: 443, To: 443 } }",
      ),
    ),
    rule: "no-route-to-session-manager",
  },
  {
    breaks: "one action is left out of the policy",
    mutate: unset("WebPolicy", "PolicyDocument", "Statement", 0, "Action", 3),
    rule: "ssm-permissions-missing",
  },
  {
    breaks: "the policy is attached to another role",
    mutate: all(
      add(
        "OtherRole",
        "Type: AWS::IAM::Role\nProperties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } }",
      ),
      set("WebPolicy", ["Roles"], [{ Ref: "OtherRole" }]),
    ),
    rule: "ssm-permissions-missing",
  },
  {
    breaks: "the policy names resources of another service",
    mutate: set("WebPolicy", ["PolicyDocument", "Statement", 0, "Resource"], "arn:aws:s3:::logs/*"),
    rule: "ssm-permissions-missing",
  },
  {
    breaks: "an endpoint takes the traffic away from the NAT gateway and is closed",
    mutate: all(
      set("Vpc", ["EnableDnsHostnames"], true),
      add("ClosedGroup", "Type: AWS::EC2::SecurityGroup\nProperties: { GroupDescription: Closed, VpcId: !Ref Vpc }"),
      add(
        "SsmEndpoint",
        `Type: AWS::EC2::VPCEndpoint
Properties:
  VpcId: !Ref Vpc
  ServiceName: !Sub com.amazonaws.\${AWS::Region}.ssm
  VpcEndpointType: Interface
  PrivateDnsEnabled: true
  SubnetIds: [!Ref PrivateSubnet]
  SecurityGroupIds: [!Ref ClosedGroup]`,
      ),
    ),
    rule: "endpoint-unreachable",
  },
];

/** Templates that are well, and what breaks them. */
const SUBJECTS: readonly (readonly [name: string, file: string, mutations: readonly Mutation[]])[] = [
  ["a private subnet with endpoints", example, PRIVATE],
  ["a private subnet behind a NAT gateway", join(__dirname, "nat.yaml"), BEHIND_NAT],
];

function assessText(text: string): Assessment {
  const reading = readTemplates([{ file: "template.yaml", text, required: true }]);
  expect(reading.problems).toEqual([]);
  return assessReading(reading);
}

const breakages = ({ findings }: Assessment): readonly string[] => [
  ...new Set(findings.filter(({ level }) => level !== "note").map(({ rule }) => rule)),
];

describe.each(SUBJECTS)("%s", (_name, file, mutations) => {
  const text = readFileSync(file, "utf8");

  test("is well", () => {
    const assessment = assessText(text);
    expect(breakages(assessment)).toEqual([]);
    expect(assessment.hosts.map(({ session }) => session)).toEqual(["ready"]);
  });

  test.each(mutations.map(({ breaks, mutate, rule }) => [breaks, rule, mutate] as const))(
    "when %s, exactly %s appears",
    (_breaks, rule, mutate) => {
      const template = parseDocument(text);
      mutate(template);
      const assessment = assessText(String(template));
      expect(breakages(assessment)).toEqual([rule]);
      if (rule !== "instance-too-small") expect(assessment.hosts.map(({ session }) => session)).toEqual(["blocked"]);
    },
  );
});

/** Mutations that fit every mended example of the rules whose role has the managed policy. */
const OF_IDENTITY: readonly Mutation[] = [
  { breaks: "the profile is gone", mutate: unset("WebServer", "IamInstanceProfile"), rule: "instance-profile-missing" },
  { breaks: "the profile is empty", mutate: set("WebProfile", ["Roles"], []), rule: "instance-profile-without-role" },
  {
    breaks: "another service may assume the role",
    mutate: set("WebRole", ["AssumeRolePolicyDocument", "Statement", 0, "Principal"], { Service: "ssm.amazonaws.com" }),
    rule: "role-trust-missing",
  },
  {
    breaks: "the metadata service is off",
    mutate: set("WebServer", ["MetadataOptions"], { HttpEndpoint: "disabled" }),
    rule: "imds-disabled",
  },
  {
    breaks: "the managed policy for Session Manager is gone",
    mutate: withoutPolicy("WebRole", "AmazonSSMManagedInstanceCore"),
    rule: "ssm-permissions-missing",
  },
];

const fits = (text: string): boolean =>
  /^ {2}WebServer:$/m.test(text) && text.includes("policy/AmazonSSMManagedInstanceCore");

const mended = readdirSync(rules, { recursive: true, encoding: "utf8" })
  .filter((file) => /passing[\w-]*\.yaml$/.test(file))
  .filter((file) => fits(readFileSync(join(rules, file), "utf8")));

describe.each(mended)("rules/%s", (file) => {
  const text = readFileSync(join(rules, file), "utf8");

  test.each(OF_IDENTITY.map(({ breaks, mutate, rule }) => [breaks, rule, mutate] as const))(
    "when %s, exactly %s appears",
    (_breaks, rule, mutate) => {
      const template = parseDocument(text);
      mutate(template);
      expect(breakages(assessText(text))).toEqual([]);
      expect(breakages(assessText(String(template)))).toEqual([rule]);
    },
  );
});
