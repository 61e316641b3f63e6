import { sayDecision } from "../../../core/diagnosis/access/said";
import { mayStartSession } from "../../../core/diagnosis/access/start-session";
import { hostTarget } from "../../../core/diagnosis/access/target";
import { readTemplates } from "../../../core/readers/cloudformation";
import { assessReading } from "../../support/program-cases";
import { OWN, principalOf, program, SHELL, userWith } from "../access/people";

const TRUST = "Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: sts:AssumeRole";
const SESSIONS =
  "Sid: Sessions, Effect: Allow, Action: ['ssm:UpdateInstanceInformation', 'ssmmessages:*'], Resource: '*'";
const IN_VIRGINIA = "Condition: { StringEquals: { aws:RequestedRegion: us-east-1 } }";
const MANAGED = "ManagedPolicyArns: [arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore]";

interface RoleOf {
  readonly trust?: string;
  /** Statements of its only policy. */
  readonly policy?: readonly string[];
  /** More properties. */
  readonly more?: string;
  readonly resources?: string;
}

const inline = (statements: readonly string[]): string =>
  `Policies: [{ PolicyName: own, PolicyDocument: { Version: "2012-10-17", Statement: [${statements.map((text) => `{ ${text} }`).join(", ")}] } }]`;

/** Messages of what breaks sessions on a host of eu-west-1. */
function errorsWith({ trust = TRUST, policy = [], more = "", resources = "" }: RoleOf): readonly string[] {
  const text = `Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: "{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64}}"
      IamInstanceProfile: !Ref Profile
  Profile: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [!Ref Role] } }
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ ${trust} }] }
      ${policy.length === 0 ? MANAGED : inline(policy)}
      ${more}
${resources}`;
  const reading = readTemplates([{ file: "web.yaml", text, required: true, region: "eu-west-1" }]);
  expect(reading.problems).toEqual([]);
  const { findings } = assessReading(reading);
  return findings.filter(({ level }) => level !== "note").map(({ message }) => message);
}

const CHANNELS =
  "ssmmessages:CreateControlChannel, ssmmessages:CreateDataChannel, ssmmessages:OpenControlChannel and ssmmessages:OpenDataChannel";
const NOT_MET = "its condition StringEquals aws:RequestedRegion: us-east-1 is not met (the request has eu-west-1)";

const rows: readonly (readonly [what: string, role: RoleOf, message: string])[] = [
  [
    "the only statement that allows the actions",
    { policy: [`${SESSIONS}, ${IN_VIRGINIA}`] },
    `role Role grants none of ssm:UpdateInstanceInformation, ${CHANNELS}: statement "Sessions" of inline policy "own" would allow them, but ${NOT_MET}`,
  ],
  [
    "a statement that allows some of them",
    {
      policy: [
        `Effect: Allow, Action: 'ssmmessages:*', Resource: '*', ${IN_VIRGINIA}`,
        "Effect: Allow, Action: 'ssm:*', Resource: '*'",
      ],
    },
    `role Role grants ssm:UpdateInstanceInformation but none of ${CHANNELS}: statement 1 of inline policy "own" would allow them, but ${NOT_MET}`,
  ],
  [
    "a statement that allows one of several that are lacking",
    { policy: [`Effect: Allow, Action: 'ssm:*', Resource: '*', ${IN_VIRGINIA}`] },
    `role Role grants none of ssm:UpdateInstanceInformation, ${CHANNELS}: statement 1 of inline policy "own" would allow ssm:UpdateInstanceInformation, but ${NOT_MET}`,
  ],
  [
    "a key that the request lacks",
    { policy: [`${SESSIONS}, Condition: { StringLike: { aws:username: [web, "db*"] } }`] },
    'statement "Sessions" of inline policy "own" would allow them, but its condition StringLike aws:username: web or db* is not met (the request has none)',
  ],
  [
    "a condition that asks for a key to be left out",
    { policy: [`${SESSIONS}, Condition: { "Null": { aws:RequestedRegion: "true" } }`] },
    "its condition Null aws:RequestedRegion: true is not met (the request has eu-west-1)",
  ],
  [
    "the permissions boundary",
    {
      more: "PermissionsBoundary: !Ref Limits",
      resources: `  Limits: { Type: AWS::IAM::ManagedPolicy, Properties: { PolicyDocument: { Version: "2012-10-17", Statement: [{ ${SESSIONS}, ${IN_VIRGINIA} }] } } }`,
    },
    `the permissions boundary of role Role does not allow ssm:UpdateInstanceInformation, ${CHANNELS.replace(" and ", " or ")}: statement "Sessions" of the permissions boundary would allow them, but ${NOT_MET}`,
  ],
  [
    "the trust policy",
    { trust: `${TRUST}, Condition: { StringEquals: { sts:ExternalId: web } }` },
    "the trust policy of role Role does not let EC2 assume it: statement 1 of the trust policy of role Role would allow it, but its condition StringEquals sts:ExternalId: web is not met (the request has none)",
  ],
];

describe("a condition that is surely not met is named", () => {
  test.each(rows)("where it keeps from counting %s", (_, role, message) => {
    expect(errorsWith(role)).toEqual([expect.stringContaining(message)]);
  });

  test.each([
    ["allows something else", [`Effect: Allow, Action: 's3:*', Resource: '*', ${IN_VIRGINIA}`]],
    ["denies", [`Effect: Deny, Action: 'ssmmessages:*', Resource: '*', ${IN_VIRGINIA}`]],
    ["is about other resources", [`Effect: Allow, Action: 'ssm:*', Resource: 'arn:aws:s3:::logs', ${IN_VIRGINIA}`]],
  ])("and not that of a statement that %s", (_, policy) => {
    expect(errorsWith({ policy })).toEqual([expect.not.stringContaining("is not met")]);
  });

  test("and not where another statement allows the same", () => {
    expect(errorsWith({ policy: [`${SESSIONS}, ${IN_VIRGINIA}`, SESSIONS] })).toEqual([]);
  });
});

test("a person who lacks a session is told of the condition", () => {
  const statement = { Action: "ssm:StartSession", Resource: ["arn:aws:ec2:*:*:instance/*", SHELL] };
  const infrastructure = program(
    {
      Host: "{ Type: AWS::EC2::Instance, Properties: { Tags: [{ Key: Team, Value: web }] } }",
      Alice: userWith([{ ...statement, Condition: { StringEquals: { "ssm:resourceTag/Team": "db" } } }, OWN]),
    },
    { region: "eu-west-1", account: "111122223333" },
  );
  const alice = principalOf(infrastructure, "Alice");
  const [host] = infrastructure.hosts;
  if (host === undefined) throw new Error("no host");
  const decision = mayStartSession(alice, hostTarget(host), infrastructure.documents);
  expect(sayDecision(alice, "instance Host", decision).reason).toBe(
    'user Alice may not start a session on instance Host: no policy allows ssm:StartSession on instance Host: statement 1 of inline policy "sessions" would allow it, but its condition StringEquals ssm:resourceTag/Team: db is not met (the request has web)',
  );
});
