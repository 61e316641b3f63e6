import type { Decision } from "../../../core/diagnosis/identity/evaluate";
import { sessionPermissionsOfRoles } from "../../../core/diagnosis/identity/session-permissions";
import { absent, type Fact, known, unknown } from "../../../core/facts/fact";
import type { Role } from "../../../core/infrastructure/model";
import { managedPolicy } from "../../../core/knowledge/managed-policies";
import type { Declaration } from "../../../core/program/declaration";
import { attachedPolicy, declaration, hostWith, properties, role, type Sketch } from "../../support/model";

const REGISTER = "ssm:UpdateInstanceInformation";
const CONTROL = "ssmmessages:CreateControlChannel";
const DATA = "ssmmessages:OpenDataChannel";

/** What a role decides on one of the session actions, for a host in eu-west-1 unless `where` says otherwise. */
function decide(changes: Partial<Role>, action: string, where: Partial<Declaration> = IRELAND): Decision {
  const web = declaration("AWS::EC2::Instance", "Web", where);
  const grants = role("WebRole", changes);
  const decided = sessionPermissionsOfRoles()(hostWith(grants, { declaration: web }), grants);
  const found = decided.find((entry) => entry.action === action);
  if (found === undefined) throw new Error(`${action} is no session action`);
  return found.decision;
}

const IRELAND: Partial<Declaration> = { region: known("eu-west-1"), account: known("111122223333") };
const ANYWHERE: Partial<Declaration> = {};

const document = (statements: Sketch): Sketch => ({ Version: "2012-10-17", Statement: statements });

const withStatements = (statements: Sketch): Partial<Role> => ({
  policies: [attachedPolicy("policy Web", document(statements))],
});

const allow = (action: Sketch, rest: { readonly [key: string]: Sketch } = {}): Sketch => ({
  Effect: "Allow",
  Action: action,
  Resource: "*",
  ...rest,
});

const deny = (action: Sketch, rest: { readonly [key: string]: Sketch } = {}): Sketch => ({
  Effect: "Deny",
  Action: action,
  Resource: "*",
  ...rest,
});

type Row = readonly [statements: Sketch, action: string, expected: Decision["effect"]];

describe("Action and NotAction", () => {
  const rows: readonly Row[] = [
    [allow("*"), REGISTER, "allowed"],
    [allow("*"), CONTROL, "allowed"],
    [allow("*:*"), CONTROL, "allowed"],
    [allow("ssm:*"), REGISTER, "allowed"],
    [allow("ssm:*"), CONTROL, "notAllowed"],
    [allow("ssm*"), CONTROL, "allowed"],
    [allow("ssmmessages:*"), REGISTER, "notAllowed"],
    [allow("ssmmessages:*"), DATA, "allowed"],
    [allow("ssm:UpdateInstanceInformation"), REGISTER, "allowed"],
    [allow("SSM:updateinstanceinformation"), REGISTER, "allowed"],
    [allow("ssm:Update*"), REGISTER, "allowed"],
    [allow("ssm:UpdateInstanceInformatio?"), REGISTER, "allowed"],
    [allow("ssm:UpdateInstanceInformation?"), REGISTER, "notAllowed"],
    [allow("ssm:UpdateManagedInstanceRole"), REGISTER, "notAllowed"],
    [allow("ssmmessages:Create*"), CONTROL, "allowed"],
    [allow("ssmmessages:Create*"), DATA, "notAllowed"],
    [allow("ssmmessages:*Channel"), DATA, "allowed"],
    [allow("ssmmessages:Open?ataChannel"), DATA, "allowed"],
    [allow(["s3:GetObject", "ssm:UpdateInstanceInformation"]), REGISTER, "allowed"],
    [allow(["s3:GetObject"]), REGISTER, "notAllowed"],
    [allow([]), REGISTER, "notAllowed"],
    [allow(""), REGISTER, "notAllowed"],
    [allow("ec2messages:*"), CONTROL, "notAllowed"],
    [allow("ssm-messages:*"), CONTROL, "notAllowed"],
    [allow("«Service»:*"), CONTROL, "unknown"],
    [allow("«Service»:Get*"), CONTROL, "notAllowed"],
    [allow(["«Service»:*", "ssmmessages:*"]), CONTROL, "allowed"],
    [allow("«? it comes from parameter Actions»"), CONTROL, "unknown"],
    [allow(["«? it comes from parameter Action»", "ssm:*"]), REGISTER, "allowed"],
    [allow(["«? it comes from parameter Action»", "ssm:*"]), CONTROL, "unknown"],
    [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }, CONTROL, "allowed"],
    [{ Effect: "Allow", NotAction: ["iam:*", "ssmmessages:*"], Resource: "*" }, CONTROL, "notAllowed"],
    [{ Effect: "Allow", NotAction: ["iam:*", "ssmmessages:*"], Resource: "*" }, REGISTER, "allowed"],
    [{ Effect: "Allow", NotAction: "*", Resource: "*" }, REGISTER, "notAllowed"],
    [{ Effect: "Allow", NotAction: "«Service»:*", Resource: "*" }, REGISTER, "unknown"],
    [{ Effect: "Allow", NotAction: ["«Service»:*", "ssm:*"], Resource: "*" }, REGISTER, "notAllowed"],
    [[allow("s3:*"), allow("ssm:*"), allow("ssmmessages:*")], DATA, "allowed"],
    [[], REGISTER, "notAllowed"],
  ];
  test.each(rows)("%j, %s: %s", (statements, action, expected) => {
    expect(decide(withStatements(statements), action).effect).toBe(expected);
  });
});

