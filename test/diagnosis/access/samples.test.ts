import { HOST, policyText, problemsIn, program, resource, type StatementOf } from "./people";

/**
 * What policies look like that follow the Systems Manager user guide, "Sample IAM policies for Session Manager" and
 * "Additional sample IAM policies for Session Manager", with the names of this program.
 */
const START = ["ssm:StartSession"];
const NODE = "arn:aws:ec2:eu-west-1:111122223333:instance/i-0aaaabbbbccccdddd";
const DOCUMENT = "arn:aws:ssm:eu-west-1:111122223333:document/SSM-SessionManagerRunShell";
const OWN = ["arn:aws:ssm:*:*:session/${aws:userid}-*"];
const CHECK = { BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } };
const CHANNEL: StatementOf = { Action: ["ssmmessages:OpenDataChannel"], Resource: OWN };
const END: StatementOf = { Action: ["ssm:TerminateSession", "ssm:ResumeSession"], Resource: OWN };
const LOOK: StatementOf = {
  Action: [
    "ssm:DescribeSessions",
    "ssm:GetConnectionStatus",
    "ssm:DescribeInstanceProperties",
    "ec2:DescribeInstances",
  ],
  Resource: "*",
};
const KEY: StatementOf = {
  Action: ["kms:GenerateDataKey"],
  Resource: "arn:aws:kms:eu-west-1:111122223333:key/11112222-3333-4444-5555-666677778888",
};
const ON_TAG: StatementOf = {
  Action: START,
  Resource: ["arn:aws:ec2:*:111122223333:instance/*"],
  Condition: { StringLike: { "ssm:resourceTag/Team": ["web"] } },
};
const PREFERENCES: StatementOf = {
  Action: ["ssm:CreateDocument", "ssm:UpdateDocument", "ssm:GetDocument", "ssm:StartSession"],
  Resource: DOCUMENT,
};

const present: readonly (readonly [string, readonly StatementOf[]])[] = [
  [
    "end user, Session Manager and Fleet Manager",
    [{ Action: START, Resource: [NODE, DOCUMENT] }, CHANNEL, LOOK, END, KEY],
  ],
  [
    "end user, Amazon EC2",
    [
      { Action: [...START, "ssm:SendCommand"], Resource: [NODE, DOCUMENT] },
      CHANNEL,
      { Action: ["ssm:GetConnectionStatus", "ssm:DescribeInstanceInformation"], Resource: "*" },
      { ...END, Resource: ["arn:aws:ssm:*:*:session/${aws:username}-*"] },
    ],
  ],
  ["end user, AWS CLI", [{ Action: [...START, "ssm:SendCommand"], Resource: [NODE, DOCUMENT] }, CHANNEL, END, KEY]],
  ["administrator, Session Manager and CLI", [ON_TAG, CHANNEL, LOOK, PREFERENCES, END]],
  [
    "administrator, Amazon EC2",
    [{ ...ON_TAG, Action: [...START, "ssm:SendCommand"] }, { Action: START, Resource: [DOCUMENT] }, CHANNEL, END],
  ],
  [
    "administrator, everywhere",
    [{ ...ON_TAG, Action: [...START, "ssm:SendCommand"] }, CHANNEL, LOOK, PREFERENCES, END],
  ],
  ["specific nodes", [{ Action: START, Resource: [NODE, NODE.replace("dddd", "eeee"), DOCUMENT] }, CHANNEL, END]],
  [
    "documents in the console",
    [
      {
        Action: ["ssm:GetDocument", "ssm:ListDocuments"],
        Resource: ["arn:aws:ssm:eu-west-1:111122223333:document/SessionDocument-*"],
      },
    ],
  ],
  [
    "ending own sessions only",
    [
      { Action: ["ssm:DescribeSessions"], Resource: ["*"] },
      { Action: ["ssm:TerminateSession"], Resource: OWN },
    ],
  ],
  [
    "ending sessions by tags of AWS",
    [
      {
        Action: ["ssm:TerminateSession"],
        Resource: "*",
        Condition: { StringLike: { "ssm:resourceTag/aws:ssmmessages:session-id": ["${aws:userid}"] } },
      },
    ],
  ],
  [
    "preferences may be changed",
    [
      {
        Action: ["ssm:CreateDocument", "ssm:GetDocument", "ssm:UpdateDocument", "ssm:DeleteDocument"],
        Resource: [DOCUMENT],
      },
    ],
  ],
  [
    "preferences may not be changed",
    [
      {
        Effect: "Deny",
        Action: ["ssm:CreateDocument", "ssm:GetDocument", "ssm:UpdateDocument", "ssm:DeleteDocument"],
        Resource: [DOCUMENT],
      },
    ],
  ],
];

