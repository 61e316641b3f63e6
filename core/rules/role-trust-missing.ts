import { TARGET_NOT_CONNECTED } from "./error-texts";
import { forEachProblem, type Rule } from "./rule";

export const roleTrustMissing: Rule = {
  id: "role-trust-missing",
  title: "Role does not let EC2 assume it",
  level: "error",
  link: "instanceProfile",
  why: "EC2 assumes the role on behalf of the instance. When the trust policy does not name it, the instance gets no credentials and the SSM Agent cannot register.",
  reference: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2.html",
  fix: {
    cloudformation: "Allow sts:AssumeRole to Service: ec2.amazonaws.com in AssumeRolePolicyDocument of the role.",
    cdk: "Create the role with assumedBy: new ServicePrincipal('ec2.amazonaws.com').",
    pulumi: "Set assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: 'ec2.amazonaws.com' }) on the role.",
  },
  whenNotToUse:
    "Never for a host that takes its credentials from this role. A role that other services assume as well needs EC2 added to its trust policy, not in place of them.",
  errorTexts: [TARGET_NOT_CONNECTED, '"Code" : "AssumeRoleUnauthorizedAccess"'],
  check: (diagnosis) =>
    forEachProblem(diagnosis, "instanceProfile", "role-trust-missing", (_, { role, why }) => ({
      message: why,
      place: { declaration: role.declaration, property: "AssumeRolePolicyDocument" },
    })),
};