describe("Resource of ssm:UpdateInstanceInformation, which is the instance", () => {
  const places = {
    Ireland: IRELAND,
    "an unknown region": ANYWHERE,
    GovCloud: { region: known("us-gov-west-1") },
    Beijing: { region: known("cn-north-1") },
  };
  type ResourceRow = readonly [resource: Sketch, where: keyof typeof places, expected: Decision["effect"]];
  const rows: readonly ResourceRow[] = [
    ["*", "Ireland", "allowed"],
    ["arn:aws:ec2:*:*:instance/*", "Ireland", "allowed"],
    ["arn:aws:ec2:eu-west-1:111122223333:instance/*", "Ireland", "allowed"],
    ["arn:aws:ec2:eu-west-1:*:instance/*", "Ireland", "allowed"],
    ["arn:aws:ec2:eu-west-?:*:*", "Ireland", "allowed"],
    ["arn:*:ec2:*:*:instance/*", "Ireland", "allowed"],
    ["arn:aws:ec2:us-east-1:111122223333:instance/*", "Ireland", "notAllowed"],
    ["arn:aws:ec2:eu-west-1:999988887777:instance/*", "Ireland", "notAllowed"],
    ["arn:aws-cn:ec2:*:*:instance/*", "Ireland", "notAllowed"],
    ["arn:aws:ec2:*:*:volume/*", "Ireland", "notAllowed"],
    ["arn:aws:ec2:*:*:instance/i-0abc", "Ireland", "unknown"],
    ["arn:aws:ssm:*:*:managed-instance/*", "Ireland", "notAllowed"],
    ["arn:aws:ssm:*:*:*", "Ireland", "notAllowed"],
    ["arn:aws:s3:::logs", "Ireland", "notAllowed"],
    [["arn:aws:s3:::logs", "*"], "Ireland", "allowed"],
    ["arn:aws:ec2:eu-west-1:«AWS::AccountId»:instance/*", "Ireland", "unknown"],
    ["«Bucket.Arn»", "Ireland", "unknown"],
    ["«? it comes from parameter Arn»", "Ireland", "unknown"],
    ["arn:«AWS::Partition»:ec2:«AWS::Region»:«AWS::AccountId»:instance/*", "an unknown region", "allowed"],
    ["arn:aws:ec2:«AWS::Region»:«AWS::AccountId»:instance/*", "an unknown region", "allowed"],
    ["arn:aws:ec2:*:*:instance/*", "an unknown region", "allowed"],
    ["arn:aws-cn:ec2:*:*:instance/*", "an unknown region", "unknown"],
    ["arn:aws:ec2:eu-west-1:*:instance/*", "an unknown region", "unknown"],
    ["arn:aws:ec2:*:111122223333:instance/*", "an unknown region", "unknown"],
    ["arn:aws:s3:::logs/*", "an unknown region", "notAllowed"],
    ["arn:«AWS::Partition»:s3:::logs/*", "an unknown region", "notAllowed"],
    ["arn:«AWS::Partition»:ssm:«AWS::Region»:«AWS::AccountId»:parameter/*", "an unknown region", "notAllowed"],
    ["arn:aws-us-gov:ec2:*:*:instance/*", "GovCloud", "allowed"],
    ["arn:aws:ec2:*:*:instance/*", "GovCloud", "notAllowed"],
    ["arn:aws-cn:ec2:cn-north-1:*:instance/*", "Beijing", "allowed"],
  ];
  test.each(rows)("%j in %s: %s", (resource, where, expected) => {
    expect(decide(withStatements(allow("*", { Resource: resource })), REGISTER, places[where]).effect).toBe(expected);
  });

  it("says that the aws partition is taken for granted", () => {
    const decision = decide(withStatements(allow("*", { Resource: "arn:aws:ec2:*:*:instance/*" })), REGISTER, ANYWHERE);
    expect(decision).toMatchObject({ assuming: ["the program is deployed to the aws partition"] });
  });

  it("does not take the region of another stack for the host's", () => {
    const elsewhere = { ...ANYWHERE, stack: "other" };
    const resource = "arn:aws:ec2:«AWS::Region»:*:instance/*";
    expect(decide(withStatements(allow("*", { Resource: resource })), REGISTER, elsewhere).effect).toBe("unknown");
  });
});

