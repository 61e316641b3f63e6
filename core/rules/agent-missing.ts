import { AGENT_NOT_ONLINE, TARGET_NOT_CONNECTED } from "./error-texts";
import { forEachProblem, type Rule } from "./rule";

export const agentMissing: Rule = {
  id: "agent-missing",
  title: "Host runs without the SSM Agent",
  level: "error",
  link: "agent",
  why: "Session Manager talks to the SSM Agent on the host. Where the image does not bring it and user data does not install it, there is nothing to talk to.",
  reference: "https://docs.aws.amazon.com/systems-manager/latest/userguide/ami-preinstalled-agent.html",
  fix: {
    cloudformation:
      "Use an image that ships the agent, or install amazon-ssm-agent in UserData; where a command is named, leave it out.",
    cdk: "Use an image that ships the agent (MachineImage.latestAmazonLinux2023()), or install it with userData.addCommands; where a command is named, leave it out.",
    pulumi:
      "Use an image that ships the agent, or install amazon-ssm-agent in userData; where a command is named, leave it out.",
  },
  whenNotToUse:
    "Where the agent is installed after the first boot by something that the program does not show, such as a configuration management server. Appliances that cannot run it belong in an exemption.",
  errorTexts: [TARGET_NOT_CONNECTED, AGENT_NOT_ONLINE],
  check: (diagnosis) =>
    forEachProblem(diagnosis, "agent", "agent-missing", ({ host }, { why, property }) => ({
      message: why,
      place: { declaration: host.declaration, property },
    })),
};
