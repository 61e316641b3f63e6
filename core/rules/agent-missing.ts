import { forEachProblem, type Rule } from "./rule";

export const agentMissing: Rule = {
  id: "agent-missing",
  title: "Host runs without the SSM Agent",
  level: "error",
  link: "agent",
  why: "Session Manager talks to the SSM Agent on the host. Where the image does not bring it and user data does not install it, there is nothing to talk to.",
  reference: "https://docs.aws.amazon.com/systems-manager/latest/userguide/ami-preinstalled-agent.html",
  fix: {
    cloudformation: "Use an image that ships the agent, or install amazon-ssm-agent in UserData.",
    cdk: "Use an image that ships the agent (MachineImage.latestAmazonLinux2023()), or install it with userData.addCommands.",
    pulumi: "Use an image that ships the agent, or install amazon-ssm-agent in userData.",
  },
  check: (diagnosis) =>
    forEachProblem(diagnosis, "agent", "agent-missing", ({ host }, { why }) => ({
      message: why,
      place: { declaration: host.declaration, property: "ImageId" },
    })),
};
