import { accessProblems } from "../../../core/diagnosis/access/access";
import { HOST, INSTANCES, OWN, policyText, program, resource, SHELL, type StatementOf, userWith } from "./people";

const LOOK: StatementOf = { Action: "ec2:Describe*", Resource: "*" };
const EVERYTHING: StatementOf = { Action: ["ssm:*", "ssmmessages:*"], Resource: "*" };
const DENY: StatementOf = { Effect: "Deny", Action: "ssm:StartSession", Resource: "*" };
const WHO = "who is meant to start sessions (here)";
const NOWHERE = "can start a session on no declared host";
const NOTHING_ALLOWS = "no policy allows ssm:StartSession on instance Host";

const policies = (...statements: readonly StatementOf[]): string =>
  `Policies: [{ PolicyName: own, PolicyDocument: ${policyText(statements)} }]`;

const trust = (kind: string, name: string): string =>
  `AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Principal: { ${kind}: ${JSON.stringify(name)} }, Action: "sts:AssumeRole" }] }`;

type Meaning = "sessions" | "preferences";

function said(resources: Readonly<Record<string, string>>, name: string, meaning: Meaning = "sessions") {
  const person = { name, sessions: meaning === "sessions", preferences: meaning === "preferences", origin: "here" };
  const infrastructure = program({ Host: HOST, ...resources });
  return accessProblems(infrastructure, [person]).map(({ why, minor }) => `${minor ? "note" : "warning"}: ${why}`);
}

const user = (properties: string): string => resource("AWS::IAM::User", `{ UserName: alice, ${properties} }`);
const group = (properties: string): string => resource("AWS::IAM::Group", `{ GroupName: ops, ${properties} }`);

describe("someone who is said to be meant to start sessions", () => {
  test.each([
    ["whose policies say nothing of it", { Alice: userWith([LOOK]) }, "alice"],
    ["by the logical id", { Alice: userWith([LOOK]) }, "Alice"],
    ["by an ARN", { Alice: userWith([LOOK]) }, "arn:aws:iam::111122223333:user/people/alice"],
    [
      "by the policy that is attached",
      {
        Alice: user("ManagedPolicyArns: [!Ref Look]"),
        Look: resource("AWS::IAM::ManagedPolicy", `{ PolicyDocument: ${policyText([LOOK])} }`),
      },
      "Look",
    ],
    ["by the group", { Ops: group(policies(LOOK)), Alice: user("Groups: [!Ref Ops]") }, "ops"],
  ])("%s", (_, resources, name) => {
    expect(said(resources, name)).toEqual([`warning: user Alice, ${WHO}, ${NOWHERE}: ${NOTHING_ALLOWS}`]);
  });

  test("and is denied it by name", () => {
    expect(said({ Alice: userWith([EVERYTHING, DENY]) }, "alice")).toEqual([
      `warning: user Alice, ${WHO}, ${NOWHERE}: statement 2 of inline policy "sessions" denies ssm:StartSession on instance Host`,
    ]);
  });

  test("and is held back by a permissions boundary", () => {
    const boundary = resource("AWS::IAM::ManagedPolicy", `{ PolicyDocument: ${policyText([LOOK])} }`);
    expect(
      said({ Alice: user(`PermissionsBoundary: !Ref Limit, ${policies(EVERYTHING)}`), Limit: boundary }, "alice"),
    ).toEqual([
      `warning: user Alice, ${WHO}, ${NOWHERE}: the permissions boundary does not allow ssm:StartSession on instance Host`,
    ]);
  });

  test("and is denied what the rest of her group may", () => {
    const resources = {
      Ops: group(policies({ Action: "ssm:StartSession", Resource: [INSTANCES, SHELL] }, OWN)),
      Alice: user(`Groups: [!Ref Ops], ${policies(DENY)}`),
      Bob: resource("AWS::IAM::User", "{ Groups: [!Ref Ops] }"),
    };
    expect(said(resources, "bob")).toEqual([]);
    expect(said(resources, "alice")).toEqual([expect.stringContaining(`user Alice, ${WHO}, ${NOWHERE}: statement 1`)]);
  });

  test("is a permission set or a role of a service", () => {
    const set = resource("AWS::SSO::PermissionSet", `{ Name: Ops, InlinePolicy: ${policyText([LOOK])} }`);
    expect(
      said({ Set: set }, "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ops_0a1b2c3d"),
    ).toEqual([`warning: permission set Set, ${WHO}, ${NOWHERE}: ${NOTHING_ALLOWS}`]);
    const role = resource("AWS::IAM::Role", `{ ${trust("Service", "lambda.amazonaws.com")}, ${policies(LOOK)} }`);
    expect(said({ Bot: role }, "Bot")).toEqual([`warning: role Bot, ${WHO}, ${NOWHERE}: ${NOTHING_ALLOWS}`]);
  });

  test("is a group without users in sight, which is not certain", () => {
    expect(said({ Ops: group(policies(LOOK)) }, "ops")).toEqual([
      `note: group Ops, ${WHO}, ${NOWHERE}: ${NOTHING_ALLOWS}`,
    ]);
  });

  test("lacks the data channel, which is told like for everybody else", () => {
    expect(said({ Alice: userWith([{ Action: "ssm:*", Resource: "*" }]) }, "alice")).toEqual([
      "note: user Alice may start sessions, but its policies do not allow ssmmessages:OpenDataChannel on sessions of its own",
    ]);
  });

  test("is told of once, where the statement at fault is found", () => {
    const wrong: StatementOf = { Action: "ssm:StartSession", Resource: ["arn:aws:ssm:*:*:instance/*", SHELL] };
    const problems = said({ Alice: userWith([wrong, OWN]) }, "alice");
    expect(problems).toEqual([expect.stringContaining("the ARN of an EC2 instance is of service ec2")]);
    expect(said({ Ops: group(policies(wrong, OWN)), Alice: user("Groups: [!Ref Ops]") }, "alice")).toHaveLength(1);
  });

  test.each([
    ["has every right", { Alice: userWith([EVERYTHING]) }, "alice"],
    ["is another", { Alice: userWith([LOOK]) }, "bob"],
    [
      "has the policy that a service's role holds too",
      {
        Agent: resource(
          "AWS::IAM::Role",
          `{ ${trust("Service", "ec2.amazonaws.com")}, ManagedPolicyArns: [!Ref Look] }`,
        ),
        Look: resource("AWS::IAM::ManagedPolicy", `{ PolicyDocument: ${policyText([LOOK])} }`),
      },
      "Look",
    ],
  ])("is passed when he %s", (_, resources, name) => {
    expect(said(resources, name)).toEqual([]);
  });

  test("by a policy out of sight is not known", () => {
    const imported = user(`ManagedPolicyArns: ["arn:aws:iam::111122223333:policy/made-elsewhere"]`);
    expect(said({ Alice: imported }, "alice")).toEqual([
      expect.stringMatching(
        /^note: whether user Alice, who is meant to start sessions \(here\), may start a session on instance Host is not known: /,
      ),
    ]);
  });
});

