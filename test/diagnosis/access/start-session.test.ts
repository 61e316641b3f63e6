import {
  type Deployment,
  DOCUMENT_CHECK,
  decision,
  HOST,
  INSTANCES,
  OWN,
  OWN_SESSIONS,
  program,
  SHELL,
  type StatementOf,
  userWith,
} from "./people";

const START = "ssm:StartSession";
const both = (more: StatementOf = {}): StatementOf => ({ Action: START, Resource: [INSTANCES, SHELL], ...more });
const EUROPE: Deployment = { region: "eu-west-1", account: "111122223333" };

interface Case {
  readonly title: string;
  readonly statements: readonly StatementOf[];
  readonly expected: "pass" | "fail" | "unknown";
  readonly document?: string;
  readonly deployment?: Deployment;
}

const cases: readonly Case[] = [
  { title: "node and document are allowed", statements: [both(), OWN], expected: "pass" },
  { title: "everything is allowed", statements: [{ Action: "*", Resource: "*" }], expected: "pass" },
  {
    title: "every action of both services is allowed",
    statements: [{ Action: ["ssm:*", "ssmmessages:*"], Resource: "*" }],
    expected: "pass",
  },
  { title: "nothing is allowed", statements: [{ Action: "s3:GetObject", Resource: "*" }], expected: "fail" },
  {
    title: "the case of the action differs",
    statements: [both({ Action: "SSM:startsession" }), OWN],
    expected: "pass",
  },
  {
    title: "only the node is allowed, and no statement asks for the check",
    statements: [{ Action: START, Resource: INSTANCES }, OWN],
    expected: "unknown",
  },
  {
    title: "only the node is allowed, and the statement asks for the check",
    statements: [{ Action: START, Resource: INSTANCES, Condition: DOCUMENT_CHECK }, OWN],
    expected: "fail",
  },
  {
    title: "node and document are allowed with the check",
    statements: [both({ Condition: DOCUMENT_CHECK }), OWN],
    expected: "pass",
  },
  {
    title: "one statement asks for the check and another allows the node without",
    statements: [
      { Action: START, Resource: INSTANCES, Condition: DOCUMENT_CHECK },
      { Action: START, Resource: INSTANCES },
      OWN,
    ],
    expected: "unknown",
  },
  {
    title: "the check is asked for with Bool, which AWS does not document",
    statements: [both({ Condition: { Bool: { "ssm:SessionDocumentAccessCheck": "true" } } }), OWN],
    expected: "unknown",
  },
  { title: "only the document is allowed", statements: [{ Action: START, Resource: SHELL }, OWN], expected: "fail" },
  {
    title: "hybrid nodes are allowed and the host is an instance",
    statements: [both({ Resource: ["arn:aws:ssm:*:*:managed-instance/*", SHELL] }), OWN],
    expected: "fail",
  },
  {
    title: "the ARN has no instance id",
    statements: [both({ Resource: ["arn:aws:ec2:*:*:instance", SHELL] }), OWN],
    expected: "fail",
  },
  {
    title: "the ARN names an instance id, which is not known before deployment",
    statements: [both({ Resource: ["arn:aws:ec2:*:*:instance/i-0123456789abcdef0", SHELL] }), OWN],
    expected: "unknown",
  },
  {
    title: "the ARN names the instance of the program by reference",
    statements: [
      both({ Resource: [{ "Fn::Sub": "arn:aws:ec2:${AWS::Region}:${AWS::AccountId}:instance/${Host}" }, SHELL] }),
      OWN,
    ],
    expected: "unknown",
  },
  {
    title: "the ARN is of the region of the host",
    statements: [both({ Resource: ["arn:aws:ec2:eu-west-1:*:instance/*", SHELL] }), OWN],
    expected: "pass",
    deployment: EUROPE,
  },
  {
    title: "the ARN is of another region",
    statements: [both({ Resource: ["arn:aws:ec2:us-east-1:*:instance/*", SHELL] }), OWN],
    expected: "fail",
    deployment: EUROPE,
  },
  {
    title: "the ARN is of some region and that of the host is not known",
    statements: [both({ Resource: ["arn:aws:ec2:us-east-1:*:instance/*", SHELL] }), OWN],
    expected: "unknown",
  },
  {
    title: "the ARN is of the stack's region and account, whichever",
    statements: [
      both({
        Resource: [
          { "Fn::Sub": "arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:instance/*" },
          {
            "Fn::Sub": "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:document/SSM-SessionManagerRunShell",
          },
        ],
      }),
      OWN,
    ],
    expected: "pass",
  },
  {
    title: "the ARN is of another account",
    statements: [both({ Resource: ["arn:aws:ec2:*:999988887777:instance/*", SHELL] }), OWN],
    expected: "fail",
    deployment: EUROPE,
  },
  {
    title: "the ARN is of another partition",
    statements: [both({ Resource: ["arn:aws:ec2:*:*:instance/*", SHELL] }), OWN],
    expected: "fail",
    deployment: { region: "cn-north-1" },
  },
  {
    title: "aws:RequestedRegion is the region of the host",
    statements: [both({ Condition: { StringEquals: { "aws:RequestedRegion": ["eu-west-1", "eu-central-1"] } } }), OWN],
    expected: "pass",
    deployment: EUROPE,
  },
  {
    title: "aws:RequestedRegion is another region",
    statements: [both({ Condition: { StringEquals: { "aws:RequestedRegion": "us-east-1" } } }), OWN],
    expected: "fail",
    deployment: EUROPE,
  },
  {
    title: "aws:RequestedRegion is asked for and the region is not known",
    statements: [both({ Condition: { StringEquals: { "aws:RequestedRegion": "us-east-1" } } }), OWN],
    expected: "unknown",
  },
  {
    title: "the host has the tag that ssm:resourceTag asks for",
    statements: [
      { Action: START, Resource: INSTANCES, Condition: { StringEquals: { "ssm:resourceTag/Team": "web" } } },
      { Action: START, Resource: SHELL },
      OWN,
    ],
    expected: "pass",
  },
  {
    title: "the host has the tag that aws:ResourceTag asks for",
    statements: [
      { Action: START, Resource: INSTANCES, Condition: { StringLike: { "aws:ResourceTag/Team": "w*" } } },
      { Action: START, Resource: SHELL },
      OWN,
    ],
    expected: "pass",
  },
  {
    title: "the host has another value of the tag",
    statements: [
      { Action: START, Resource: INSTANCES, Condition: { StringEquals: { "ssm:resourceTag/Team": "data" } } },
      { Action: START, Resource: SHELL },
      OWN,
    ],
    expected: "fail",
  },
  {
    title: "the host has no such tag",
    statements: [
      { Action: START, Resource: INSTANCES, Condition: { StringEquals: { "ssm:resourceTag/Stage": "test" } } },
      { Action: START, Resource: SHELL },
      OWN,
    ],
    expected: "fail",
  },
  {
    title: "the host may have the tag from CloudFormation itself",
    statements: [
      {
        Action: START,
        Resource: INSTANCES,
        Condition: { StringEquals: { "aws:ResourceTag/aws:cloudformation:stack-name": "web" } },
      },
      { Action: START, Resource: SHELL },
      OWN,
    ],
    expected: "unknown",
  },
  {
    title: "the tag has to equal one of the principal, which the sign-in brings",
    statements: [
      {
        Action: START,
        Resource: INSTANCES,
        Condition: { StringEquals: { "ssm:resourceTag/Team": "${aws:PrincipalTag/Team}" } },
      },
      { Action: START, Resource: SHELL },
      OWN,
    ],
    expected: "unknown",
  },
  {
    title: "a condition on a tag holds back the document of the same statement",
    statements: [
      both({
        Resource: [INSTANCES, "arn:aws:ssm:*:*:document/AWS-StartSSHSession"],
        Condition: { StringEquals: { "ssm:resourceTag/Team": "web" } },
      }),
      OWN,
    ],
    expected: "fail",
    document: "AWS-StartSSHSession",
  },
  {
    title: "IfExists lets the document through",
    statements: [
      {
        Action: START,
        Resource: [INSTANCES, "arn:aws:ssm:*:*:document/AWS-StartSSHSession"],
        Condition: { StringEqualsIfExists: { "ssm:resourceTag/Team": "web" } },
      },
      OWN,
    ],
    expected: "pass",
    document: "AWS-StartSSHSession",
  },
  {
    title: "SSH is allowed",
    statements: [{ Action: START, Resource: [INSTANCES, "arn:aws:ssm:*:*:document/AWS-StartSSHSession"] }, OWN],
    expected: "pass",
    document: "AWS-StartSSHSession",
  },
  {
    title: "SSH is asked for and another document allowed",
    statements: [both(), OWN],
    expected: "fail",
    document: "AWS-StartSSHSession",
  },
  {
    title: "port forwarding is allowed by a pattern",
    statements: [{ Action: START, Resource: [INSTANCES, "arn:aws:ssm:*::document/AWS-StartPortForwarding*"] }, OWN],
    expected: "pass",
    document: "AWS-StartPortForwardingSessionToRemoteHost",
  },
  {
    title: "a document of AWS is named with an account",
    statements: [
      { Action: START, Resource: [INSTANCES, "arn:aws:ssm:*:111122223333:document/AWS-StartSSHSession"] },
      OWN,
    ],
    expected: "fail",
    document: "AWS-StartSSHSession",
    deployment: EUROPE,
  },
  {
    title: "the default document is named without an account",
    statements: [
      {
        Action: START,
        Resource: [INSTANCES, "arn:aws:ssm:*::document/SSM-SessionManagerRunShell"],
        Condition: DOCUMENT_CHECK,
      },
      OWN,
    ],
    expected: "fail",
    deployment: EUROPE,
  },
  {
    title: "a Deny wins",
    statements: [both(), OWN, { Effect: "Deny", Action: START, Resource: "*" }],
    expected: "fail",
  },
  {
    title: "a Deny on other nodes does not matter",
    statements: [both(), OWN, { Effect: "Deny", Action: START, Resource: "arn:aws:ssm:*:*:managed-instance/*" }],
    expected: "pass",
  },
  {
    title: "a Deny depends on where the call comes from",
    statements: [
      both(),
      OWN,
      { Effect: "Deny", Action: START, Resource: "*", Condition: { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } } },
    ],
    expected: "unknown",
  },
  {
    title: "a Deny holds without MFA",
    statements: [
      both(),
      OWN,
      {
        Effect: "Deny",
        Action: START,
        Resource: "*",
        Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
      },
    ],
    expected: "unknown",
  },
  {
    title: "MFA is asked for",
    statements: [both({ Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }), OWN],
    expected: "unknown",
  },
  { title: "NotAction leaves sessions in", statements: [{ NotAction: "iam:*", Resource: "*" }], expected: "pass" },
  {
    title: "NotAction leaves sessions out",
    statements: [{ NotAction: ["ssm:*", "ssmmessages:*"], Resource: "*" }],
    expected: "fail",
  },
  {
    title: "NotResource leaves instances out",
    statements: [{ Action: START, NotResource: "arn:aws:ec2:*:*:instance/*" }, OWN],
    expected: "fail",
  },
  {
    title: "the data channel is not allowed, which AWS's samples do",
    statements: [both(), { Action: ["ssm:ResumeSession"], Resource: OWN_SESSIONS }],
    expected: "unknown",
  },
  {
    title: "the data channel of sessions of the user's name is allowed",
    statements: [both(), { Action: "ssmmessages:*", Resource: "arn:aws:ssm:*:*:session/${aws:username}-*" }],
    expected: "pass",
  },
  {
    title: "the data channel of every session is allowed",
    statements: [both(), { Action: "ssmmessages:OpenDataChannel", Resource: "*" }],
    expected: "pass",
  },
];

describe("whether alice may start a session on the host, where", () => {
  test.each(cases.map((one) => [one.title, one] as const))(
    "%s",
    (_, { statements, document, deployment, expected }) => {
      const infrastructure = program({ Host: HOST, Alice: userWith(statements) }, deployment);
      expect(decision(infrastructure, "Alice", document).status).toBe(expected);
    },
  );
});