/** Samples of earlier editions, and parts to add to other policies. They lack what later samples have. */
const partial: readonly (readonly [string, readonly StatementOf[]])[] = [
  [
    "end user with the document check",
    [
      { Action: START, Resource: [NODE, DOCUMENT], Condition: CHECK },
      LOOK,
      { ...END, Resource: ["arn:aws:ssm:*:*:session/${aws:username}-*"] },
    ],
  ],
  [
    "administrator of earlier editions",
    [ON_TAG, LOOK, { ...PREFERENCES, Action: ["ssm:CreateDocument", "ssm:UpdateDocument", "ssm:GetDocument"] }, END],
  ],
  ["specific nodes of earlier editions", [{ Action: START, Resource: [NODE] }, END]],
  ["several tags", [{ Action: START, Resource: "*", Condition: { StringLike: { "ssm:resourceTag/Team": ["web"] } } }]],
  [
    "full access",
    [
      {
        Action: [
          ...START,
          "ssm:TerminateSession",
          "ssm:ResumeSession",
          "ssm:DescribeSessions",
          "ssm:GetConnectionStatus",
        ],
        Resource: ["*"],
      },
    ],
  ],
  [
    "SSH",
    [
      { Action: "ssm:StartSession", Resource: [NODE, "arn:aws:ssm:*:*:document/AWS-StartSSHSession"] },
      { Action: "ssmmessages:OpenDataChannel", Resource: "arn:aws:ssm:*:*:session/${aws:userid}-*" },
    ],
  ],
  [
    "the default shell",
    [
      { Action: START, Resource: [NODE, DOCUMENT] },
      { Action: ["ssmmessages:OpenDataChannel"], Resource: ["*"] },
    ],
  ],
];

const EUROPE = { region: "eu-west-1", account: "111122223333" };
const named = (statements: readonly StatementOf[]): string =>
  resource(
    "AWS::IAM::User",
    `{ UserName: alice, Policies: [{ PolicyName: sample, PolicyDocument: ${policyText(statements)} }] }`,
  );
const alone = (statements: readonly StatementOf[]): string =>
  resource("AWS::IAM::ManagedPolicy", `{ PolicyDocument: ${policyText(statements)} }`);

const kinds = ["start-session-permission-missing", "preferences-permission-missing"] as const;
const everything = (resources: Readonly<Record<string, string>>): readonly string[] => {
  const infrastructure = program(resources, EUROPE);
  return kinds.flatMap((kind) => problemsIn(infrastructure, kind));
};

describe("nothing is said of what AWS shows today", () => {
  test.each(present)("%s", (_, statements) => {
    expect(everything({ Host: HOST, Alice: named(statements) })).toEqual([]);
    expect(everything({ Host: HOST, Sample: alone(statements) })).toEqual([]);
    expect(everything({ Sample: alone(statements) })).toEqual([]);
  });
});

describe("what AWS showed once gets notes at most", () => {
  test.each(partial)("%s", (_, statements) => {
    expect(everything({ Host: HOST, Alice: named(statements) }).filter((text) => !text.startsWith("note"))).toEqual([]);
    expect(everything({ Host: HOST, Sample: alone(statements) })).toEqual([]);
    expect(everything({ Sample: alone(statements) })).toEqual([]);
  });
});
