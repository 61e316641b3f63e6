import { serviceTimeout } from "./error-texts";
import { forEachProblem, type Rule } from "./rule";

export const preferencesUnreachable: Rule = {
  id: "preferences-unreachable",
  title: "Host cannot reach CloudWatch Logs or KMS, which session preferences use",
  level: "error",
  link: "preferences",
  why: "The SSM Agent decrypts session data with KMS and writes session logs to CloudWatch Logs itself. A host that reaches Session Manager over endpoints only needs endpoints for them too; without, the session fails or opens to a blank screen.",
  reference: "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-troubleshooting.html",
  fix: {
    cloudformation:
      "Add an AWS::EC2::VPCEndpoint of type Interface for com.amazonaws.<region>.logs or com.amazonaws.<region>.kms, whichever the message names, with PrivateDnsEnabled: true and a security group that admits TCP 443 from the host. Where the message names a policy, allow the actions in its PolicyDocument.",
    cdk: "Add vpc.addInterfaceEndpoint('Logs', { service: InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS }) or one with InterfaceVpcEndpointAwsService.KMS, whichever the message names. Where it names a policy, allow the actions with endpoint.addToPolicy.",
    pulumi:
      "Add an aws.ec2.VpcEndpoint of type Interface for com.amazonaws.<region>.logs or com.amazonaws.<region>.kms, whichever the message names, with privateDnsEnabled: true and a security group that admits TCP 443 from the host. Where the message names a policy, allow the actions in its policy.",
  },
  whenNotToUse: "Never; take the log group or the key out of the preferences instead.",
  errorTexts: [serviceTimeout("logs"), serviceTimeout("kms")],
  check: (diagnosis) =>
    forEachProblem(diagnosis, "preferences", "preferences-unreachable", (_, { why, place }) => ({
      message: why,
      place,
    })),
};
