import { forEachProblem, type Rule } from "./rule";

export const ssmPermissionsMissing: Rule = {
  id: "ssm-permissions-missing",
  title: "Role lacks permissions that a session needs",
  level: "error",
  link: "permissions",
  why: "The SSM Agent registers with ssm:UpdateInstanceInformation and carries the session over four ssmmessages actions. Missing any, the host shows as not connected.",
  reference:
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html",
  fix: {
    cloudformation:
      "Add arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore to ManagedPolicyArns of the role, or allow the missing actions on Resource '*' in a customer managed policy; remove the statement that denies them, where one is named.",
    cdk: "Add role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore')), or allow the missing actions on '*' with role.addToPrincipalPolicy; remove the statement that denies them, where one is named.",
    pulumi:
      "Attach arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore with an aws.iam.RolePolicyAttachment, or allow the missing actions on '*' in a policy of your own; remove the statement that denies them, where one is named.",
  },
  check: (diagnosis) =>
    forEachProblem(diagnosis, "permissions", "ssm-permissions-missing", ({ links }, { role }) => ({
      message: links.permissions.reason,
      place: { declaration: role.declaration },
    })),
};
