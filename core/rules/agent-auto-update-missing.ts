import { forEachRemark, type Rule } from "./rule";

export const agentAutoUpdateMissing: Rule = {
  id: "agent-auto-update-missing",
  title: "Nothing keeps the SSM Agent of the host current",
  level: "note",
  link: "agent",
  why: "New Session Manager features and fixes need newer agents, and AWS asks to update the agent automatically.",
  reference: "https://docs.aws.amazon.com/systems-manager/latest/userguide/ssm-agent-automatic-updates.html",
  fix: {
    cloudformation:
      "Add an AWS::SSM::Association with Name: AWS-UpdateSSMAgent, a rate(14 days) schedule and Targets that cover the host.",
    cdk: "Add a CfnAssociation with name: 'AWS-UpdateSSMAgent', a rate(14 days) schedule and targets that cover the host, or the EnableSessionManager aspect.",
    pulumi:
      "Add an aws.ssm.Association with name: 'AWS-UpdateSSMAgent', a rate(14 days) schedule and targets that cover the host.",
  },
  whenNotToUse:
    "Where Quick Setup or an association in another program keeps agents current, and for hosts that are replaced with a new image every few weeks.",
  errorTexts: [],
  check: (diagnosis) => forEachRemark(diagnosis, "agent-auto-update-missing"),
};
