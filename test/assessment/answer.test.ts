import { type Answer, answer, type HostAnswer, type Question } from "../../core/assessment/answer";
import { readTemplates, type TemplateInput } from "../../core/readers/cloudformation";
import { jsonAnswer, prettyAnswer } from "../../core/report/answer";
import { RULES } from "../../core/rules";

const OPTIONS = { rules: RULES, today: "2027-01-01", minimumAgentVersion: "2.3.68.0" };

const HOSTS = `Conditions:
  Tagged: !Equals [!Ref AWS::StackName, web]
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: "sts:AssumeRole" }] }
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"]
  Profile: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [!Ref Role] } }
  Server:
    Type: AWS::EC2::Instance
    Properties: { IamInstanceProfile: !Ref Profile, ImageId: "{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64}}", Tags: [{ Key: Team, Value: web }] }
  Bare: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-1, Tags: [{ Key: Team, Value: !If [Tagged, data, web] }] } }
`;

const allow = (action: string, resource: string, condition = ""): string =>
  `{ Effect: Allow, Action: ${action}, Resource: ${resource}${condition} }`;
const user = (name: string, ...statements: readonly string[]): string =>
  `  ${name}: { Type: AWS::IAM::User, Properties: { UserName: ${name.toLowerCase()}, Path: /people/, Policies: [{ PolicyName: sessions, PolicyDocument: { Version: "2012-10-17", Statement: [${statements.join(", ")}] } }] } }\n`;
const DATA_CHANNEL = allow('"ssmmessages:*"', '"*"');

const PEOPLE = `Resources:
${user("Alice", allow('"ssm:*"', '"*"'), DATA_CHANNEL)}${user("Bob", allow('"s3:*"', '"*"'))}${user(
  "Carol",
  allow('"ssm:StartSession"', '"arn:aws:ec2:*:*:instance/*"'),
  DATA_CHANNEL,
)}${user(
  "Dora",
  allow(
    '"ssm:StartSession"',
    '"arn:aws:ec2:*:*:instance/*"',
    ', Condition: { StringEquals: { "ssm:resourceTag/Team": data } }',
  ),
  allow('"ssm:StartSession"', '"arn:aws:ssm:*:*:document/*"'),
  DATA_CHANNEL,
)}  Admins:
    Type: AWS::SSO::PermissionSet
    Properties: { Name: Administrators, InstanceArn: "arn:aws:sso:::instance/ssoins-1", ManagedPolicies: ["arn:aws:iam::aws:policy/AmazonSSMFullAccess"] }
`;

const input = (file: string, text: string): TemplateInput => ({
  file,
  text,
  required: true,
  region: "eu-west-1",
  account: "111122223333",
});

const READING = readTemplates([input("hosts.yaml", HOSTS), input("people.yaml", PEOPLE)]);

const ask = (question: Question): Answer => answer(READING, question, OPTIONS);

function asked(question: Question): HostAnswer {
  const found = ask(question);
  if (found.kind !== "answer") throw new Error(found.what);
  return found;
}

describe("who is found", () => {
  const names: readonly (readonly [asked: string, principal: string | undefined])[] = [
    ["Alice", "Alice"],
    ["alice", "Alice"],
    ["arn:aws:iam::111122223333:user/people/alice", "Alice"],
    ["arn:aws:iam::111122223333:role/alice", undefined],
    ["arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Administrators_0123456789abcdef/alice", "Admins"],
    [
      "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Administrators_0123456789abcdef",
      "Admins",
    ],
    ["arn:aws:sts::111122223333:assumed-role/Nobody/alice", undefined],
    ["eve", undefined],
  ];
  test.each(names)("by %s", (user, principal) => {
    const found = ask({ host: "Server", user });
    expect(found.kind === "answer" ? found.access?.principal.name : undefined).toBe(principal);
  });
});