describe("Resource of ssmmessages actions, which have no resource types", () => {
  type ResourceRow = readonly [resource: Sketch, expected: Decision["effect"]];
  const rows: readonly ResourceRow[] = [
    ["*", "allowed"],
    ["**", "allowed"],
    [["arn:aws:s3:::logs", "*"], "allowed"],
    ["arn:aws:ec2:*:*:instance/*", "notAllowed"],
    ["arn:aws:s3:::*", "notAllowed"],
    ["arn:aws:ssm:*:*:*", "unknown"],
    ["arn:aws:ssm:*:*:parameter/*", "notAllowed"],
    ["arn:aws:ssm:*:*:session/*", "unknown"],
    ["arn:aws:ssmmessages:*:*:*", "unknown"],
    ["arn:aws:ssmmessages:us-east-1:*:*", "notAllowed"],
    ["arn:aws:*", "unknown"],
    ["«Any»", "unknown"],
    ["arn:aws:s3:::«Bucket»", "notAllowed"],
  ];
  test.each(rows)("%j: %s", (resource, expected) => {
    expect(decide(withStatements(allow("*", { Resource: resource })), DATA).effect).toBe(expected);
  });

  it("says why a service ARN leaves it open", () => {
    const decision = decide(withStatements(allow("*", { Resource: "arn:aws:ssmmessages:*:*:*" })), DATA);
    expect(decision).toMatchObject({
      effect: "unknown",
      reason:
        'statement 1 of policy Web may allow it: it names arn:aws:ssmmessages:*:*:*, and AWS documents only "*" for ssmmessages:OpenDataChannel',
    });
  });
});

