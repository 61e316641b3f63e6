import {
  type Deployment,
  DOCUMENT_CHECK,
  HOST,
  INSTANCES,
  OWN,
  OWN_SESSIONS,
  policyText,
  problemsIn,
  program,
  resource,
  SHELL,
  type StatementOf,
  userWith,
} from "./people";

const START = "ssm:StartSession";
const EUROPE: Deployment = { region: "eu-west-1", account: "111122223333" };
const DOCUMENT: StatementOf = { Action: START, Resource: SHELL };
const GOOD: StatementOf = { Action: START, Resource: [INSTANCES, SHELL] };

const STATEMENT = 'statement 1 of inline policy "sessions"';

describe("what is wrong with a user's statements", () => {
  const cases: readonly (readonly [string, readonly StatementOf[], string, Deployment?])[] = [
    [
      "hybrid nodes in place of instances",
      [{ Action: START, Resource: ["arn:aws:ssm:*:*:managed-instance/*", SHELL] }, OWN],
      `warning: user Alice can start a session on no declared host: ${STATEMENT} names arn:aws:ssm:*:*:managed-instance/*, which are hybrid nodes; an EC2 instance is arn:aws:ec2:<region>:<account>:instance/<id>`,
    ],
    [
      "instances of the wrong service",
      [{ Action: START, Resource: ["arn:aws:ssm:*:*:instance/*", SHELL] }, OWN],
      `warning: user Alice can start a session on no declared host: ${STATEMENT} names arn:aws:ssm:*:*:instance/*, and the ARN of an EC2 instance is of service ec2: arn:aws:ec2:<region>:<account>:instance/<id>`,
    ],
    [
      "an ARN without an id",
      [{ Action: START, Resource: ["arn:aws:ec2:*:*:instance", SHELL] }, OWN],
      `warning: user Alice can start a session on no declared host: ${STATEMENT} names arn:aws:ec2:*:*:instance, which means instances only with /* at its end`,
    ],
    [
      "an ARN that ends with a slash",
      [{ Action: START, Resource: ["arn:aws:ec2:*:*:instance/", SHELL] }, OWN],
      `warning: user Alice can start a session on no declared host: ${STATEMENT} names arn:aws:ec2:*:*:instance/, which means instances only with /* at its end`,
    ],
    [
      "another region",
      [{ Action: START, Resource: ["arn:aws:ec2:us-east-1:*:instance/*", SHELL] }, OWN],
      `warning: user Alice can start a session on no declared host: ${STATEMENT} names arn:aws:ec2:us-east-1:*:instance/*, which is another region than eu-west-1`,
      EUROPE,
    ],
    [
      "another account",
      [{ Action: START, Resource: ["arn:aws:ec2:*:999988887777:instance/*", SHELL] }, OWN],
      `warning: user Alice can start a session on no declared host: ${STATEMENT} names arn:aws:ec2:*:999988887777:instance/*, which is another account than 111122223333`,
      EUROPE,
    ],
    [
      "another region and account",
      [{ Action: START, Resource: ["arn:aws:ec2:us-east-1:999988887777:instance/*", SHELL] }, OWN],
      `warning: user Alice can start a session on no declared host: ${STATEMENT} names arn:aws:ec2:us-east-1:999988887777:instance/*, which is another region and account than eu-west-1 in 111122223333`,
      EUROPE,
    ],
    [
      "another partition",
      [{ Action: START, Resource: "arn:aws:ec2:*:*:instance/*" }, OWN],
      `warning: user Alice can start a session on no declared host: ${STATEMENT} names arn:aws:ec2:*:*:instance/*, which is another partition than aws-cn`,
      { region: "cn-north-1" },
    ],
    [
      "a region that the request has not",
      [{ ...GOOD, Condition: { StringEquals: { "aws:RequestedRegion": ["us-east-1", "us-west-2"] } } }, OWN],
      `warning: user Alice can start a session on no declared host: the condition StringEquals aws:RequestedRegion: us-east-1 or us-west-2 of ${STATEMENT} holds for no declared host`,
      EUROPE,
    ],
    [
      "a tag with another value",
      [{ Action: START, Resource: "*", Condition: { StringEquals: { "ssm:resourceTag/Team": "data" } } }, OWN],
      `warning: user Alice can start a session on no declared host: the condition StringEquals ssm:resourceTag/Team: data of ${STATEMENT} holds for no declared host (instance Host has Team = web)`,
    ],
    [
      "a tag that the program does not give the host, but others may",
      [{ Action: START, Resource: "*", Condition: { StringEquals: { "ssm:resourceTag/Stage": "test" } } }, OWN],
      `note: user Alice can start a session on no declared host: the condition StringEquals ssm:resourceTag/Stage: test of ${STATEMENT} holds for no declared host (instance Host has no such tag)`,
    ],
    [
      "documents and no node",
      [{ Action: START, Resource: SHELL }, OWN],
      `warning: user Alice can start a session on no declared host: ${STATEMENT} names arn:aws:ssm:*:*:document/SSM-SessionManagerRunShell, a session document and no node`,
    ],
    [
      "a Deny that wins",
      [GOOD, OWN, { Sid: "Never", Effect: "Deny", Action: "ssm:Start*", Resource: "*" }],
      'warning: user Alice can start a session on no declared host: statement "Never" of inline policy "sessions" denies it',
    ],
    [
      "a Deny that wins by its condition",
      [
        { Action: START, Resource: "*", Condition: { StringEquals: { "ssm:resourceTag/Team": ["web", "data"] } } },
        OWN,
        {
          Effect: "Deny",
          Action: START,
          Resource: "*",
          Condition: { StringEquals: { "ssm:resourceTag/Team": "web" } },
        },
      ],
      'warning: user Alice can start a session on no declared host: statement 3 of inline policy "sessions" denies it',
    ],
    [
      "the check without a document",
      [{ Action: START, Resource: INSTANCES, Condition: DOCUMENT_CHECK }, OWN],
      "warning: user Alice can start a session on no declared host: its statements ask for ssm:SessionDocumentAccessCheck, and none allows a session document such as arn:aws:ssm:<region>:<account>:document/SSM-SessionManagerRunShell",
    ],
    [
      "a document of AWS with an account",
      [{ Action: START, Resource: [INSTANCES, "arn:aws:ssm:*:111122223333:document/AWS-StartSSHSession"] }, OWN],
      `warning: user Alice can start no session with document AWS-StartSSHSession: ${STATEMENT} names arn:aws:ssm:*:111122223333:document/AWS-StartSSHSession, and a document of AWS belongs to no account: arn:aws:ssm:<region>::document/<name>`,
      EUROPE,
    ],
    [
      "documents under the condition on a tag of hosts",
      [
        {
          Action: START,
          Resource: [
            INSTANCES,
            "arn:aws:ssm:*:*:document/AWS-StartSSHSession",
            "arn:aws:ssm:*:*:document/AWS-StartPortForwardingSession",
          ],
          Condition: { StringLike: { "ssm:resourceTag/Team": "web" } },
        },
        OWN,
      ],
      `warning: user Alice can start no session with the documents AWS-StartSSHSession and AWS-StartPortForwardingSession: the condition StringLike ssm:resourceTag/Team: web of ${STATEMENT} holds for no session document (document AWS-StartSSHSession has no such tag)`,
    ],
    [
      "the default document under the condition on a tag, which somebody may have put on it",
      [{ ...GOOD, Condition: { StringLike: { "ssm:resourceTag/Team": "web" } } }, OWN],
      `note: user Alice can start no session with document SSM-SessionManagerRunShell: the condition StringLike ssm:resourceTag/Team: web of ${STATEMENT} holds for no session document (document SSM-SessionManagerRunShell has no such tag)`,
    ],
    [
      "a session document that nothing starts",
      [{ Action: "ssm:GetDocument", Resource: "arn:aws:ssm:*:*:document/AWS-StartSSHSession" }],
      `note: user Alice can start a session on no declared host: ${STATEMENT} names session document AWS-StartSSHSession, and no statement allows ssm:StartSession`,
    ],
    [
      "a misspelt action",
      [{ ...GOOD, Action: "ssm:StartSessions" }, OWN],
      `warning: ${STATEMENT} allows ssm:StartSessions, which is no action of Systems Manager; did you mean ssm:StartSession?`,
    ],
    [
      "a misspelt action beside the right one",
      [GOOD, OWN, { Action: "ssm:StartSesion", Resource: "*" }],
      'note: statement 3 of inline policy "sessions" allows ssm:StartSesion, which is no action of Systems Manager; did you mean ssm:StartSession?',
    ],
    [
      "a misspelt action of less weight",
      [GOOD, { ...OWN, Action: ["ssmmessages:*", "ssm:TerminateSessions", "ssm:*Session"] }],
      'note: statement 2 of inline policy "sessions" allows ssm:TerminateSessions, which is no action of Systems Manager; did you mean ssm:TerminateSession?',
    ],
    [
      "nothing for sessions of its own",
      [GOOD],
      "note: user Alice may start sessions, but its policies do not allow ssmmessages:OpenDataChannel, ssm:ResumeSession or ssm:TerminateSession on sessions of its own",
    ],
    [
      "sessions that are named like hosts",
      [GOOD, { ...OWN, Resource: "*" }, { Effect: "Deny", Action: "ssm:TerminateSession", Resource: "*" }],
      "note: user Alice may start sessions, but its policies do not allow ssm:TerminateSession on sessions of its own",
    ],
    [
      "a condition on tags that also leaves out the default document",
      [{ Action: START, Resource: "*", Condition: { StringEquals: { "ssm:resourceTag/Team": "web" } } }, OWN],
      "note: user Alice may start sessions, but its policies do not allow ssm:StartSession on document SSM-SessionManagerRunShell",
    ],
    [
      "no document, where no statement asks for the check",
      [{ Action: START, Resource: INSTANCES }, OWN],
      "note: user Alice may start sessions, but its policies do not allow ssm:StartSession on document SSM-SessionManagerRunShell",
    ],
  ];
  const table = cases.map(([title, statements, expected, deployment]) => ({ title, statements, expected, deployment }));
  test.each(table)("$title", ({ statements, expected, deployment }) => {
    expect(problemsIn(program({ Host: HOST, Alice: userWith(statements) }, deployment))).toEqual([expected]);
  });
});

