import { TARGET_NOT_CONNECTED } from "./error-texts";
import { forEachProblem, type Rule } from "./rule";

export const instanceProfileWithoutRole: Rule = {
  id: "instance-profile-without-role",
  title: "Instance profile holds no role",
  level: "error",
  link: "instanceProfile",
  why: "An instance profile is only a container: without a role in it EC2 hands out no credentials and the SSM Agent cannot register.",
  reference: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html",
  fix: {
    cloudformation: "Name the role in Roles of the AWS::IAM::InstanceProfile: Roles: [!Ref Role].",
    cdk: "Give the CfnInstanceProfile its role: roles: [role.roleName], or let the construct make the profile by passing role.",
    pulumi: "Set role of the aws.iam.InstanceProfile: role: role.name.",
  },
  whenNotToUse:
    "Where something outside of the program adds the role to the profile after the deployment. Better name the role in the program; until then exempt the host with that reason.",
  errorTexts: [TARGET_NOT_CONNECTED, "EC2RoleRequestError: no EC2 instance role found"],
  check: (diagnosis) =>
    forEachProblem(diagnosis, "instanceProfile", "instance-profile-without-role", (_, { profile, why }) => ({
      message: why,
      place: { declaration: profile.declaration, property: "Roles" },
    })),
};