describe("NotResource", () => {
  const notResource = (effect: string, resource: Sketch): Sketch => [
    allow(effect === "Deny" ? "*" : []),
    { Effect: effect, Action: "*", NotResource: resource },
  ];
  const rows: readonly Row[] = [
    [notResource("Allow", "arn:aws:s3:::logs/*"), REGISTER, "allowed"],
    [notResource("Allow", "arn:aws:s3:::logs/*"), DATA, "allowed"],
    [notResource("Allow", "arn:aws:ec2:*:*:instance/*"), REGISTER, "notAllowed"],
    [notResource("Allow", "*"), DATA, "notAllowed"],
    [notResource("Allow", "arn:aws:ec2:*:*:instance/i-0abc"), REGISTER, "unknown"],
    [notResource("Deny", "arn:aws:ec2:*:*:instance/i-0123456789abcdef0"), REGISTER, "unknown"],
    [notResource("Deny", "arn:aws:ec2:*:*:instance/*"), REGISTER, "allowed"],
    [notResource("Deny", "arn:aws:ec2:*:*:instance/*"), DATA, "denied"],
    [notResource("Deny", "arn:aws:s3:::logs/*"), REGISTER, "denied"],
    [notResource("Deny", "«Bucket.Arn»"), REGISTER, "unknown"],
  ];
  test.each(rows)("%j, %s: %s", (statements, action, expected) => {
    expect(decide(withStatements(statements), action).effect).toBe(expected);
  });
});

describe("Deny", () => {
  const rows: readonly Row[] = [
    [[allow("*"), deny("ssmmessages:*")], CONTROL, "denied"],
    [[deny("ssmmessages:*"), allow("*")], CONTROL, "denied"],
    [[allow("*"), deny("ssmmessages:*")], REGISTER, "allowed"],
    [[allow("*"), deny("*")], REGISTER, "denied"],
    [[allow("*"), deny("iam:*")], REGISTER, "allowed"],
    [[allow("*"), { Effect: "Deny", NotAction: ["ssm:*", "ssmmessages:*"], Resource: "*" }], CONTROL, "allowed"],
    [[allow("*"), { Effect: "Deny", NotAction: ["ssm:*"], Resource: "*" }], CONTROL, "denied"],
    [[allow("*"), deny("*", { Resource: "arn:aws:s3:::secret/*" })], REGISTER, "allowed"],
    [[allow("*"), deny("*", { Resource: "arn:aws:ec2:us-east-1:*:instance/*" })], REGISTER, "allowed"],
    [[allow("*"), deny("*", { Resource: "arn:aws:ec2:*:*:instance/i-0abc" })], REGISTER, "unknown"],
    [[allow("*"), deny("*", { Resource: "arn:aws:ec2:*:*:instance/i-0123456789abcdef0" })], REGISTER, "allowed"],
    [[allow("*"), deny("*", { Resource: "arn:aws:s3:::logs/i-0123456789abcdef0" })], REGISTER, "allowed"],
    [[allow("*"), deny("«Service»:*")], REGISTER, "unknown"],
    [[allow("s3:*"), deny("«Service»:*")], REGISTER, "notAllowed"],
    [[deny("*")], REGISTER, "denied"],
    [
      [allow("*"), deny("*", { Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } } })],
      REGISTER,
      "allowed",
    ],
    [
      [allow("*"), deny("*", { Condition: { StringNotEquals: { "aws:RequestedRegion": "us-east-1" } } })],
      REGISTER,
      "denied",
    ],
    [[allow("*"), deny("*", { Condition: { Bool: { "aws:SecureTransport": "false" } } })], REGISTER, "allowed"],
    [[allow("*"), deny("*", { Condition: { StringNotEquals: { "aws:SourceVpc": "vpc-0abc" } } })], REGISTER, "unknown"],
    [[allow("*"), deny("*", { Condition: { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } } })], REGISTER, "unknown"],
    [
      [allow("*"), deny("*", { Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } } })],
      REGISTER,
      "unknown",
    ],
    [
      [allow("*"), { Effect: "«? it comes from parameter Effect»", Action: "ssm:*", Resource: "*" }],
      REGISTER,
      "unknown",
    ],
    [
      [allow("*"), { Effect: "«? it comes from parameter Effect»", Action: "s3:*", Resource: "*" }],
      REGISTER,
      "allowed",
    ],
    [[{ Effect: "«? it comes from parameter Effect»", Action: "ssm:*", Resource: "*" }], REGISTER, "unknown"],
    [[allow("*"), "«? it comes from a macro»"], REGISTER, "allowed"],
    [[allow("s3:*"), "«? it comes from a macro»"], REGISTER, "unknown"],
  ];
  test.each(rows)("%j, %s: %s", (statements, action, expected) => {
    expect(decide(withStatements(statements), action).effect).toBe(expected);
  });

  it("names the statement by its Sid and the policy it stands in", () => {
    const guard = attachedPolicy("policy Guard", document(deny("ssmmessages:*", { Sid: "NoMessages" })));
    const decision = decide({ policies: [attachedPolicy("policy Web", document(allow("*"))), guard] }, CONTROL);
    expect(decision).toMatchObject({
      effect: "denied",
      by: { text: 'statement "NoMessages" of policy Guard', policy: guard },
    });
  });

  it("names the condition that leaves it open", () => {
    const decision = decide(
      withStatements([allow("*"), deny("*", { Condition: { StringNotEquals: { "aws:SourceVpc": "vpc-0abc" } } })]),
      REGISTER,
    );
    expect(decision).toMatchObject({
      reason:
        "statement 2 of policy Web may deny it: its condition StringNotEquals on aws:SourceVpc cannot be decided: which way the host takes is not known",
    });
  });
});