describe("nothing is said of", () => {
  const cases: readonly (readonly [string, readonly StatementOf[], Deployment?])[] = [
    ["statements that fit", [GOOD, OWN]],
    ["everything allowed", [{ Action: "*", Resource: "*" }]],
    [
      "everything allowed but sessions",
      [
        { Action: "*", Resource: "*" },
        { Effect: "Deny", Action: START, Resource: "*" },
      ],
    ],
    ["people who are not meant to start sessions", [{ Action: "ssm:*", Resource: "arn:aws:ssm:*:*:parameter/*" }]],
    ["a Deny alone", [{ Effect: "Deny", Action: START, Resource: "*" }]],
    ["containers", [{ Action: START, Resource: "arn:aws:ecs:*:*:task/web/*" }, OWN]],
    ["hosts by their ids", [{ Action: START, Resource: ["arn:aws:ec2:*:*:instance/i-0123456789abcdef0", SHELL] }, OWN]],
    [
      "a region where that of the host is not known",
      [{ ...GOOD, Resource: ["arn:aws:ec2:us-east-1:*:instance/*", SHELL] }, OWN],
    ],
    [
      "an account where that of the host is not known",
      [{ ...GOOD, Resource: ["arn:aws:ec2:*:999988887777:instance/*", SHELL] }, OWN],
      { region: "eu-west-1" },
    ],
    ["a resource that is a parameter's", [{ Action: START, Resource: [{ "Fn::ImportValue": "hosts" }, SHELL] }, OWN]],
    [
      "conditions on the request",
      [
        {
          ...GOOD,
          Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" }, IpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
        },
        OWN,
      ],
    ],
    [
      "a document of its own",
      [{ ...GOOD, Resource: [INSTANCES, "arn:aws:ssm:*:*:document/Team-Shell"], Condition: DOCUMENT_CHECK }, OWN],
    ],
    [
      "documents by a pattern",
      [{ ...GOOD, Resource: [INSTANCES, "arn:aws:ssm:*:*:document/*"], Condition: DOCUMENT_CHECK }, OWN],
    ],
    [
      "port forwarding only, with the check",
      [
        {
          ...GOOD,
          Resource: [INSTANCES, "arn:aws:ssm:*:*:document/AWS-StartPortForwardingSession"],
          Condition: DOCUMENT_CHECK,
        },
        OWN,
      ],
    ],
    [
      "documents in a statement of their own",
      [
        { Action: START, Resource: INSTANCES, Condition: { StringEquals: { "ssm:resourceTag/Team": "web" } } },
        { Action: START, Resource: SHELL },
        OWN,
      ],
    ],
    [
      "own sessions by their tag",
      [
        GOOD,
        { Action: "ssmmessages:OpenDataChannel", Resource: "*" },
        {
          Action: ["ssm:ResumeSession", "ssm:TerminateSession"],
          Resource: "*",
          Condition: { StringLike: { "ssm:resourceTag/aws:ssmmessages:session-id": "${aws:userid}" } },
        },
      ],
    ],
    ["own sessions by the user's name", [GOOD, { ...OWN, Resource: "arn:aws:ssm:*:*:session/${aws:username}-*" }]],
    ["own sessions by the user's name as text", [GOOD, { ...OWN, Resource: "arn:aws:ssm:*:*:session/alice-*" }]],
    [
      "actions of other services that look alike",
      [GOOD, OWN, { Action: ["athena:StartSession", "ssm:StartAutomationExecution"], Resource: "*" }],
    ],
    [
      "a tag from CloudFormation itself",
      [
        {
          Action: START,
          Resource: "*",
          Condition: { StringEquals: { "ssm:resourceTag/aws:cloudformation:stack-name": "web" } },
        },
        DOCUMENT,
        OWN,
      ],
    ],
  ];
  const table = cases.map(([title, statements, deployment]) => ({ title, statements, deployment }));
  test.each(table)("$title", ({ statements, deployment }) => {
    expect(problemsIn(program({ Host: HOST, Alice: userWith(statements) }, deployment))).toEqual([]);
  });
});