describe("someone who is said to be meant to change preferences", () => {
  const MEANT = "is meant (here) to change session preferences";
  const DOCUMENT = "on document SSM-SessionManagerRunShell";

  test.each([
    [
      "nothing",
      LOOK,
      [
        `warning: user Alice ${MEANT}, but may not call ssm:GetDocument, ssm:CreateDocument or ssm:UpdateDocument ${DOCUMENT}`,
      ],
    ],
    [
      "all but creation",
      { Action: ["ssm:GetDocument", "ssm:UpdateDocument"], Resource: "*" },
      [`note: user Alice ${MEANT}, but may not call ssm:CreateDocument ${DOCUMENT}`],
    ],
    ["everything", EVERYTHING, []],
    [
      "any document of a region",
      { Action: "ssm:*Document", Resource: "arn:aws:ssm:eu-west-1:*:document/*" },
      [
        expect.stringMatching(
          `^note: user Alice ${MEANT.replace(/[()]/g, "\\$&")}, and whether it may call ssm:GetDocument is not known: `,
        ),
      ],
    ],
  ])("and may do %s", (_, statement, expected) => {
    expect(said({ Alice: userWith([statement]) }, "alice", "preferences")).toEqual(expected);
  });

  test("is judged by the document that the statement of a group names, and told of once", () => {
    const statement = (...actions: readonly string[]): StatementOf => ({
      Action: actions,
      Resource: "arn:aws:ssm:eu-west-1:*:document/SSM-SessionManagerRunShell",
    });
    const of = (...actions: readonly string[]) =>
      said({ Ops: group(policies(statement(...actions))), Alice: user("Groups: [!Ref Ops]") }, "alice", "preferences");
    expect(of("ssm:GetDocument", "ssm:CreateDocument", "ssm:UpdateDocument")).toEqual([]);
    expect(of("ssm:UpdateDocument")).toEqual([
      `warning: group Ops is meant to change session preferences, but may not call ssm:GetDocument or ssm:CreateDocument ${DOCUMENT}`,
    ]);
  });

  test("need not start sessions", () => {
    expect(said({ Alice: userWith([{ Action: "ssm:*Document", Resource: "*" }]) }, "alice", "preferences")).toEqual([]);
  });
});
