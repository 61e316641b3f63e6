import { TARGET_NOT_CONNECTED } from "./error-texts";
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
      "Add arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore to ManagedPolicyArns of the role, or allow the missing actions on Resource '*' in a customer managed policy; where a statement is named, remove its denial or correct its condition; where a permissions boundary is named, allow them there.",
    cdk: "Add role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore')), or allow the missing actions on '*' with role.addToPrincipalPolicy; where a statement is named, remove its denial or correct its condition; where a permissions boundary is named, allow them there.",
    pulumi:
      "Attach arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore with an aws.iam.RolePolicyAttachment, or allow the missing actions on '*' in a policy of your own; where a statement is named, remove its denial or correct its condition; where a permissions boundary is named, allow them there.",
  },
  whenNotToUse:
    "Where a host is meant to be out of reach for Session Manager, or gets its permissions from a policy that another program attaches to the role. Exempt it and say which.",
  errorTexts: [
    TARGET_NOT_CONNECTED,
    "AccessDeniedException: User: arn:aws:sts::<account>:assumed-role/<role>/<instance id> is not authorized to perform: ssm:UpdateInstanceInformation on resource: arn:aws:ec2:<region>:<account>:instance/<instance id>",
  ],
  check: (diagnosis) =>
    forEachProblem(diagnosis, "permissions", "ssm-permissions-missing", (_, { why, place }) => ({
      message: why,
      place,
    })),
};