describe("a program without hosts", () => {
  const cases: readonly (readonly [string, readonly StatementOf[], readonly string[]])[] = [
    [
      "has nothing against a region",
      [{ ...GOOD, Resource: ["arn:aws:ec2:us-east-1:111122223333:instance/*", SHELL] }, OWN],
      [],
    ],
    [
      "has nothing against a tag",
      [
        { Action: START, Resource: "*", Condition: { StringEquals: { "ssm:resourceTag/Team": "data" } } },
        DOCUMENT,
        OWN,
      ],
      [],
    ],
    [
      "has nothing against hybrid nodes",
      [{ ...GOOD, Resource: ["arn:aws:ssm:*:*:managed-instance/*", SHELL] }, OWN],
      [],
    ],
    [
      "has something against what fits no host anywhere",
      [{ ...GOOD, Resource: ["arn:aws:ec2:*:*:instance", SHELL] }, OWN],
      [
        `warning: user Alice can start a session on no host: ${STATEMENT} names arn:aws:ec2:*:*:instance, which means instances only with /* at its end`,
      ],
    ],
    [
      "has something against the check without a document",
      [{ Action: START, Resource: INSTANCES, Condition: DOCUMENT_CHECK }, OWN],
      [
        "warning: user Alice can start a session on no host: its statements ask for ssm:SessionDocumentAccessCheck, and none allows a session document such as arn:aws:ssm:<region>:<account>:document/SSM-SessionManagerRunShell",
      ],
    ],
  ];
  test.each(cases)("%s", (_, statements, expected) => {
    expect(problemsIn(program({ Alice: userWith(statements) }))).toEqual(expected);
  });
});

