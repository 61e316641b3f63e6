import { readTemplates } from "../../../core/readers/cloudformation";
import { positionOf } from "../../../core/report/position";
import { assessReading } from "../../support/program-cases";

const RULE = "ssm-permissions-missing";
const DENY = "Effect: Deny, Action: 'ssmmessages:*', Resource: '*'";
const OTHER = "Effect: Allow, Action: 's3:*', Resource: '*'";

/** A host whose role has the managed policy, from line 2 on; lines of `resources` count from 11. */
const template = (role: string, resources = ""): string => `Parameters: { Env: { Type: String, Default: dev } }
Conditions: { Prod: !Equals [!Ref Env, prod] }
Resources:
  Web: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-1, IamInstanceProfile: !Ref Profile } }
  Profile: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [!Ref Role] } }
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Statement: { Effect: Allow, Principal: { Service: ec2.amazonaws.com }, Action: sts:AssumeRole } }
      ManagedPolicyArns: [arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore${role}
${resources}`;

const guard = (type: string, statements: string, attached = "", document = "PolicyDocument"): string => `  Guard:
    Type: ${type}
    Properties:
      ${attached}
      ${document}:
        Statement:
${statements.replaceAll(/^/gm, "          ")}`;

const placesOf = (text: string): readonly string[] => {
  const reading = readTemplates([{ file: "test.yaml", text, required: true }]);
  expect(reading.problems).toEqual([]);
  const { findings } = assessReading(reading);
  return findings
    .filter(({ rule }) => rule === RULE)
    .map((finding) => {
      const { line, column } = positionOf(finding) ?? {};
      return `${finding.place.name} ${finding.property} ${line}:${column}`;
    });
};

type Row = readonly [where: string, text: string, place: string];

const rows: readonly Row[] = [
  [
    "a policy of its own",
    template("]", guard("AWS::IAM::Policy", `- { ${OTHER} }\n- { ${DENY} }`, "Roles: [!Ref Role]")),
    "Guard PolicyDocument.Statement.1 18:13",
  ],
  [
    "a policy of one statement that is no list",
    template("]", guard("AWS::IAM::Policy", DENY.replaceAll(", ", "\n"), "Roles: [!Ref Role]")),
    "Guard PolicyDocument.Statement.0 16:9",
  ],
  [
    "a list of which conditions take items out",
    template(
      "]",
      guard("AWS::IAM::Policy", `- !If [Prod, { ${OTHER} }, !Ref AWS::NoValue]\n- { ${DENY} }`, "Roles: [!Ref Role]"),
    ),
    "Guard PolicyDocument.Statement.0 18:13",
  ],
  [
    "an inline policy",
    template(`]
      Policies:
        - !If [Prod, { PolicyName: a, PolicyDocument: { Statement: [{ ${OTHER} }] } }, !Ref AWS::NoValue]
        - PolicyName: b
          PolicyDocument:
            Statement:
              - { ${DENY} }`),
    "Role Policies.0.PolicyDocument.Statement.0 16:17",
  ],
  [
    "a managed policy of the program",
    template(", !Ref Guard]", guard("AWS::IAM::ManagedPolicy", `- { ${DENY} }`)),
    "Guard PolicyDocument.Statement.0 17:13",
  ],
  [
    "the permissions boundary",
    template(
      "]\n      PermissionsBoundary: !Ref Guard",
      guard("AWS::IAM::ManagedPolicy", `- { Effect: Allow, Action: '*', Resource: '*' }\n- { ${DENY} }`),
    ),
    "Guard PolicyDocument.Statement.1 19:13",
  ],
];

describe("a statement that denies is pointed at", () => {
  test.each(rows)("in %s", (_, text, place) => {
    expect(placesOf(text)).toEqual([place]);
  });

  test("each of them, beside the role for what nobody allows", () => {
    const policies = `]
      Policies:
        - { PolicyName: a, PolicyDocument: { Statement: [{ Effect: Deny, Action: ssmmessages:Create*, Resource: '*' }] } }
        - { PolicyName: b, PolicyDocument: { Statement: [{ Effect: Deny, Action: ssmmessages:Open*, Resource: '*' }] } }`;
    const text = template(policies).replace("policy/AmazonSSMManagedInstanceCore", "policy/AmazonS3ReadOnlyAccess");
    expect(placesOf(text)).toEqual([
      "Role undefined 6:3",
      "Role Policies.0.PolicyDocument.Statement.0 12:58",
      "Role Policies.1.PolicyDocument.Statement.0 13:58",
    ]);
  });
});