describe("whether a person may start a session on a host of another template", () => {
  const cases: readonly (readonly [user: string, host: string, status: string, reason: string])[] = [
    [
      "Alice",
      "Server",
      "pass",
      'user Alice may start a session on instance Server: statement 1 of inline policy "sessions" and statement 2 of inline policy "sessions" allow it',
    ],
    [
      "Bob",
      "Server",
      "fail",
      "user Bob may not start a session on instance Server: no policy allows ssm:StartSession on instance Server",
    ],
    [
      "Carol",
      "Server",
      "unknown",
      "whether user Carol may start a session on instance Server is not known: no policy allows ssm:StartSession on document SSM-SessionManagerRunShell; whether that keeps a session from starting is not known: AWS's user guide asks to allow the default document by name, and sessions used to start without that where no statement asks for ssm:SessionDocumentAccessCheck",
    ],
    [
      "Dora",
      "Server",
      "fail",
      'user Dora may not start a session on instance Server: no policy allows ssm:StartSession on instance Server: statement 1 of inline policy "sessions" would allow it, but its condition StringEquals ssm:resourceTag/Team: data is not met (the request has web)',
    ],
    [
      "Dora",
      "Bare",
      "unknown",
      'whether user Dora may start a session on instance Bare is not known: whether ssm:StartSession on instance Bare is allowed is not known: statement 1 of inline policy "sessions" may allow it: its condition StringEquals on ssm:resourceTag/Team cannot be decided: it depends on condition Tagged, which the template leaves open',
    ],
  ];
  test.each(cases)("%s on %s", (user, host, status, reason) => {
    expect(asked({ host, user }).access).toMatchObject({ status, reason });
  });

  it("asks for the document that is named", () => {
    expect(asked({ host: "Server", user: "Carol", document: "AWS-StartSSHSession" }).access).toMatchObject({
      status: "fail",
      reason:
        "user Carol may not start a session on instance Server: no policy allows ssm:StartSession on document AWS-StartSSHSession",
    });
  });

  it("names the statement behind each check, and where it stands", () => {
    const [first] = asked({ host: "Server", user: "Alice" }).access?.checks ?? [];
    expect(first).toMatchObject({
      action: "ssm:StartSession",
      on: "instance Server",
      status: "pass",
      statement: { text: 'statement 1 of inline policy "sessions"', property: "Policies.0.PolicyDocument.Statement.0" },
    });
  });
});

it("says when, where the ways that a program can turn out differ", () => {
  const scenario = (text: string) => readTemplates([input("one.yaml", text)]).units[0]?.[0];
  const [open, closed] = [scenario(HOSTS + user("Zoe", allow('"ssm*:*"', '"*"'))), scenario(HOSTS + user("Zoe"))];
  if (open === undefined || closed === undefined) throw new Error("no scenario");
  const reading = {
    units: [
      [
        { ...open, when: "Open is true" },
        { ...closed, when: "Open is false" },
      ],
    ],
    problems: [],
  };
  expect(answer(reading, { host: "Server", user: "Zoe" }, OPTIONS)).toMatchObject({
    access: {
      status: "unknown",
      reason:
        "when Open is false, user Zoe may not start a session on instance Server: no policy allows ssm:StartSession on instance Server",
    },
  });
});

it("is certain of no refusal where the program is known in part", () => {
  const reading = readTemplates([input("one.yaml", HOSTS + user("Zoe", allow('"s3:*"', '"*"')))]);
  const units = reading.units.map((unit) =>
    unit.map((scenario) => ({ ...scenario, program: { ...scenario.program, incomplete: "some of it is not shown" } })),
  );
  expect(answer({ ...reading, units }, { host: "Server", user: "Zoe" }, OPTIONS)).toMatchObject({
    access: { status: "unknown", reason: expect.stringMatching(/, but some of it is not shown$/) },
  });
});

