import { type Row, row } from "./table";

const DOCUMENT = '{"Version":"2012-10-17","Statement":[]}';
const CORE = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
const SET = "arn:aws:sso:::permissionSet/ssoins-1/ps-1";
const INSTANCE = "arn:aws:sso:::instance/ssoins-1";

export const IDENTITY: readonly Row[] = [
  row(
    "aws:iam/role:Role",
    {
      name: "web",
      path: "/",
      assumeRolePolicy: DOCUMENT,
      managedPolicyArns: [CORE],
      inlinePolicies: [{ name: "logs", policy: DOCUMENT }],
      permissionsBoundary: "arn:aws:iam::123456789012:policy/boundary",
      tags: { Team: "shop" },
    },
    "AWS::IAM::Role",
    {
      RoleName: "web",
      Path: "/",
      AssumeRolePolicyDocument: DOCUMENT,
      ManagedPolicyArns: [CORE],
      Policies: [{ PolicyName: "logs", PolicyDocument: DOCUMENT }],
      PermissionsBoundary: "arn:aws:iam::123456789012:policy/boundary",
      Tags: [{ Key: "Team", Value: "shop" }],
    },
  ),
  row("aws:iam/instanceProfile:InstanceProfile", { name: "web", role: "web" }, "AWS::IAM::InstanceProfile", {
    InstanceProfileName: "web",
    Roles: ["web"],
  }),
  row("aws:iam/policy:Policy", { name: "session", policy: DOCUMENT }, "AWS::IAM::ManagedPolicy", {
    ManagedPolicyName: "session",
    PolicyDocument: DOCUMENT,
  }),
  row("aws:iam/rolePolicy:RolePolicy", { role: "web", name: "logs", policy: DOCUMENT }, "AWS::IAM::RolePolicy", {
    RoleName: "web",
    PolicyName: "logs",
    PolicyDocument: DOCUMENT,
  }),
  row("aws:iam/groupPolicy:GroupPolicy", { group: "ops", policy: DOCUMENT }, "AWS::IAM::GroupPolicy", {
    GroupName: "ops",
    PolicyDocument: DOCUMENT,
  }),
  row("aws:iam/userPolicy:UserPolicy", { user: "jane", policy: DOCUMENT }, "AWS::IAM::UserPolicy", {
    UserName: "jane",
    PolicyDocument: DOCUMENT,
  }),
  row(
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    { role: "web", policyArn: CORE },
    "SsmPreflight::RolePolicyAttachment",
    { Role: "web", PolicyArn: CORE },
  ),
  row(
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    { group: "ops", policyArn: CORE },
    "SsmPreflight::GroupPolicyAttachment",
    { Group: "ops", PolicyArn: CORE },
  ),
  row(
    "aws:iam/userPolicyAttachment:UserPolicyAttachment",
    { user: "jane", policyArn: CORE },
    "SsmPreflight::UserPolicyAttachment",
    { User: "jane", PolicyArn: CORE },
  ),
  row(
    "aws:iam/policyAttachment:PolicyAttachment",
    { policyArn: CORE, roles: ["web"], groups: ["ops"], users: ["jane"] },
    "SsmPreflight::PolicyAttachment",
    { PolicyArn: CORE, Roles: ["web"], Groups: ["ops"], Users: ["jane"] },
  ),
  row(
    "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
    { roleName: "web", policyNames: ["logs"] },
    "SsmPreflight::RolePoliciesExclusive",
    { Role: "web", PolicyNames: ["logs"] },
  ),
  row(
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
    { roleName: "web", policyArns: [] },
    "SsmPreflight::RolePolicyAttachmentsExclusive",
    { Role: "web", PolicyArns: [] },
  ),
  row(
    "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive",
    { groupName: "ops", policyNames: ["start"] },
    "SsmPreflight::GroupPoliciesExclusive",
    { Group: "ops", PolicyNames: ["start"] },
  ),
  row(
    "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive",
    { groupName: "ops", policyArns: [CORE] },
    "SsmPreflight::GroupPolicyAttachmentsExclusive",
    { Group: "ops", PolicyArns: [CORE] },
  ),
  row(
    "aws:iam/userPoliciesExclusive:UserPoliciesExclusive",
    { userName: "jane", policyNames: ["start"] },
    "SsmPreflight::UserPoliciesExclusive",
    { User: "jane", PolicyNames: ["start"] },
  ),
  row(
    "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive",
    { userName: "jane", policyArns: [CORE] },
    "SsmPreflight::UserPolicyAttachmentsExclusive",
    { User: "jane", PolicyArns: [CORE] },
  ),
  row("aws:iam/group:Group", { name: "ops", path: "/" }, "AWS::IAM::Group", { GroupName: "ops", Path: "/" }),
  row("aws:iam/groupMembership:GroupMembership", { group: "ops", users: ["jane"] }, "AWS::IAM::UserToGroupAddition", {
    GroupName: "ops",
    Users: ["jane"],
  }),
  row("aws:iam/user:User", { name: "jane", permissionsBoundary: CORE }, "AWS::IAM::User", {
    UserName: "jane",
    PermissionsBoundary: CORE,
  }),
  row(
    "aws:iam/userGroupMembership:UserGroupMembership",
    { user: "jane", groups: ["ops"] },
    "SsmPreflight::UserGroupMembership",
    { User: "jane", Groups: ["ops"] },
  ),
  row("aws:ssoadmin/permissionSet:PermissionSet", { name: "ops", instanceArn: INSTANCE }, "AWS::SSO::PermissionSet", {
    Name: "ops",
    InstanceArn: INSTANCE,
  }),
  row(
    "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
    { permissionSetArn: SET, instanceArn: INSTANCE, inlinePolicy: DOCUMENT },
    "SsmPreflight::PermissionSetInlinePolicy",
    { PermissionSetArn: SET, InlinePolicy: DOCUMENT },
  ),
  row(
    "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment",
    { permissionSetArn: SET, instanceArn: INSTANCE, managedPolicyArn: CORE },
    "SsmPreflight::PermissionSetManagedPolicy",
    { PermissionSetArn: SET, ManagedPolicyArn: CORE },
  ),
  row(
    "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment",
    { permissionSetArn: SET, instanceArn: INSTANCE, customerManagedPolicyReference: { name: "start", path: "/ops/" } },
    "SsmPreflight::PermissionSetCustomerManagedPolicy",
    { PermissionSetArn: SET, Name: "start", Path: "/ops/" },
  ),
  row(
    "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment",
    {
      permissionSetArn: SET,
      instanceArn: INSTANCE,
      permissionsBoundary: { customerManagedPolicyReference: { name: "boundary" } },
    },
    "SsmPreflight::PermissionSetBoundary",
    { PermissionSetArn: SET, PermissionsBoundary: { CustomerManagedPolicyReference: { Name: "boundary" } } },
  ),
];