const managed = (statements: readonly StatementOf[], more = ""): string =>
  resource("AWS::IAM::ManagedPolicy", `{ PolicyDocument: ${policyText(statements)}${more} }`);
const role = (trust: string, more = ""): string =>
  resource(
    "AWS::IAM::Role",
    `{ AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: ${trust}, Action: "sts:AssumeRole" }] }${more} }`,
  );
const PEOPLE = '{ AWS: "arn:aws:iam::111122223333:root" }';
const WRONG: StatementOf = { Action: START, Resource: ["arn:aws:ec2:*:*:instance", SHELL] };
const inline = (statements: readonly StatementOf[]): string =>
  `, Policies: [{ PolicyName: sessions, PolicyDocument: ${policyText(statements)} }]`;
const CAUSE = "names arn:aws:ec2:*:*:instance, which means instances only with /* at its end";
const ON_NO_HOST = "can start a session on no declared host:";

describe("who is concerned", () => {
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
    [
      "a role that people assume",
      { Ops: role(PEOPLE, inline([WRONG, OWN])) },
      [`warning: role Ops ${ON_NO_HOST} ${STATEMENT} ${CAUSE}`],
    ],
    [
      "a role for people who sign in with SAML",
      { Ops: role('{ Federated: "arn:aws:iam::111122223333:saml-provider/corp" }', inline([WRONG, OWN])) },
      [`warning: role Ops ${ON_NO_HOST} ${STATEMENT} ${CAUSE}`],
    ],
    ["no role of a service", { Worker: role("{ Service: lambda.amazonaws.com }", inline([WRONG])) }, []],
    ["no role of hosts", { Web: role("{ Service: ec2.amazonaws.com }", inline([WRONG])) }, []],
    [
      "no role that a service assumes as well",
      { Mixed: role('{ AWS: "arn:aws:iam::111122223333:root", Service: ec2.amazonaws.com }', inline([WRONG])) },
      [],
    ],
    ["no role whose trust is not known", { Open: role("!ImportValue trusted", inline([WRONG])) }, []],
    [
      "a policy that is attached to nobody",
      { Sessions: managed([WRONG, OWN]) },
      [`warning: whoever holds only policy Sessions ${ON_NO_HOST} statement 1 of policy Sessions ${CAUSE}`],
    ],
    ["no policy for a role out of sight", { Sessions: managed([WRONG], ", Roles: [elsewhere]") }, []],
    [
      "a policy that a group out of sight gets",
      { Sessions: managed([WRONG, OWN], ", Groups: [elsewhere]") },
      [`warning: whoever holds only policy Sessions ${ON_NO_HOST} statement 1 of policy Sessions ${CAUSE}`],
    ],
    [
      "no policy that is a boundary only",
      { Limit: managed([WRONG]), Alice: resource("AWS::IAM::User", "{ PermissionsBoundary: !Ref Limit }") },
      [],
    ],
    [
      "everybody who gets a policy, at once",
      {
        Alice: resource("AWS::IAM::User", "{ ManagedPolicyArns: [!Ref Sessions] }"),
        Bob: resource("AWS::IAM::User", "{ ManagedPolicyArns: [!Ref Sessions] }"),
        Sessions: managed([WRONG, OWN]),
      },
      [`warning: user Alice and user Bob ${ON_NO_HOST} statement 1 of policy Sessions ${CAUSE}`],
    ],
    [
      "a group for its users",
      {
        Alice: resource("AWS::IAM::User", "{ Groups: [!Ref Ops] }"),
        Ops: resource("AWS::IAM::Group", `{ ManagedPolicyArns: [!Ref Sessions] }`),
        Sessions: managed([WRONG, OWN]),
      },
      [`warning: group Ops ${ON_NO_HOST} statement 1 of policy Sessions ${CAUSE}`],
    ],
    [
      "no group whose users have what it lacks",
      {
        Alice: resource("AWS::IAM::User", `{ Groups: [!Ref Ops]${inline([{ Action: START, Resource: SHELL }, OWN])} }`),
        Ops: resource("AWS::IAM::Group", `{ ManagedPolicyArns: [!Ref Nodes] }`),
        Nodes: managed([{ Action: START, Resource: INSTANCES, Condition: DOCUMENT_CHECK }]),
      },
      [],
    ],
    [
      "a permission set",
      {
        Admins: resource(
          "AWS::SSO::PermissionSet",
          `{ InstanceArn: "arn:aws:sso:::instance/ssoins-1", Name: Admins, InlinePolicy: ${policyText([WRONG, OWN])} }`,
        ),
      },
      [
        `warning: permission set Admins ${ON_NO_HOST} statement 1 of the inline policy of permission set Admins ${CAUSE}`,
      ],
    ],
    [
      "whoever signs in through a role, who has no user name",
      { Ops: role(PEOPLE, inline([GOOD, { ...OWN, Resource: "arn:aws:ssm:*:*:session/${aws:username}-*" }])) },
      [
        "note: role Ops may start sessions, but its policies do not allow ssmmessages:OpenDataChannel, ssm:ResumeSession or ssm:TerminateSession on sessions of its own; ${aws:username} has no value for who signs in through a role: use ${aws:userid}",
      ],
    ],
    [
      "nobody whose other policies are out of sight",
      { Alice: resource("AWS::IAM::User", `{ ManagedPolicyArns: [!ImportValue more]${inline([WRONG])} }`) },
      [],
    ],
    [
      "who is limited by a boundary",
      {
        Limit: managed([{ Action: "s3:*", Resource: "*" }]),
        Alice: resource("AWS::IAM::User", `{ PermissionsBoundary: !Ref Limit${inline([GOOD, OWN])} }`),
      },
      [`warning: user Alice ${ON_NO_HOST} the permissions boundary does not allow it`],
    ],
    [
      "a group of which no user is declared",
      {
        Ops: resource("AWS::IAM::Group", `{ ManagedPolicyArns: [!Ref Nodes] }`),
        Nodes: managed([{ Action: START, Resource: INSTANCES, Condition: DOCUMENT_CHECK }, OWN]),
      },
      [
        "warning: group Ops can start a session on no declared host: its statements ask for ssm:SessionDocumentAccessCheck, and none allows a session document such as arn:aws:ssm:<region>:<account>:document/SSM-SessionManagerRunShell",
      ],
    ],
    [
      "a policy with documents only beside one with nodes",
      {
        Shell: managed([{ Action: START, Resource: SHELL }]),
        Nodes: managed([{ Action: START, Resource: INSTANCES, Condition: DOCUMENT_CHECK }]),
      },
      [
        "note: whoever holds only policy Nodes can start a session on no declared host: its statements ask for ssm:SessionDocumentAccessCheck, and none allows a session document such as arn:aws:ssm:<region>:<account>:document/SSM-SessionManagerRunShell",
      ],
    ],
    [
      "no mention in a policy of AWS",
      {
        Alice: resource("AWS::IAM::User", '{ ManagedPolicyArns: ["arn:aws:iam::aws:policy/AmazonSSMFullAccess"] }'),
      },
      [],
    ],
  ];
  test.each(cases)("%s", (_, resources, expected) => {
    expect(problemsIn(program({ Host: HOST, ...resources }))).toEqual(expected);
  });
});

