import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../../../program/normal-form";
import { asListOfOne, tagList } from "../converters";
import { plain, shape, type TypeMapping, type TypeMappings } from "../mapping";

const inlinePolicy = (type: string, holder: string, holderName: string): TypeMapping =>
  plain(type, [holder, holderName], ["name", "PolicyName"], ["policy", "PolicyDocument"]);

export const IAM: TypeMappings = {
  "aws:iam/role:Role": plain(
    "AWS::IAM::Role",
    ["name", "RoleName"],
    "path",
    ["assumeRolePolicy", "AssumeRolePolicyDocument"],
    "managedPolicyArns",
    ["inlinePolicies", "Policies", shape(["name", "PolicyName"], ["policy", "PolicyDocument"])],
    "permissionsBoundary",
    ["tags", "Tags", tagList],
  ),
  "aws:iam/instanceProfile:InstanceProfile": plain(
    "AWS::IAM::InstanceProfile",
    ["name", "InstanceProfileName"],
    "path",
    ["role", "Roles", asListOfOne],
  ),
  "aws:iam/policy:Policy": plain("AWS::IAM::ManagedPolicy", ["name", "ManagedPolicyName"], "path", [
    "policy",
    "PolicyDocument",
  ]),
  "aws:iam/rolePolicy:RolePolicy": inlinePolicy("AWS::IAM::RolePolicy", "role", "RoleName"),
  "aws:iam/groupPolicy:GroupPolicy": inlinePolicy("AWS::IAM::GroupPolicy", "group", "GroupName"),
  "aws:iam/userPolicy:UserPolicy": inlinePolicy("AWS::IAM::UserPolicy", "user", "UserName"),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": plain(EXTRA.rolePolicyAttachment, "role", "policyArn"),
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": plain(EXTRA.groupPolicyAttachment, "group", "policyArn"),
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": plain(EXTRA.userPolicyAttachment, "user", "policyArn"),
  "aws:iam/policyAttachment:PolicyAttachment": plain(EXTRA.policyAttachment, "policyArn", "roles", "groups", "users"),
  "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": plain(
    EXTRA.rolePoliciesExclusive,
    ["roleName", "Role"],
    "policyNames",
  ),
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": plain(
    EXTRA.rolePolicyAttachmentsExclusive,
    ["roleName", "Role"],
    "policyArns",
  ),
  "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive": plain(
    EXTRA.groupPoliciesExclusive,
    ["groupName", "Group"],
    "policyNames",
  ),
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": plain(
    EXTRA.groupPolicyAttachmentsExclusive,
    ["groupName", "Group"],
    "policyArns",
  ),
  "aws:iam/userPoliciesExclusive:UserPoliciesExclusive": plain(
    EXTRA.userPoliciesExclusive,
    ["userName", "User"],
    "policyNames",
  ),
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": plain(
    EXTRA.userPolicyAttachmentsExclusive,
    ["userName", "User"],
    "policyArns",
  ),
  "aws:iam/group:Group": plain("AWS::IAM::Group", ["name", "GroupName"], "path"),
  "aws:iam/groupMembership:GroupMembership": plain("AWS::IAM::UserToGroupAddition", ["group", "GroupName"], "users"),
  "aws:iam/user:User": plain("AWS::IAM::User", ["name", "UserName"], "path", "permissionsBoundary", [
    "tags",
    "Tags",
    tagList,
  ]),
  "aws:iam/userGroupMembership:UserGroupMembership": plain(EXTRA.userGroupMembership, "user", "groups"),
};

const CUSTOMER_POLICY = "customerManagedPolicyReference";

/** IAM Identity Center: what people sign in with. */
export const PERMISSION_SETS: TypeMappings = {
  "aws:ssoadmin/permissionSet:PermissionSet": plain("AWS::SSO::PermissionSet", "name", "instanceArn"),
  "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": plain(
    EXTRA.permissionSetInlinePolicy,
    "permissionSetArn",
    "inlinePolicy",
  ),
  "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": plain(
    EXTRA.permissionSetManagedPolicy,
    "permissionSetArn",
    "managedPolicyArn",
  ),
  "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment": plain(
    EXTRA.permissionSetCustomerManagedPolicy,
    "permissionSetArn",
    [`${CUSTOMER_POLICY}.name`, "Name"],
    [`${CUSTOMER_POLICY}.path`, "Path"],
  ),
  "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment": plain(
    EXTRA.permissionSetBoundary,
    "permissionSetArn",
    [
      "permissionsBoundary",
      "PermissionsBoundary",
      shape("managedPolicyArn", [CUSTOMER_POLICY, "CustomerManagedPolicyReference", shape("name", "path")]),
    ],
  ),
};
