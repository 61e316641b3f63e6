import { buildInfrastructure } from "../../core/infrastructure/build";
import type { Principal } from "../../core/infrastructure/model";
import type { Declaration } from "../../core/program/declaration";
import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../../core/program/normal-form";
import { declaration, properties, type Sketch } from "../support/model";
import { infrastructureOf } from "../support/templates";

const DOCUMENT = "PolicyDocument: { Statement: [{ Effect: Allow, Action: 'ssm:StartSession', Resource: '*' }] }";
const USER = "Alice: { Type: AWS::IAM::User, Properties: { UserName: alice } }";
const GROUP = `Ops: { Type: AWS::IAM::Group, Properties: { Policies: [{ PolicyName: sessions, ${DOCUMENT} }] } }`;
const MANAGED = `Mine: { Type: AWS::IAM::ManagedPolicy, Properties: { ${DOCUMENT} } }`;

const shown = ({ kind, name, policies }: Principal): string =>
  `${kind} ${name}: ${policies.map((policy) => `${policy.name} ${policy.document.state}`).join(", ")}`;

describe("principals of a template", () => {
  const cases: readonly (readonly [title: string, resources: string, expected: readonly string[]])[] = [
    ["a user", USER, ["user Alice: "]],
    [
      "a user with inline and managed policies",
      `Alice: { Type: AWS::IAM::User, Properties: { Policies: [{ PolicyName: own, ${DOCUMENT} }], ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess'] } }`,
      ['user Alice: inline policy "own" known, AmazonSSMReadOnlyAccess known'],
    ],
    [
      "a user in a group by its own property",
      `Alice: { Type: AWS::IAM::User, Properties: { Groups: [!Ref Ops] } }\n${GROUP}`,
      ['user Alice: inline policy "sessions" known', 'group Ops: inline policy "sessions" known'],
    ],
    [
      "a user in a group by an addition",
      `${USER}\n${GROUP}\nAddition: { Type: AWS::IAM::UserToGroupAddition, Properties: { GroupName: !Ref Ops, Users: [!Ref Alice] } }`,
      ['user Alice: inline policy "sessions" known', 'group Ops: inline policy "sessions" known'],
    ],
    [
      "a user in a group out of sight",
      "Alice: { Type: AWS::IAM::User, Properties: { Groups: [elsewhere] } }",
      ["user Alice: the policies of a group unknown"],
    ],
    [
      "a policy that names users and groups",
      `${USER}\nOps: { Type: AWS::IAM::Group }\nMine: { Type: AWS::IAM::Policy, Properties: { PolicyName: mine, ${DOCUMENT}, Users: [alice], Groups: [!Ref Ops] } }`,
      ["user Alice: policy Mine known", "group Ops: policy Mine known"],
    ],
    [
      "policies of resources for one holder",
      `${USER}\nOps: { Type: AWS::IAM::Group }\nForUser: { Type: AWS::IAM::UserPolicy, Properties: { PolicyName: a, ${DOCUMENT}, UserName: alice } }\nForGroup: { Type: AWS::IAM::GroupPolicy, Properties: { PolicyName: b, ${DOCUMENT}, GroupName: !Ref Ops } }`,
      ["user Alice: policy ForUser known", "group Ops: policy ForGroup known"],
    ],
    ["a managed policy of nobody", MANAGED, ["policy Mine: policy Mine known"]],
    [
      "a managed policy of a user, which is not listed again",
      `Alice: { Type: AWS::IAM::User, Properties: { ManagedPolicyArns: [!Ref Mine] } }\n${MANAGED}`,
      ["user Alice: policy Mine known"],
    ],
    [
      "a permission set with policies of every kind",
      `Admins: { Type: AWS::SSO::PermissionSet, Properties: { Name: Admins, InstanceArn: 'arn:aws:sso:::instance/ssoins-1', InlinePolicy: { Statement: [] }, ManagedPolicies: ['arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess'], CustomerManagedPolicyReferences: [{ Name: mine }] } }
Mine: { Type: AWS::IAM::ManagedPolicy, Properties: { ManagedPolicyName: mine, ${DOCUMENT} } }`,
      [
        "permissionSet Admins: the inline policy of permission set Admins known, AmazonSSMReadOnlyAccess known, policy Mine known",
      ],
    ],
  ];
  test.each(cases)("%s", (_, resources, expected) => {
    expect(infrastructureOf(resources).principals.map(shown)).toEqual(expected);
  });

  it("knows the users of a group", () => {
    const { principals } = infrastructureOf(
      `Alice: { Type: AWS::IAM::User, Properties: { Groups: [!Ref Ops] } }\n${GROUP}`,
    );
    const [alice, ops] = principals;
    expect(ops?.members).toEqual([alice]);
    expect(alice?.groups).toEqual([ops]);
  });

  it("knows the boundary of a user and of a permission set", () => {
    const { principals } = infrastructureOf(
      `Alice: { Type: AWS::IAM::User, Properties: { PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess' } }
Admins: { Type: AWS::SSO::PermissionSet, Properties: { Name: Admins, PermissionsBoundary: { CustomerManagedPolicyReference: { Name: mine } } } }
Open: { Type: AWS::SSO::PermissionSet, Properties: { Name: Open } }
Mine: { Type: AWS::IAM::ManagedPolicy, Properties: { ManagedPolicyName: mine, ${DOCUMENT} } }`,
    );
    expect(principals.map(({ name, permissionsBoundary }) => `${name} ${permissionsBoundary?.document.state}`)).toEqual(
      ["Alice known", "Admins known", "Open undefined", "Mine undefined"],
    );
  });
});

