import { STREAM_PLUGIN_NOT_FOUND, TARGET_NOT_CONNECTED } from "./error-texts";
import { forEachProblem, forEachRemark, type Rule, type RuleOption } from "./rule";

export const MINIMUM_VERSION: RuleOption = {
  description: "Oldest SSM Agent that counts as recent enough",
  type: "string",
  default: "2.3.68.0",
  pattern: "^\\d+\\.\\d+\\.\\d+\\.\\d+$",
};

export const agentOutdated: Rule = {
  id: "agent-outdated",
  title: "SSM Agent of the image is too old",
  level: "error",
  link: "agent",
  why: "Session Manager needs SSM Agent 2.3.68.0 or later, and some of its features a newer one. An image built before such a release carries an older agent, and nothing in the program updates it.",
  reference: "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-prerequisites.html",
  fix: {
    cloudformation:
      "Use a newer image, or run AWS-UpdateSSMAgent on the host with an AWS::SSM::Association, or update the agent in UserData.",
    cdk: "Use a newer image, or run AWS-UpdateSSMAgent on the host with a CfnAssociation, or update the agent in user data.",
    pulumi:
      "Use a newer image, or run AWS-UpdateSSMAgent on the host with an aws.ssm.Association, or update the agent in userData.",
  },
  whenNotToUse:
    "Where the agent is updated by something that the program does not show: Quick Setup, or an association in another program that covers the host. Raise minimumVersion where a feature needs a newer agent; never lower it.",
  errorTexts: [TARGET_NOT_CONNECTED, STREAM_PLUGIN_NOT_FOUND],
  options: { minimumVersion: MINIMUM_VERSION },
  check: (diagnosis) => [
    ...forEachProblem(diagnosis, "agent", "agent-outdated", ({ host }, { why }) => ({
      message: why,
      place: { declaration: host.declaration, property: "ImageId" },
    })),
    ...forEachRemark(diagnosis, "agent-outdated").map((remark) => ({ ...remark, level: "warning" as const })),
    ...forEachRemark(diagnosis, "agent-maybe-outdated").map((remark) => ({ ...remark, level: "note" as const })),
  ],
};
