import { diagnoseNetwork } from "../../../core/diagnosis/network/network";
import type { Verdict } from "../../../core/diagnosis/verdict";
import { known } from "../../../core/facts/fact";
import { buildInfrastructure } from "../../../core/infrastructure/build";
import type { Host } from "../../../core/infrastructure/model";
import { hostOf } from "../../support/templates";
import { type Deployment, readingOf } from "../preferences/support";

/** A host that reaches Session Manager over endpoints with these statements; `identity` is what the host's role is. */
const template = (statements: string, identity: string, profile: string): string => `
Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16, EnableDnsHostnames: true } }
Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24 } }
Group: { Type: AWS::EC2::SecurityGroup, Properties: { VpcId: !Ref Vpc, SecurityGroupIngress: [{ IpProtocol: -1, CidrIp: 10.0.0.0/16 }] } }
Web: { Type: AWS::EC2::Instance, Properties: { SubnetId: !Ref Subnet, SecurityGroupIds: [!Ref Group]${profile} } }
Other: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: {} } }
Lookup: { Type: Custom::RoleLookup, Properties: { ServiceToken: arn:aws:lambda:eu-west-1:111122223333:function:lookup } }
${identity}
${["ssm", "ssmmessages"]
  .map(
    (service) => `${service}:
  Type: AWS::EC2::VPCEndpoint
  Properties:
    VpcId: !Ref Vpc
    ServiceName: !Sub com.amazonaws.\${AWS::Region}.${service}
    VpcEndpointType: Interface
    PrivateDnsEnabled: true
    SubnetIds: [!Ref Subnet]
    SecurityGroupIds: [!Ref Group]
    PolicyDocument: { Version: "2012-10-17", Statement: [${statements}] }`,
  )
  .join("\n")}`;

const role = (properties = "") => `Profile: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [!Ref Role] } }
Role:
  Type: AWS::IAM::Role
  Properties: { AssumeRolePolicyDocument: {}${properties === "" ? "" : `, ${properties}`} }`;

const UNNAMED = role();
const NAMED = role("RoleName: web");
const TAGGED = role("RoleName: web, Tags: [{ Key: Team, Value: web }]");
const NO_ROLE = "";
const MANAGED =
  "Management: { Type: AWS::SSM::DefaultHostManagementConfiguration, Properties: { CustomerManagedRoleArn: arn:aws:iam::111122223333:role/hosts } }";

const IN_ACCOUNT = { account: "111122223333", region: "eu-west-1" };

interface Row {
  readonly title: string;
  readonly statements: string;
  readonly status: Verdict<unknown>["status"];
  /** Words of the reason. */
  readonly says?: string;
  readonly identity?: string;
  readonly deployment?: Deployment;
  /** Where the host is of another account than the VPC, which is shared with it. */
  readonly hostAccount?: string;
}

function verdictOf({ statements, identity = NAMED, deployment = IN_ACCOUNT, hostAccount }: Row): Verdict<unknown> {
  const profile = identity.includes("Profile:") ? ", IamInstanceProfile: !Ref Profile" : "";
  const reading = readingOf(template(statements, identity, profile), deployment);
  const scenario = reading.units[0]?.[0];
  if (scenario === undefined) throw new Error("no scenario");
  const infrastructure = buildInfrastructure(scenario.program);
  const host = hostOf(infrastructure, "Web");
  return diagnoseNetwork(hostAccount === undefined ? host : inAccount(host, hostAccount), infrastructure);
}

const inAccount = (host: Host, account: string): Host => ({
  ...host,
  declaration: { ...host.declaration, account: known(account) },
});

const testRows = (rows: readonly Row[]): void =>
  test.each(rows)("$title: $status", (row) => {
    const { status, reason } = verdictOf(row);
    expect({ status, reason }).toEqual({ status: row.status, reason: expect.stringContaining(row.says ?? "") });
  });