describe("what Pulumi attaches with resources of its own", () => {
  const POLICY: Sketch = { Version: "2012-10-17", Statement: [] };
  const of = (type: string, name: string, entries: Readonly<Record<string, Sketch>>): Declaration =>
    declaration(type, name, { properties: properties(entries) });
  const cases: readonly (readonly [
    title: string,
    declarations: readonly Declaration[],
    expected: readonly string[],
  ])[] = [
    [
      "a policy to a user",
      [
        of("AWS::IAM::User", "alice", { UserName: "alice" }),
        of("AWS::IAM::ManagedPolicy", "mine", { ManagedPolicyName: "mine", PolicyDocument: POLICY }),
        of(EXTRA.userPolicyAttachment, "attachment", {
          User: "alice",
          PolicyArn: "arn:aws:iam::111122223333:policy/mine",
        }),
      ],
      ["user alice: policy mine known"],
    ],
    [
      "a policy to a group that its users are put into",
      [
        of("AWS::IAM::User", "alice", { UserName: "alice" }),
        of("AWS::IAM::Group", "ops", { GroupName: "ops" }),
        of(EXTRA.userGroupMembership, "membership", { User: "alice", Groups: ["ops"] }),
        of(EXTRA.groupPolicyAttachment, "attachment", {
          Group: "ops",
          PolicyArn: "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess",
        }),
      ],
      ["user alice: AmazonSSMReadOnlyAccess known", "group ops: AmazonSSMReadOnlyAccess known"],
    ],
    [
      "a policy to a role out of sight, which is nobody's for certain",
      [
        of("AWS::IAM::ManagedPolicy", "mine", { ManagedPolicyName: "mine", PolicyDocument: POLICY }),
        of(EXTRA.rolePolicyAttachment, "attachment", {
          Role: "elsewhere",
          PolicyArn: "arn:aws:iam::111122223333:policy/mine",
        }),
      ],
      [],
    ],
    [
      "policies to a permission set",
      [
        declaration("AWS::SSO::PermissionSet", "admins", {
          physicalIds: ["arn:aws:sso:::permissionSet/ssoins-1/ps-1"],
        }),
        of(EXTRA.permissionSetInlinePolicy, "inline", {
          PermissionSetArn: "arn:aws:sso:::permissionSet/ssoins-1/ps-1",
          InlinePolicy: JSON.stringify(POLICY),
        }),
        of(EXTRA.permissionSetManagedPolicy, "managed", {
          PermissionSetArn: "arn:aws:sso:::permissionSet/ssoins-1/ps-1",
          ManagedPolicyArn: "arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess",
        }),
      ],
      ["permissionSet admins: the inline policy of permission set admins known, AmazonSSMReadOnlyAccess known"],
    ],
  ];
  test.each(cases)("%s", (_, declarations, expected) => {
    expect(buildInfrastructure({ declarations }).principals.map(shown)).toEqual(expected);
  });
});
