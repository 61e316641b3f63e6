import { TARGET_NOT_CONNECTED } from "./error-texts";
import { forEachProblem, type Rule } from "./rule";

export const imdsDisabled: Rule = {
  id: "imds-disabled",
  title: "Instance metadata service is turned off",
  level: "error",
  link: "instanceProfile",
  why: "The SSM Agent takes the role's credentials from the instance metadata service. Hardening guides that ask to turn it off and Session Manager cannot both be followed; requiring IMDSv2 tokens satisfies both.",
  reference: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html",
  fix: {
    cloudformation: "Set MetadataOptions.HttpEndpoint to enabled, and HttpTokens to required to stay hardened.",
    cdk: "Set httpEndpoint: true and httpTokens: HttpTokens.REQUIRED, of a LaunchTemplate LaunchTemplateHttpTokens.REQUIRED.",
    pulumi: "Set metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required' }.",
  },
  whenNotToUse:
    "Where a host is meant to be out of reach for Session Manager, as its hardening guide asks. Exempt it with the name of the guide.",
  errorTexts: [TARGET_NOT_CONNECTED, "EC2MetadataError: failed to make EC2Metadata request"],
  check: (diagnosis) =>
    forEachProblem(diagnosis, "instanceProfile", "imds-disabled", (_, { decidedBy, why }) => ({
      message: why,
      place: {
        declaration: decidedBy,
        property:
          decidedBy.type === "AWS::EC2::LaunchTemplate" ? "LaunchTemplateData.MetadataOptions" : "MetadataOptions",
      },
    })),
};