const allow = (rest: string): string => `{ Effect: Allow, Action: "*", ${rest} }`;
const deny = (rest: string): string => `{ Effect: Deny, Action: "*", ${rest} }`;
const to = (principal: string): string => allow(`Resource: "*", Principal: { AWS: ${principal} }`);
const when = (condition: string): string => allow(`Resource: "*", Principal: "*", Condition: { ${condition} }`);
const EVERYBODY = allow('Resource: "*", Principal: "*"');
const unless = (condition: string): string =>
  `${EVERYBODY}, ${deny(`Resource: "*", Principal: "*", Condition: { ${condition} }`)}`;

const WEB = "arn:aws:iam::111122223333:role/web";
const ADMIN = "arn:aws:iam::111122223333:role/admin";

describe("the policy of an interface endpoint names as Principal", () => {
  testRows([
    { title: "everybody", statements: to('"*"'), status: "pass" },
    { title: "the host's role by its ARN", statements: to(WEB), status: "pass" },
    { title: "the host's role by reference", statements: to("!GetAtt Role.Arn"), identity: UNNAMED, status: "pass" },
    {
      title: "the host's role by reference, its account not given",
      statements: to("!GetAtt Role.Arn"),
      identity: UNNAMED,
      deployment: {},
      status: "pass",
    },
    {
      title: "the host's role by Sub",
      statements: to('!Sub "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${Role}"'),
      identity: UNNAMED,
      deployment: {},
      status: "pass",
    },
    {
      title: "the host's role by Join",
      statements: to('!Join ["", ["arn:aws:iam::", !Ref "AWS::AccountId", ":role/", !Ref Role]]'),
      identity: UNNAMED,
      status: "pass",
    },
    { title: "the host's role among others", statements: to(`[${ADMIN}, ${WEB}]`), status: "pass" },
    {
      title: "the host's role with its path",
      statements: to("arn:aws:iam::111122223333:role/hosts/web"),
      identity: role("RoleName: web, Path: /hosts/"),
      status: "pass",
    },
    {
      title: "the host's role without its path",
      statements: to(WEB),
      identity: role("RoleName: web, Path: /hosts/"),
      status: "fail",
    },
    {
      title: "another role",
      statements: to(ADMIN),
      status: "fail",
      says: `the policy of endpoint ssm does not allow ssm:UpdateInstanceInformation: statement 1 is limited to Principal ${ADMIN}, and the host calls with role Role`,
    },
    {
      title: "another role of the program",
      statements: to("!GetAtt Other.Arn"),
      identity: UNNAMED,
      status: "fail",
      says: "statement 1 is limited to Principal (Other.Arn), and the host calls with role Role of account 111122223333",
    },
    {
      title: "nobody, as it is about all but instances",
      statements: '{ Effect: Allow, Action: "*", Principal: "*", NotResource: "arn:aws:ec2:*:*:instance/*" }',
      status: "fail",
      says: "statement 1 leaves out Resource arn:aws:ec2:*:*:instance/*",
    },
    {
      title: "another role of the program by Sub",
      statements: to('!Sub "arn:aws:iam::${AWS::AccountId}:role/${Other}"'),
      identity: UNNAMED,
      status: "fail",
    },
    {
      title: "another role, where that of the host has a name of CloudFormation",
      statements: to(ADMIN),
      identity: UNNAMED,
      status: "fail",
    },
    {
      title: "a role with a name that CloudFormation may give",
      statements: to("arn:aws:iam::111122223333:role/stack-Role-1ABCDEF"),
      identity: UNNAMED,
      status: "unknown",
      says: "it names arn:aws:iam::111122223333:role/stack-Role-1ABCDEF",
    },
    {
      title: "what a custom resource looks up",
      statements: to("!GetAtt Lookup.RoleArn"),
      status: "unknown",
      says: "it names ${Lookup.RoleArn}",
    },
    { title: "a user", statements: to("arn:aws:iam::111122223333:user/web"), status: "fail" },
    { title: "an id", statements: to("AROAEXAMPLEROLEID1234"), status: "unknown", says: "which is no ARN" },
    {
      title: "the role with a wildcard",
      statements: to("arn:aws:iam::*:role/web"),
      status: "unknown",
      says: "no wildcard",
    },
    { title: "other roles with a wildcard", statements: to("arn:aws:iam::*:role/admin-*"), status: "fail" },
    {
      title: "a session of the role",
      statements: to("arn:aws:sts::111122223333:assumed-role/web/i-0123456789abcdef0"),
      status: "unknown",
    },
    {
      title: "a session of another role",
      statements: to("arn:aws:sts::111122223333:assumed-role/admin/alice"),
      status: "fail",
    },
    {
      title: "a service alone",
      statements: allow('Resource: "*", Principal: { Service: ec2.amazonaws.com }'),
      status: "fail",
    },
    { title: "the role in an account that is not given", statements: to(WEB), deployment: {}, status: "unknown" },
    { title: "another role in an account that is not given", statements: to(ADMIN), deployment: {}, status: "fail" },
    { title: "the host's account", statements: to('"111122223333"'), status: "pass" },
    { title: "the host's account by its ARN", statements: to("arn:aws:iam::111122223333:root"), status: "pass" },
    {
      title: "another account",
      statements: to('"444455556666"'),
      status: "fail",
      says: "statement 1 is limited to Principal 444455556666",
    },
    {
      title: "an account, that of the host not given",
      statements: to('"444455556666"'),
      deployment: {},
      status: "unknown",
    },
    {
      title: "everybody but the role",
      statements: allow(`Resource: "*", NotPrincipal: { AWS: ${WEB} }`),
      status: "unknown",
      says: "its NotPrincipal names",
    },
    {
      title: "the role to spare it a denial, its account left out",
      statements: `${EVERYBODY}, ${deny(`Resource: "*", NotPrincipal: { AWS: ${WEB} }`)}`,
      status: "unknown",
      says: "statement 2 of the policy of endpoint ssm may deny it",
    },
    {
      title: "another role to spare it a denial",
      statements: `${EVERYBODY}, ${deny(`Resource: "*", NotPrincipal: { AWS: ${ADMIN} }`)}`,
      status: "fail",
      says: "statement 2 of the policy of endpoint ssm denies ssm:UpdateInstanceInformation",
    },
    {
      title: "another role, beside a denial that concerns others",
      statements: `${deny(`Resource: "*", Principal: { AWS: ${ADMIN} }`)}, ${to(ADMIN)}`,
      status: "fail",
      says: `statement 2 is limited to Principal ${ADMIN}`,
    },
    {
      title: "everybody but another role",
      statements: allow(`Resource: "*", NotPrincipal: { AWS: ${ADMIN} }`),
      status: "pass",
    },
    {
      title: "the role to deny it",
      statements: `${EVERYBODY}, ${deny(`Resource: "*", Principal: { AWS: ${WEB} }`)}`,
      status: "fail",
      says: "statement 2 of the policy of endpoint ssm denies ssm:UpdateInstanceInformation",
    },
    {
      title: "another role to deny it",
      statements: `${EVERYBODY}, ${deny(`Resource: "*", Principal: { AWS: ${ADMIN} }`)}`,
      status: "pass",
    },
  ]);
});

