import { buildInfrastructure } from "../../core/infrastructure/build";
import { readTemplates } from "../../core/readers/cloudformation";
import { infrastructureOf } from "../support/templates";

const TRUST = "AssumeRolePolicyDocument: { Statement: [] }";
const DOCUMENT = "PolicyDocument: { Statement: [{ Effect: Allow, Action: 'ssm:*', Resource: '*' }] }";

/** Names and states of the policies that reach role `Role`. */
const policiesOf = (role: string, others = ""): readonly string[] => {
  const infrastructure = infrastructureOf(`Role: { Type: AWS::IAM::Role, Properties: { ${TRUST}${role} } }\n${others}`);
  const found = infrastructure.roles.find(({ declaration }) => declaration.name === "Role");
  return (found?.policies ?? []).map(({ name, document }) => `${name}: ${document.state}`);
};

describe("the policies of a role", () => {
  const cases: readonly (readonly [title: string, role: string, others: string, expected: readonly string[]])[] = [
    ["are none where nothing attaches any", "", "", []],
    ["include inline ones", `, Policies: [{ PolicyName: logs, ${DOCUMENT} }]`, "", ['inline policy "logs": known']],
    [
      "include AWS's own in any partition",
      ", ManagedPolicyArns: [!Sub 'arn:${AWS::Partition}:iam::aws:policy/AmazonSSMManagedInstanceCore']",
      "",
      ["AmazonSSMManagedInstanceCore: known"],
    ],
    [
      "include AWS's own that this version does not know, as unknown",
      ", ManagedPolicyArns: ['arn:aws:iam::aws:policy/PublishedTomorrow']",
      "",
      ["PublishedTomorrow: unknown"],
    ],
    [
      "include the account's own by ARN, as unknown",
      ", ManagedPolicyArns: ['arn:aws:iam::123456789012:policy/mine']",
      "",
      ["arn:aws:iam::123456789012:policy/mine: unknown"],
    ],
    [
      "include a managed policy of the program that the role refers to",
      ", ManagedPolicyArns: [!Ref Mine]",
      `Mine: { Type: AWS::IAM::ManagedPolicy, Properties: { ${DOCUMENT} } }`,
      ["policy Mine: known"],
    ],
    [
      "include a managed policy that names the role",
      "",
      `Mine: { Type: AWS::IAM::ManagedPolicy, Properties: { ${DOCUMENT}, Roles: [!Ref Role] } }`,
      ["policy Mine: known"],
    ],
    [
      "include a policy resource that names the role",
      "",
      `Mine: { Type: AWS::IAM::Policy, Properties: { PolicyName: mine, ${DOCUMENT}, Roles: [!Ref Role] } }`,
      ["policy Mine: known"],
    ],
    [
      "include a policy resource that gives the role's name as text",
      ", RoleName: web",
      `Mine: { Type: AWS::IAM::RolePolicy, Properties: { PolicyName: mine, ${DOCUMENT}, RoleName: web } }`,
      ["policy Mine: known"],
    ],
    [
      "include a managed policy whose ARN is made of the parts that its name is made of",
      ", ManagedPolicyArns: [!Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/teams/${AWS::StackName}-mine']",
      `Mine: { Type: AWS::IAM::ManagedPolicy, Properties: { ManagedPolicyName: !Sub '\${AWS::StackName}-mine', ${DOCUMENT} } }`,
      ["policy Mine: known"],
    ],
    [
      "include a policy resource that makes the role's name of the same parts",
      ", RoleName: !Sub '${AWS::StackName}-web'",
      `Mine:
  Type: AWS::IAM::RolePolicy
  Properties: { PolicyName: mine, ${DOCUMENT}, RoleName: !Join ["-", [!Ref AWS::StackName, web]] }`,
      ["policy Mine: known"],
    ],
    [
      "leave out one whose name for the role is made of other parts",
      ", RoleName: !Sub '${AWS::StackName}-web'",
      `Mine: { Type: AWS::IAM::RolePolicy, Properties: { PolicyName: mine, ${DOCUMENT}, RoleName: !Sub 'web-\${AWS::StackName}' } }`,
      [],
    ],
    [
      "leave out those of another role",
      "",
      `Second: { Type: AWS::IAM::Role, Properties: { ${TRUST} } }
Mine: { Type: AWS::IAM::Policy, Properties: { PolicyName: mine, ${DOCUMENT}, Roles: [!Ref Second] } }`,
      [],
    ],
    [
      "are unknown where the list comes from a parameter-like import",
      ", ManagedPolicyArns: !Split [',', !ImportValue policies]",
      "",
      ["the list of managed policies: unknown"],
    ],
  ];
  test.each(cases)("%s", (_, role, others, expected) => {
    expect(policiesOf(role, others)).toEqual(expected);
  });
});