describe("Condition of an Allow", () => {
  const when = (condition: Sketch): Sketch => allow("*", { Condition: condition });
  type ConditionRow = readonly [condition: Sketch, action: string, expected: Decision["effect"]];
  const rows: readonly ConditionRow[] = [
    [{ StringEquals: { "aws:RequestedRegion": "eu-west-1" } }, REGISTER, "allowed"],
    [{ StringEquals: { "aws:RequestedRegion": "us-east-1" } }, REGISTER, "notAllowed"],
    [{ StringEquals: { "aws:PrincipalAccount": "111122223333" } }, REGISTER, "allowed"],
    [{ StringEquals: { "aws:PrincipalAccount": "999988887777" } }, REGISTER, "notAllowed"],
    [{ StringEquals: { "aws:PrincipalType": "AssumedRole" } }, REGISTER, "allowed"],
    [{ StringEquals: { "aws:PrincipalType": "User" } }, REGISTER, "notAllowed"],
    [{ StringEquals: { "aws:PrincipalTag/Team": "Blue" } }, REGISTER, "allowed"],
    [{ StringEquals: { "aws:PrincipalTag/Team": "Red" } }, REGISTER, "notAllowed"],
    [{ StringEquals: { "aws:PrincipalTag/Stage": "prod" } }, REGISTER, "unknown"],
    [{ StringEquals: { "aws:PrincipalTag/Other": "x" } }, REGISTER, "unknown"],
    [{ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/app/*" } }, REGISTER, "allowed"],
    [{ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:user/*" } }, REGISTER, "notAllowed"],
    [{ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/app/web-Host-1ABC" } }, REGISTER, "unknown"],
    // CloudFormation gives no name without a hyphen.
    [{ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/app/web" } }, REGISTER, "notAllowed"],
    [{ ArnLike: { "ec2:SourceInstanceARN": "arn:aws:ec2:*:*:instance/*" } }, REGISTER, "allowed"],
    [{ ArnLike: { "ec2:SourceInstanceARN": "arn:aws:ec2:*:*:instance/*" } }, DATA, "allowed"],
    [{ ArnLike: { "ec2:SourceInstanceARN": "arn:aws:ec2:us-east-1:*:instance/*" } }, DATA, "notAllowed"],
    [{ ArnLike: { "ssm:SourceInstanceARN": "arn:aws:ec2:*:*:instance/*" } }, REGISTER, "allowed"],
    [{ ArnLike: { "ssm:SourceInstanceARN": "arn:aws:ec2:*:*:instance/*" } }, CONTROL, "allowed"],
    [{ ArnLike: { "ssm:SourceInstanceARN": "arn:aws:ec2:*:*:instance/*" } }, DATA, "unknown"],
    [{ StringEquals: { "ssm:SourceInstanceARN": "${ec2:SourceInstanceARN}" } }, REGISTER, "allowed"],
    [{ Bool: { "aws:ViaAWSService": "true" } }, REGISTER, "notAllowed"],
    [{ "ForAnyValue:StringEquals": { "aws:CalledVia": "cloudformation.amazonaws.com" } }, REGISTER, "notAllowed"],
    [{ StringEquals: { "aws:SourceVpce": "vpce-0abc" } }, REGISTER, "unknown"],
    [{ StringEquals: { "aws:PrincipalOrgID": "o-abc" } }, REGISTER, "unknown"],
    [{ StringEquals: { "ssm:resourceTag/Stage": "prod" } }, REGISTER, "unknown"],
    [{ StringEquals: { "aws:username": "kim" } }, REGISTER, "notAllowed"],
    [{ Null: { "aws:username": "true" } }, REGISTER, "allowed"],
    [{ DateLessThan: { "aws:CurrentTime": "2030-01-01T00:00:00Z" } }, REGISTER, "unknown"],
  ];
  const tagged: Partial<Role> = {
    declaration: declaration("AWS::IAM::Role", "WebRole", { properties: properties({ Path: "/app/" }) }),
    tags: known(
      new Map<string, Fact<string>>([
        ["Team", known("Blue")],
        ["Stage", unknown("it comes from parameter Stage")],
      ]),
    ),
  };
  test.each(rows)("%j, %s: %s", (condition, action, expected) => {
    expect(decide({ ...tagged, ...withStatements(when(condition)) }, action).effect).toBe(expected);
  });
});

describe("documents that IAM rejects or nobody can read", () => {
  const rows: readonly Row[] = [
    [{ Effect: "Allow", Action: "*" }, REGISTER, "unknown"],
    [{ Effect: "Allow", Resource: "*" }, REGISTER, "unknown"],
    [{ Action: "*", Resource: "*" }, REGISTER, "unknown"],
    [{ Effect: "allow", Action: "*", Resource: "*" }, REGISTER, "unknown"],
    [{ Effect: "Deny", Action: "*" }, REGISTER, "notAllowed"],
    [[allow("ssm:*"), { Effect: "Allow", Action: "*" }], REGISTER, "allowed"],
    [["ssm:*"], REGISTER, "unknown"],
    [[null], REGISTER, "notAllowed"],
  ];
  test.each(rows)("%j, %s: %s", (statements, action, expected) => {
    expect(decide(withStatements(statements), action).effect).toBe(expected);
  });

  it("leaves the rest of the policies to prove a permission", () => {
    const unreadable = attachedPolicy("policy Broken", unknown("the policy document is not valid JSON"));
    const good = attachedPolicy("policy Web", document(allow("ssm:*")));
    expect(decide({ policies: [unreadable, good] }, REGISTER).effect).toBe("allowed");
    expect(decide({ policies: [unreadable, good] }, CONTROL)).toMatchObject({
      effect: "unknown",
      reason: "policy Broken may allow it: the policy document is not valid JSON",
    });
  });

  it("takes a sure Deny for an answer although another policy cannot be read", () => {
    const unreadable = attachedPolicy("policy Imported", unknown("it comes from parameter PolicyArn"));
    const guard = attachedPolicy("policy Guard", document(deny("*")));
    expect(decide({ policies: [unreadable, guard] }, REGISTER).effect).toBe("denied");
  });
});

describe("policy variables", () => {
  const variable = (version: Sketch, resource: string): Partial<Role> => ({
    policies: [attachedPolicy("policy Web", { Version: version, Statement: allow("*", { Resource: resource }) })],
  });
  type VariableRow = readonly [version: Sketch, resource: string, expected: Decision["effect"]];
  const rows: readonly VariableRow[] = [
    ["2012-10-17", "arn:aws:ec2:*:*:instance/${aws:username, '*'}", "unknown"],
    ["2012-10-17", "arn:aws:ec2:*:*:instance/${aws:username}", "notAllowed"],
    ["2012-10-17", "arn:aws:ec2:${aws:RequestedRegion}:*:instance/*", "allowed"],
    ["2012-10-17", "arn:aws:ec2:*:*:${aws:PrincipalTag/Kind}/*", "unknown"],
    ["2012-10-17", "arn:aws:s3:::${aws:PrincipalTag/Bucket}/*", "notAllowed"],
    ["2008-10-17", "arn:aws:ec2:${aws:RequestedRegion}:*:instance/*", "notAllowed"],
    [null, "arn:aws:ec2:${aws:RequestedRegion}:*:instance/*", "notAllowed"],
    ["«Version»", "arn:aws:ec2:${aws:RequestedRegion}:*:instance/*", "allowed"],
  ];
  test.each(rows)("version %j, %j: %s", (version, resource, expected) => {
    expect(decide(variable(version, resource), REGISTER).effect).toBe(expected);
  });
});

describe("the permissions boundary", () => {
  const bounded = (policy: Sketch, boundary: Sketch): Partial<Role> => ({
    ...withStatements(policy),
    permissionsBoundary: attachedPolicy("the permissions boundary", document(boundary)),
  });
  type BoundaryRow = readonly [policy: Sketch, boundary: Sketch, action: string, expected: Decision["effect"]];
  const rows: readonly BoundaryRow[] = [
    [allow("*"), allow("*"), CONTROL, "allowed"],
    [allow("*"), allow("ssm:*"), CONTROL, "notAllowed"],
    [allow("*"), allow("ssm:*"), REGISTER, "allowed"],
    [allow("s3:*"), allow("*"), CONTROL, "notAllowed"],
    [allow("*"), [allow("*"), deny("ssmmessages:*")], CONTROL, "denied"],
    [allow("*"), [], CONTROL, "notAllowed"],
    [allow("*"), allow("«Service»:*"), CONTROL, "unknown"],
    [allow("«Service»:*"), allow("s3:*"), CONTROL, "notAllowed"],
    [allow("«Service»:*"), allow("*"), CONTROL, "unknown"],
    [deny("*"), allow("*"), CONTROL, "denied"],
  ];
  test.each(rows)("policy %j within %j, %s: %s", (policy, boundary, action, expected) => {
    expect(decide(bounded(policy, boundary), action).effect).toBe(expected);
  });

  it("leaves it open when it is out of sight and the policies allow", () => {
    const hidden: Partial<Role> = {
      ...withStatements(allow("*")),
      permissionsBoundary: attachedPolicy("the permissions boundary", unknown("it comes from parameter Boundary")),
    };
    expect(decide(hidden, CONTROL)).toMatchObject({
      effect: "unknown",
      reason: "the permissions boundary may allow it: it comes from parameter Boundary",
    });
  });

  it("does not matter when it is out of sight and the policies do not allow", () => {
    const hidden: Partial<Role> = {
      ...withStatements(allow("s3:*")),
      permissionsBoundary: attachedPolicy("the permissions boundary", unknown("it is imported")),
    };
    expect(decide(hidden, CONTROL).effect).toBe("notAllowed");
  });

  it("is named when it is what limits", () => {
    expect(decide(bounded(allow("*"), allow("ssm:*")), CONTROL)).toMatchObject({
      limitedBy: { name: "the permissions boundary" },
    });
  });
});

describe("policies that AWS publishes", () => {
  const published = (name: string): Partial<Role> => ({
    policies: [attachedPolicy(name, managedPolicy(name) ?? unknown(`no policy ${name}`))],
  });
  type PublishedRow = readonly [policy: string, register: Decision["effect"], channels: Decision["effect"]];
  const rows: readonly PublishedRow[] = [
    ["AmazonSSMManagedInstanceCore", "allowed", "allowed"],
    ["AmazonSSMManagedEC2InstanceDefaultPolicy", "allowed", "allowed"],
    ["service-role/AmazonEC2RoleforSSM", "allowed", "allowed"],
    ["AWSCloud9SSMInstanceProfile", "allowed", "allowed"],
    ["AdministratorAccess", "allowed", "allowed"],
    ["PowerUserAccess", "allowed", "allowed"],
    ["AmazonSSMFullAccess", "allowed", "allowed"],
    ["AmazonSSMReadOnlyAccess", "notAllowed", "notAllowed"],
    ["CloudWatchAgentServerPolicy", "notAllowed", "notAllowed"],
    ["service-role/AmazonEC2ContainerServiceforEC2Role", "notAllowed", "notAllowed"],
    ["AmazonEKSWorkerNodePolicy", "notAllowed", "notAllowed"],
    ["AmazonSSMPatchAssociation", "notAllowed", "notAllowed"],
    ["AmazonS3FullAccess", "notAllowed", "notAllowed"],
    ["ReadOnlyAccess", "notAllowed", "notAllowed"],
  ];
  test.each(rows)("%s: registering %s, channels %s", (name, register, channels) => {
    expect(decide(published(name), REGISTER, ANYWHERE).effect).toBe(register);
    for (const action of [CONTROL, DATA]) expect(decide(published(name), action, ANYWHERE).effect).toBe(channels);
  });
});

describe("what a decision takes for granted", () => {
  const assumed = 'parameter Env has its default "dev"';
  const conditional = (statements: Sketch): Partial<Role> => {
    const policy = attachedPolicy("policy Web", document(statements));
    const { document: fact } = policy;
    return { policies: [{ ...policy, document: fact.state === "known" ? { ...fact, assuming: [assumed] } : fact }] };
  };

  it("is what the deciding policy stands on", () => {
    expect(decide(conditional(allow("*")), REGISTER)).toMatchObject({ effect: "allowed", assuming: [assumed] });
    expect(decide(conditional(deny("*")), REGISTER)).toMatchObject({ effect: "denied", assuming: [assumed] });
    expect(decide(conditional(allow("s3:*")), REGISTER)).toMatchObject({ effect: "notAllowed", assuming: [assumed] });
  });

  it("is nothing where a policy that needs no assumption allows as well", () => {
    const plain = attachedPolicy("policy Plain", document(allow("*")));
    const { policies = [] } = conditional(allow("*"));
    expect(decide({ policies: [...policies, plain] }, REGISTER)).toMatchObject({ assuming: [] });
  });

  it("is that the attachment exists, where it decides", () => {
    const attached = attachedPolicy("policy Web", document(allow("*")));
    const policy = { ...attached, declaration: { ...attached.declaration, assuming: [assumed] } };
    expect(decide({ policies: [policy] }, REGISTER)).toMatchObject({ effect: "allowed", assuming: [assumed] });
  });
});

describe("known limits", () => {
  it("a role whose policies are all absent grants nothing", () => {
    expect(decide({ policies: [attachedPolicy("policy Empty", absent())] }, REGISTER).effect).toBe("notAllowed");
  });

  it("an unseen policy is not suspected of a Deny once another allows", () => {
    const unseen = attachedPolicy("policy Imported", unknown("it is imported"));
    const policies = [attachedPolicy("policy Web", document(allow("*"))), unseen];
    expect(decide({ policies }, REGISTER).effect).toBe("allowed");
  });

  it("two holes that can hold only one of a few texts are compared as free text", () => {
    const resource = "arn:aws:ec2:*:*:«Kind»";
    expect(decide(withStatements(allow("*", { Resource: resource })), REGISTER).effect).toBe("unknown");
  });

  it("IP ranges are never decided, not even the whole internet", () => {
    const condition = { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } };
    expect(decide(withStatements(allow("*", { Condition: condition })), REGISTER).effect).toBe("unknown");
  });
});