describe("where tags come from", () => {
  const START_ON_TEAM: readonly StatementOf[] = [
    { Action: START, Resource: INSTANCES, Condition: { StringEquals: { "ssm:resourceTag/Team": "data" } } },
    { Action: START, Resource: SHELL },
    OWN,
  ];
  const template = (tags: string): string =>
    resource(
      "AWS::EC2::LaunchTemplate",
      `{ LaunchTemplateData: { TagSpecifications: [{ ResourceType: instance, Tags: [${tags}] }] } }`,
    );
  const group = (tags: string): string =>
    resource(
      "AWS::AutoScaling::AutoScalingGroup",
      `{ MinSize: "1", MaxSize: "1", LaunchTemplate: { LaunchTemplateId: !Ref Template, Version: "1" }, Tags: [${tags}] }`,
    );
  const tag = (value: string, more = ""): string => `{ Key: Team, Value: ${value}${more} }`;
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, boolean])[] = [
    ["a launch template", { Template: template(tag("data")), Group: group("") }, false],
    [
      "a group that hands its tags on",
      { Template: template(""), Group: group(tag("data", ", PropagateAtLaunch: true")) },
      false,
    ],
    [
      "a group over its template",
      { Template: template(tag("data")), Group: group(tag("web", ", PropagateAtLaunch: true")) },
      true,
    ],
    [
      "not a group that keeps its tags",
      { Template: template(tag("web")), Group: group(tag("data", ", PropagateAtLaunch: false")) },
      true,
    ],
    ["a template that nothing here launches from, which may get more", { Template: template("") }, false],
    [
      "a template out of sight",
      { Host: resource("AWS::EC2::Instance", "{ LaunchTemplate: { LaunchTemplateId: lt-0123, Version: '1' } }") },
      false,
    ],
    [
      "a parameter",
      { Host: resource("AWS::EC2::Instance", "{ Tags: [{ Key: Team, Value: !ImportValue team }] }") },
      false,
    ],
    [
      "any of several hosts",
      { Host: HOST, Data: resource("AWS::EC2::Instance", "{ Tags: [{ Key: Team, Value: data }] }") },
      false,
    ],
    ["none of several hosts", { Host: HOST, Second: HOST }, true],
  ];
  test.each(cases)("%s", (_, resources, wrong) => {
    const problems = problemsIn(program({ ...resources, Alice: userWith(START_ON_TEAM) }));
    expect(problems.filter((problem) => problem.startsWith("warning"))).toHaveLength(wrong ? 1 : 0);
  });
});