describe("the policy of an interface endpoint, for a host without a role of its own, names as Principal", () => {
  testRows([
    { title: "everybody", statements: to('"*"'), identity: NO_ROLE, status: "pass" },
    { title: "its account", statements: to('"111122223333"'), identity: NO_ROLE, status: "pass" },
    { title: "another account", statements: to('"444455556666"'), identity: NO_ROLE, status: "fail" },
    { title: "a role", statements: to(WEB), identity: NO_ROLE, status: "unknown", says: "it has no instance profile" },
    {
      title: "a role of another account",
      statements: to("arn:aws:iam::444455556666:role/web"),
      identity: NO_ROLE,
      status: "fail",
    },
    {
      title: "the role of Default Host Management",
      statements: to("arn:aws:iam::111122223333:role/hosts"),
      identity: MANAGED,
      status: "unknown",
      says: "Default Host Management Configuration may give it a role of its own",
    },
    {
      title: "a role that a host with one falls back to",
      statements: to("arn:aws:iam::111122223333:role/hosts"),
      identity: `${NAMED}\n${MANAGED}`,
      status: "unknown",
      says: "Default Host Management Configuration may give it a role of its own",
    },
    {
      title: "the role of a host with one to fall back to",
      statements: to(WEB),
      identity: `${NAMED}\n${MANAGED}`,
      status: "pass",
    },
    {
      title: "an account that is neither's",
      statements: to('"444455556666"'),
      identity: `${NAMED}\n${MANAGED}`,
      status: "fail",
    },
  ]);
});