describe("the answer as a whole", () => {
  it("is no where a link of the host is broken, whoever asks", () => {
    expect(asked({ host: "Bare", user: "Alice" })).toMatchObject({ session: "no", access: { status: "pass" } });
  });

  it("is no where the person lacks the right", () => {
    expect(asked({ host: "Server", user: "Bob" })).toMatchObject({ session: "no", host: { session: "unknown" } });
  });

  it("is not known where a link of the host is not", () => {
    expect(asked({ host: "Server", user: "Alice" })).toMatchObject({
      session: "unknown",
      host: { session: "unknown" },
    });
  });

  it("speaks of the host alone where no person is named", () => {
    expect(asked({ host: "Bare" })).not.toHaveProperty("access");
  });

  it("has the findings of that host only", () => {
    expect(asked({ host: "Bare" }).findings.map(({ resource }) => resource.name)).toEqual(
      asked({ host: "Bare" }).findings.map(() => "Bare"),
    );
    expect(asked({ host: "Bare" }).findings.map(({ rule }) => rule)).toContain("instance-profile-missing");
  });
});

describe("in print", () => {
  const print = (question: Question, width = 100): string => prettyAnswer(ask(question), { colour: false, width });

  it("begins with the question and ends with the answer", () => {
    const text = print({ host: "Server", user: "Bob" });
    expect(text).toMatch(/^Will a session of user Bob open on Server\?\n/);
    expect(text).toMatch(/\nNo: a session will not open\.\n$/);
  });

  it("shows every link with its evidence, and the rights one by one", () => {
    const text = print({ host: "Server", user: "Alice" });
    expect(text).toContain("instance profile  ok");
    expect(text).toContain("    + role Role, which EC2 may assume");
    expect(text).toContain("access of user Alice  ok");
    expect(text).toContain('    + statement 1 of inline policy "sessions" allows ssm:StartSession on document');
  });

  it("says where and how to mend what is broken", () => {
    expect(print({ host: "Bare" })).toContain(
      "instance-profile-missing\n  Where: Bare, hosts.yaml:13:3\n  Fix: Set IamInstanceProfile",
    );
  });

  it.each([
    [{ host: "Sever" }, 'There is no host "Sever" in the program. Did you mean Server? There are: Bare, Server.\n'],
    [
      { host: "Server", user: "Alcie" },
      'There is no user "Alcie" in the program. Did you mean Alice? There are: Admins, Alice, Bob, Carol, Dora.\n',
    ],
  ])("says what there is instead of %j", (question, text) => {
    expect(print(question, 200)).toBe(text);
  });
});

describe("as JSON", () => {
  it("is one document with links, checks and statements", () => {
    const document: unknown = JSON.parse(jsonAnswer(ask({ host: "Server", user: "Alice" })));
    expect(document).toMatchObject({
      schema: 1,
      session: "unknown",
      host: { id: "Server", links: { instanceProfile: { status: "pass", chain: expect.any(Array) } } },
      access: {
        principal: "Alice",
        status: "pass",
        checks: [
          {
            action: "ssm:StartSession",
            statement: { declaration: "Alice", file: "people.yaml", line: expect.any(Number) },
          },
          { on: "document SSM-SessionManagerRunShell" },
          { action: "ssmmessages:OpenDataChannel" },
        ],
        later: [{ action: "ssm:ResumeSession" }, { action: "ssm:TerminateSession" }],
      },
    });
  });

  it("says what was not found", () => {
    expect(JSON.parse(jsonAnswer(ask({ host: "Nowhere" })))).toMatchObject({
      schema: 1,
      error: { what: "host", asked: "Nowhere", known: ["Bare", "Server"] },
    });
  });
});

it("does not choose between two hosts of one name", () => {
  const reading = readTemplates([input("a.yaml", HOSTS), input("b.yaml", HOSTS)]);
  expect(answer(reading, { host: "Server" }, OPTIONS)).toMatchObject({
    kind: "not-found",
    several: ["Server", "Server"],
  });
});