describe("the right to change preferences", () => {
  const all = ["ssm:GetDocument", "ssm:CreateDocument", "ssm:UpdateDocument"];
  const may = "is meant to change session preferences, but may not call";
  const cases: readonly (readonly [string, readonly StatementOf[], readonly string[]])[] = [
    ["is whole", [{ Action: all, Resource: SHELL }], []],
    [
      "is whole in one region",
      [{ Action: all, Resource: "arn:aws:ssm:eu-west-1:111122223333:document/SSM-SessionManagerRunShell" }],
      [],
    ],
    [
      "is whole over two statements",
      [
        { Action: "ssm:UpdateDocument", Resource: SHELL },
        { Action: ["ssm:Get*", "ssm:Create*"], Resource: "*" },
      ],
      [],
    ],
    [
      "lacks reading",
      [{ Action: ["ssm:CreateDocument", "ssm:UpdateDocument"], Resource: SHELL }],
      [`warning: user Alice ${may} ssm:GetDocument on document SSM-SessionManagerRunShell`],
    ],
    [
      "lacks updating",
      [{ Action: ["ssm:CreateDocument", "ssm:GetDocument"], Resource: SHELL }],
      [`warning: user Alice ${may} ssm:UpdateDocument on document SSM-SessionManagerRunShell`],
    ],
    [
      "lacks creating, which is done once",
      [{ Action: ["ssm:UpdateDocument", "ssm:GetDocument"], Resource: SHELL }],
      [`note: user Alice ${may} ssm:CreateDocument on document SSM-SessionManagerRunShell`],
    ],
    [
      "lacks two",
      [{ Action: "ssm:UpdateDocument", Resource: SHELL }],
      [`warning: user Alice ${may} ssm:GetDocument or ssm:CreateDocument on document SSM-SessionManagerRunShell`],
    ],
    [
      "is denied in part",
      [
        { Action: all, Resource: SHELL },
        { Sid: "Freeze", Effect: "Deny", Action: "ssm:UpdateDocument", Resource: "*" },
      ],
      [
        `warning: user Alice ${may} ssm:UpdateDocument on document SSM-SessionManagerRunShell: statement "Freeze" of inline policy "sessions" denies it`,
      ],
    ],
    [
      "reads in another region than it updates",
      [
        {
          Action: ["ssm:UpdateDocument", "ssm:CreateDocument"],
          Resource: "arn:aws:ssm:eu-west-1:*:document/SSM-SessionManagerRunShell",
        },
        { Action: "ssm:GetDocument", Resource: "arn:aws:ssm:us-east-1:*:document/SSM-SessionManagerRunShell" },
      ],
      [`warning: user Alice ${may} ssm:GetDocument on document SSM-SessionManagerRunShell`],
    ],
    ["is denied on purpose", [{ Effect: "Deny", Action: all, Resource: SHELL }], []],
    [
      "is no matter of other documents",
      [{ Action: "ssm:UpdateDocument", Resource: "arn:aws:ssm:*:*:document/Deploy" }],
      [],
    ],
    ["is no matter of whoever reads only", [{ Action: "ssm:GetDocument", Resource: SHELL }], []],
  ];
  test.each(cases)("%s", (_, statements, expected) => {
    const infrastructure = program({ Alice: userWith(statements) });
    expect(problemsIn(infrastructure, "preferences-permission-missing")).toEqual(expected);
  });

  it("is a note where the policy is attached to nobody", () => {
    const infrastructure = program({ Admin: managed([{ Action: "ssm:UpdateDocument", Resource: SHELL }]) });
    expect(problemsIn(infrastructure, "preferences-permission-missing")).toEqual([
      `note: whoever holds only policy Admin ${may} ssm:GetDocument or ssm:CreateDocument on document SSM-SessionManagerRunShell`,
    ]);
  });
});