describe("the policy of an interface endpoint has a condition on", () => {
  testRows([
    { title: "the role's ARN", statements: when(`ArnEquals: { aws:PrincipalArn: ${WEB} }`), status: "pass" },
    {
      title: "the role's ARN by reference",
      statements: when("StringEquals: { aws:PrincipalArn: !GetAtt Role.Arn }"),
      identity: UNNAMED,
      status: "pass",
    },
    {
      title: "roles of a pattern",
      statements: when('ArnLike: { aws:PrincipalArn: "arn:aws:iam::*:role/w*" }'),
      status: "pass",
    },
    {
      title: "another role's ARN",
      statements: when(`ArnEquals: { aws:PrincipalArn: ${ADMIN} }`),
      status: "fail",
      says: `statement 1 would allow it, but its condition ArnEquals aws:PrincipalArn: ${ADMIN} is not met (the request has ${WEB})`,
    },
    {
      title: "another role's ARN by reference",
      statements: when("ArnEquals: { aws:PrincipalArn: !GetAtt Other.Arn }"),
      identity: UNNAMED,
      status: "fail",
    },
    {
      title: "an ARN, the host's role not known",
      statements: when(`ArnEquals: { aws:PrincipalArn: ${WEB} }`),
      identity: NO_ROLE,
      status: "unknown",
      says: "its condition ArnEquals on aws:PrincipalArn cannot be decided",
    },
    {
      title: "the account",
      statements: when('StringEquals: { aws:PrincipalAccount: "111122223333" }'),
      status: "pass",
    },
    {
      title: "another account",
      statements: when('StringEquals: { aws:PrincipalAccount: "444455556666" }'),
      status: "fail",
    },
    {
      title: "an account, that of the host not given",
      statements: when('StringEquals: { aws:PrincipalAccount: "444455556666" }'),
      deployment: {},
      status: "unknown",
    },
    {
      title: "the organization",
      statements: when("StringEquals: { aws:PrincipalOrgID: o-example }"),
      status: "unknown",
      says: "its condition StringEquals on aws:PrincipalOrgID cannot be decided: it names o-example, and which organization the account belongs to is not known",
    },
    {
      title: "the organization, to deny others",
      statements: unless("StringNotEquals: { aws:PrincipalOrgID: o-example }"),
      status: "unknown",
    },
    {
      title: "the caller's own organization",
      statements: when('StringEquals: { aws:ResourceOrgID: "${aws:PrincipalOrgID}" }'),
      status: "pass",
      says: "assuming the account belongs to an organization",
    },
    {
      title: "a tag of the role",
      statements: when("StringEquals: { aws:PrincipalTag/Team: web }"),
      identity: TAGGED,
      status: "pass",
    },
    {
      title: "another value of a tag of the role",
      statements: when("StringEquals: { aws:PrincipalTag/Team: db }"),
      identity: TAGGED,
      status: "fail",
    },
    {
      title: "a tag that the program does not set",
      statements: when("StringEquals: { aws:PrincipalTag/Stage: live }"),
      identity: TAGGED,
      status: "unknown",
      says: "stack tags and default tags may add it",
    },
    {
      title: "the account of the resource",
      statements: when("StringEquals: { aws:ResourceAccount: !Ref AWS::AccountId }"),
      deployment: {},
      status: "pass",
    },
    {
      title: "another account of the resource",
      statements: when('StringEquals: { aws:ResourceAccount: "444455556666" }'),
      status: "fail",
    },
    {
      title: "the organization of the resource",
      statements: when("StringEquals: { aws:ResourceOrgID: o-example }"),
      status: "unknown",
    },
    { title: "its own VPC", statements: when("StringEquals: { aws:SourceVpc: !Ref Vpc }"), status: "pass" },
    { title: "where it comes from", statements: when("IpAddress: { aws:SourceIp: 10.0.0.0/8 }"), status: "unknown" },
    {
      title: "a user's name, which no host has",
      statements: when("StringEquals: { aws:username: alice }"),
      status: "fail",
    },
    {
      title: "the role by reference, in a denial of others",
      statements: unless("ArnNotEquals: { aws:PrincipalArn: !GetAtt Role.Arn }"),
      identity: UNNAMED,
      status: "pass",
    },
    {
      title: "another role by reference, in a denial of others",
      statements: unless("StringNotLike: { aws:PrincipalArn: [!GetAtt Other.Arn] }"),
      identity: UNNAMED,
      status: "fail",
    },
    {
      title: "the account, in a denial of others",
      statements: unless('StringNotEquals: { aws:PrincipalAccount: "111122223333" }'),
      status: "pass",
    },
  ]);
});

