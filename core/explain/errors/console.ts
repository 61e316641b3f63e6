import {
  AGENT_RULES,
  type ErrorEntry,
  guide,
  HEALTH_RULES,
  IDENTITY_RULES,
  NETWORK_RULES,
  TROUBLESHOOTING,
} from "../error-entry";

/** What the consoles of EC2 and Systems Manager say of a host. */
export const consoleErrors: readonly ErrorEntry[] = [
  {
    id: "agent-not-online",
    title: "SSM Agent is not online",
    texts: [
      "SSM Agent is not online",
      "The SSM Agent was unable to connect to a Systems Manager endpoint to register itself with the service",
    ],
    meaning: "The agent runs, or should, and has not registered: it cannot reach the endpoints, or may not use them.",
    causes: [
      { why: "No route, endpoint or open port leads to Systems Manager.", rules: NETWORK_RULES },
      { why: "The host has no profile or permission to register.", rules: IDENTITY_RULES },
      { why: "The image has no agent.", rules: AGENT_RULES },
      {
        why: "The agent uses a proxy that is set up wrongly.",
        fix: "Compare the proxy settings of the agent with AWS's page.",
      },
    ],
    sources: [TROUBLESHOOTING, guide("troubleshooting-ssm-agent"), guide("configure-proxy-ssm-agent")],
  },
  {
    id: "console-cannot-connect",
    title: "The EC2 console offers no connection by Session Manager",
    texts: [
      "Session Manager can't connect from the Amazon EC2 console",
      "We weren't able to connect to your instance. Common reasons for this include",
      "The Connect button is greyed out",
    ],
    meaning:
      "The console shows the tab but no way to connect, since Systems Manager does not know the host as connected.",
    causes: [
      { why: "The host has no instance profile for Session Manager.", rules: IDENTITY_RULES },
      { why: "The agent is not installed or too old.", rules: AGENT_RULES },
      { why: "The host cannot reach Systems Manager.", rules: NETWORK_RULES },
      { why: "The profile was attached minutes ago.", fix: "Wait, restart the agent, or reboot the host." },
    ],
    sources: [TROUBLESHOOTING],
  },
  {
    id: "not-configured",
    title: "The instance you selected is not configured to use Session Manager",
    texts: [
      "The instance you selected isn't configured to use Session Manager",
      "The instance you selected is not configured to use Session Manager",
      "supports Session Manager, but the instance is not configured for use with AWS Systems Manager",
    ],
    meaning: "Systems Manager knows the host, but no session can be opened on it.",
    causes: [
      { why: "The role allows registration but not the four ssmmessages actions.", rules: ["ssm-permissions-missing"] },
      { why: "The agent is older than 2.3.68.0.", rules: ["agent-outdated", "agent-auto-update-missing"] },
      {
        why: "The host reaches ssm but not ssmmessages.",
        rules: ["ssmmessages-endpoint-missing", "endpoint-unreachable"],
      },
      { why: "The host is short of CPU or memory.", rules: HEALTH_RULES },
    ],
    sources: [TROUBLESHOOTING],
  },
  {
    id: "node-not-listed",
    title: "The host is not in the list of managed nodes",
    texts: [
      "managed node is not in the list",
      "managed node not available",
      "instance is not listed",
      "instance not showing in Session Manager",
    ],
    meaning: "The host never registered with Systems Manager in this account and region.",
    causes: [
      { why: "The host has no instance profile for Systems Manager.", rules: IDENTITY_RULES },
      { why: "The agent is not installed.", rules: ["agent-missing"] },
      { why: "The agent cannot reach Systems Manager.", rules: NETWORK_RULES },
      { why: "The agent was running when the profile was attached.", fix: "Restart the agent." },
      {
        why: "The proxy of the agent is set up wrongly.",
        fix: "Compare the proxy settings of the agent with AWS's page.",
      },
      { why: "The console shows another region.", rules: ["console-region-mismatch"], checks: ["region-mismatch"] },
    ],
    sources: [TROUBLESHOOTING, guide("configure-proxy-ssm-agent")],
  },
  {
    id: "blank-screen",
    title: "A blank screen after starting a session",
    texts: ["blank screen", "black screen"],
    meaning: "The session was opened and nothing comes back from the host.",
    causes: [
      {
        why: "The root volume of the host is full, so that the agent has stopped working.",
        rules: ["root-volume-unwatched"],
      },
      {
        why: "The console was opened with a link whose address and region= disagree.",
        rules: ["console-region-mismatch"],
        fix: "Make both the region of the host: https://<region>.console.aws.amazon.com/…?region=<region>",
      },
      {
        why: "Sessions are logged to S3 or CloudWatch Logs, and the host, behind endpoints only, has none for s3 or logs.",
        rules: ["s3-endpoint-missing", "preferences-unreachable"],
        fix: "Add the gateway endpoint com.amazonaws.<region>.s3, or the interface endpoint com.amazonaws.<region>.logs.",
      },
      { why: "The log group or bucket of the preferences has been deleted.", entries: ["log-group-missing"] },
      {
        why: "The preferences ask for encrypted logs, and the log group or bucket is not encrypted.",
        rules: ["preferences-invalid"],
        entries: ["log-group-not-encrypted", "bucket-not-encrypted"],
      },
    ],
    sources: [TROUBLESHOOTING],
  },
];