describe("the key of session preferences", () => {
  const rooted = (principal: string): string =>
    resource(
      "AWS::KMS::Key",
      `{ KeyPolicy: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: ${principal} }, Action: "kms:*", Resource: "*" }] } }`,
    );
  const preferences = (key: string, name = "SSM-SessionManagerRunShell"): string =>
    resource(
      "AWS::SSM::Document",
      `{ DocumentType: Session, Name: ${name}, Content: { schemaVersion: "1.0", sessionType: Standard_Stream, inputs: { kmsKeyId: ${key} } } }`,
    );
  const OF_ACCOUNT = '!Sub "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"';
  const REFUSED =
    "warning: user Alice can start no session with document SSM-SessionManagerRunShell, which encrypts sessions: no policy allows kms:GenerateDataKey on key Key";
  const useKey = (on: unknown): StatementOf => ({ Action: "kms:GenerateDataKey", Resource: on });

  const cases: readonly (readonly [
    string,
    readonly StatementOf[],
    Readonly<Record<string, string>>,
    readonly string[],
  ])[] = [
    ["is needed", [GOOD, OWN], { Key: rooted(OF_ACCOUNT), Document: preferences("!Ref Key") }, [REFUSED]],
    [
      "is needed by its ARN",
      [GOOD, OWN],
      { Key: rooted('"111122223333"'), Document: preferences("!GetAtt Key.Arn") },
      [REFUSED],
    ],
    [
      "is allowed by name",
      [GOOD, OWN, useKey({ "Fn::GetAtt": "Key.Arn" })],
      { Key: rooted(OF_ACCOUNT), Document: preferences("!Ref Key") },
      [],
    ],
    [
      "is allowed with all keys",
      [GOOD, OWN, useKey("*")],
      { Key: rooted(OF_ACCOUNT), Document: preferences("!Ref Key") },
      [],
    ],
    [
      "lets users in by its own policy",
      [GOOD, OWN],
      { Key: rooted('"arn:aws:iam::111122223333:user/alice"'), Document: preferences("!Ref Key") },
      [],
    ],
    [
      "is outside of the program, with a policy out of sight",
      [GOOD, OWN],
      { Document: preferences("alias/sessions") },
      [],
    ],
    ["is none", [GOOD, OWN], { Document: preferences('""') }, []],
    [
      "is of a document that nobody names",
      [GOOD, OWN],
      { Key: rooted(OF_ACCOUNT), Document: preferences("!Ref Key", "Team-Shell") },
      [],
    ],
    [
      "is of a document by name",
      [{ ...GOOD, Resource: [INSTANCES, "arn:aws:ssm:*:*:document/Team-Shell"] }, OWN],
      { Key: rooted(OF_ACCOUNT), Document: preferences("!Ref Key", "Team-Shell") },
      [REFUSED.replace("SSM-SessionManagerRunShell", "Team-Shell")],
    ],
  ];
  test.each(cases)("%s", (_, statements, resources, expected) => {
    expect(problemsIn(program({ Host: HOST, Alice: userWith(statements), ...resources }))).toEqual(expected);
  });
});

it("says nothing of own sessions where a session is not even started", () => {
  expect(problemsIn(program({ Host: HOST, Alice: userWith([WRONG]) }))).toHaveLength(1);
});

it("asks for own sessions by id where the user is not known by name", () => {
  const anonymous = resource(
    "AWS::IAM::User",
    `{ Policies: [{ PolicyName: sessions, PolicyDocument: ${policyText([GOOD, { ...OWN, Resource: OWN_SESSIONS }])} }] }`,
  );
  expect(problemsIn(program({ Host: HOST, Alice: anonymous }))).toEqual([]);
});