test("a name that is made of the stack's name is another one in a nested stack", () => {
  const name = "!Sub '${AWS::StackName}-web'";
  const parent = `Resources:
  Role: { Type: AWS::IAM::Role, Properties: { ${TRUST}, RoleName: ${name} } }
  Nested: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: nested.yaml } }`;
  const nested = `Resources:
  Mine: { Type: AWS::IAM::RolePolicy, Properties: { PolicyName: mine, ${DOCUMENT}, RoleName: ${name} } }`;
  const { units } = readTemplates([
    { file: "parent.yaml", text: parent, required: true },
    { file: "nested.yaml", text: nested, required: true },
  ]);
  const programs = units.flat().map(({ program }) => program);
  expect(programs.map(({ declarations }) => declarations.length)).toEqual([3]);
  expect(programs.flatMap((program) => buildInfrastructure(program).roles).map(({ policies }) => policies)).toEqual([
    [],
  ]);
});

describe("the role of an instance profile", () => {
  const roleState = (roles: string) => {
    const infrastructure = infrastructureOf(
      `Role: { Type: AWS::IAM::Role, Properties: { ${TRUST}, RoleName: web } }
Profile: { Type: AWS::IAM::InstanceProfile, Properties: { ${roles} } }
Host: { Type: AWS::EC2::Instance, Properties: { IamInstanceProfile: !Ref Profile } }`,
    );
    const profile = infrastructure.hosts[0]?.identity.instanceProfile;
    return profile?.state === "known" ? profile.value.role.state : profile?.state;
  };
  test.each([
    ["a reference", "Roles: [!Ref Role]", "known"],
    ["its name", "Roles: [web]", "known"],
    ["an empty list", "Roles: []", "absent"],
    ["nothing at all", "Path: /", "absent"],
    ["a role outside of the program", "Roles: [made-elsewhere]", "unknown"],
  ])("given by %s", (_, roles, expected) => {
    expect(roleState(roles)).toBe(expected);
  });
});

describe("a role in the place of an instance profile", () => {
  const SURE = ["absent", "role Role"];
  const OPEN = ["unknown", undefined];
  const profileOfSameName =
    "Profile: { Type: AWS::IAM::InstanceProfile, Properties: { InstanceProfileName: web, Roles: [!Ref Role] } }";
  const arn = "arn:aws:iam::123456789012:role/x";
  type Row = readonly [
    title: string,
    named: string,
    role: string,
    others: string,
    expected: readonly (string | undefined)[],
  ];
  const rows: readonly Row[] = [
    ["is none where the deployment makes its name", "!Ref Role", "", "", SURE],
    ["is none where its ARN is given", "!GetAtt Role.Arn", ", RoleName: web", "", SURE],
    ["is none where an ARN is written out", arn, "", "", ["absent", arn]],
    ["may be a profile of the same name", "!Ref Role", ", RoleName: web", "", OPEN],
    ["may be one whose name is made of its name", '!Sub "${Role}-profile"', "", "", OPEN],
    ["may be one whose name is cut out of its name", '!Select [0, !Split ["-", !Ref Role]]', "", "", OPEN],
    ["is a declared profile of the same name", "!Ref Role", ", RoleName: web", profileOfSameName, ["known", undefined]],
  ];
  test.each(rows)("%s", (_, named, role, others, expected) => {
    const { hosts } = infrastructureOf(
      `Role: { Type: AWS::IAM::Role, Properties: { ${TRUST}${role} } }
Host:
  Type: AWS::EC2::Instance
  Properties:
    IamInstanceProfile: ${named}
${others}`,
    );
    const { instanceProfile, roleInPlace } = hosts[0]?.identity ?? {};
    expect([instanceProfile?.state, roleInPlace]).toEqual(expected);
  });
});
