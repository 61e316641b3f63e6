import { AGENT_NOT_ONLINE, TARGET_NOT_CONNECTED } from "./error-texts";
import { forEachProblem, type Rule } from "./rule";

export const instanceProfileMissing: Rule = {
  id: "instance-profile-missing",
  title: "Host has no instance profile",
  level: "error",
  link: "instanceProfile",
  why: "Without an instance profile the SSM Agent has no credentials and never registers, so the instance stays off the list of session targets.",
  reference:
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-getting-started-instance-profile.html",
  fix: {
    cloudformation:
      "Set IamInstanceProfile to an AWS::IAM::InstanceProfile whose role has arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore, or a customer managed policy with the same ssm and ssmmessages actions.",
    cdk: "Pass the Instance or LaunchTemplate a role with assumedBy: new ServicePrincipal('ec2.amazonaws.com') and ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore') or a customer managed policy with the same actions; to a CfnInstance iamInstanceProfile: new InstanceProfile(this, 'Profile', { role }).instanceProfileName.",
    pulumi:
      "Set iamInstanceProfile to an aws.iam.InstanceProfile whose role has arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore, or a customer managed policy with the same ssm and ssmmessages actions.",
  },
  whenNotToUse:
    "Where hosts get their profile or role from outside of the program: Default Host Management Configuration of the account and region, Quick Setup, or an AWS Config remediation. Declare the first in the program, or exempt the host with that reason.",
  errorTexts: [TARGET_NOT_CONNECTED, AGENT_NOT_ONLINE, "EC2RoleRequestError: no EC2 instance role found"],
  check: (diagnosis) =>
    forEachProblem(diagnosis, "instanceProfile", "instance-profile-missing", (_host, { why, decidedBy, property }) => ({
      message: why,
      place: { declaration: decidedBy, property },
    })),
};