describe("the policy of an interface endpoint is limited to", () => {
  const about = (action: string, resource: string): string =>
    `{ Effect: Allow, Principal: "*", Action: ${action}, Resource: ${resource} }`;
  const CHANNELS = about("ssmmessages:*", '"*"');
  testRows([
    {
      title: "instances, for what is asked about one",
      statements: `${CHANNELS}, ${about("ssm:*", '"arn:aws:ec2:*:*:instance/*"')}`,
      status: "pass",
    },
    {
      title: "instances of the account",
      statements: `${CHANNELS}, ${about("ssm:*", '!Sub "arn:aws:ec2:${AWS::Region}:${AWS::AccountId}:instance/*"')}`,
      deployment: {},
      status: "pass",
    },
    {
      title: "managed instances, which no EC2 instance is",
      statements: `${CHANNELS}, ${about("ssm:*", '"arn:aws:ssm:*:*:managed-instance/*"')}`,
      status: "fail",
      says: "statement 2 is limited to Resource arn:aws:ssm:*:*:managed-instance/*",
    },
    {
      title: "instances of another region",
      statements: `${CHANNELS}, ${about("ssm:*", '"arn:aws:ec2:us-east-1:*:instance/*"')}`,
      status: "fail",
    },
    {
      title: "one instance by its id",
      statements: `${CHANNELS}, ${about("ssm:*", "arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0")}`,
      status: "unknown",
    },
    {
      title: "instances, for channels too",
      statements: about('"*"', '"arn:aws:ec2:*:*:instance/*"'),
      status: "fail",
      says: "the policy of endpoint ssmmessages does not allow",
    },
    {
      title: "ARNs of ssmmessages, of which AWS documents none",
      statements: `${about("ssm:*", '"*"')}, ${about("ssmmessages:*", '"arn:aws:ssmmessages:*:*:*"')}`,
      status: "unknown",
      says: 'AWS documents only "*"',
    },
  ]);
});

describe("the policy of an endpoint in a VPC that is shared with the host's account names", () => {
  const hostAccount = "444455556666";
  testRows([
    { title: "everybody", statements: to('"*"'), hostAccount, status: "pass" },
    { title: "the host's account", statements: to('"444455556666"'), hostAccount, status: "pass" },
    {
      title: "the VPC's account",
      statements: to("!Ref AWS::AccountId"),
      hostAccount,
      status: "fail",
      says: "statement 1 is limited to Principal 111122223333, and the host calls with role Role of account 444455556666",
    },
    {
      title: "the VPC's account in a condition",
      statements: when("StringEquals: { aws:PrincipalAccount: !Ref AWS::AccountId }"),
      hostAccount,
      status: "fail",
    },
    {
      title: "the VPC's account, which is not given",
      statements: to("!Ref AWS::AccountId"),
      hostAccount,
      deployment: {},
      status: "unknown",
      says: "it names account ${AWS::AccountId}",
    },
    { title: "both accounts", statements: to('["111122223333", "444455556666"]'), hostAccount, status: "pass" },
    {
      title: "instances of the VPC's account",
      statements: allow('Principal: "*", Resource: !Sub "arn:aws:ec2:*:${AWS::AccountId}:instance/*"'),
      hostAccount,
      status: "fail",
    },
  ]);
});
