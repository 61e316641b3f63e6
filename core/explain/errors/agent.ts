import { AGENT_SOURCE, type ErrorEntry, guide, HEALTH_RULES, NETWORK_RULES, TROUBLESHOOTING } from "../error-entry";

/** What the agent says, in a session or in its log. */
export const agentErrors: readonly ErrorEntry[] = [
  {
    id: "stream-plugin-not-found",
    title: "Plugin with name Standard_Stream not found",
    texts: [
      "Plugin with name Standard_Stream not found",
      "Plugin with name <name> not found. Step name",
      "Plugin with name <name> is not supported by this version of ssm agent",
    ],
    meaning:
      "The agent on the host cannot run this kind of session: it is too old, or can no longer start its workers.",
    causes: [
      { why: "The agent is older than the feature.", rules: ["agent-outdated", "agent-auto-update-missing"] },
      { why: "The disk is full, or the host is short of memory.", rules: HEALTH_RULES },
    ],
    sources: [AGENT_SOURCE, guide("session-manager-prerequisites")],
  },
  {
    id: "document-worker-timed-out",
    title: "document process failed unexpectedly: document worker timed out",
    texts: [
      "document process failed unexpectedly: document worker timed out",
      "document worker timed out",
      "failed to create channel: too many open files",
    ],
    meaning: "The host has reached its limit of file notifications: too many session workers are running.",
    causes: [
      {
        why: "fs.inotify.max_user_instances is at its low default.",
        fix: "On the host, or with AWS-RunShellScript: sudo sysctl fs.inotify.max_user_instances=8192",
      },
      {
        why: "Old sessions are still open.",
        fix: "aws ssm describe-sessions --state Active --filters key=Target,value=<instance id>, then aws ssm terminate-session for those not needed.",
      },
      { why: "The host is short of memory.", rules: ["instance-too-small"] },
    ],
    sources: [TROUBLESHOOTING],
  },
  {
    id: "node-unresponsive",
    title: "The host becomes unresponsive during long sessions",
    texts: [
      "managed node becomes unresponsive",
      "becomes unresponsive during long running sessions",
      "crashes during a long running session",
    ],
    meaning: "The agent keeps the logs of sessions for 336 hours, and long ones can fill the disk.",
    causes: [
      {
        why: "SessionLogsRetentionDurationHours is at its default.",
        fix: "Copy amazon-ssm-agent.json.template to amazon-ssm-agent.json beside it, lower SessionLogsRetentionDurationHours, restart the agent.",
      },
      { why: "The root volume is small and nothing watches it.", rules: ["root-volume-unwatched"] },
    ],
    sources: [TROUBLESHOOTING, AGENT_SOURCE],
  },
  {
    id: "agent-denied",
    title: "The agent is not authorized to register or to open its channels",
    texts: [
      "is not authorized to perform: ssm:UpdateInstanceInformation",
      "is not authorized to perform: ssmmessages:<action>",
      "CreateControlChannel failed with error",
      "CreateDataChannel failed with error",
      "createDataChannel request failed: unexpected response from the service <…> Request is not authenticated",
    ],
    meaning: "The role of the host lacks an action that the agent needs, or a Deny takes it away.",
    causes: [
      { why: "The role lacks permissions, or a statement denies them.", rules: ["ssm-permissions-missing"] },
      {
        why: "The policy of a VPC endpoint does not let the role through.",
        rules: ["endpoint-unreachable"],
      },
      {
        why: "The message names a person and ssmmessages:OpenDataChannel: it is the user's policy that lacks it.",
        rules: ["start-session-permission-missing"],
        fix: "Allow ssmmessages:OpenDataChannel on arn:aws:ssm:*:*:session/${aws:userid}-* for those who start sessions.",
      },
    ],
    sources: [
      guide("getting-started-create-iam-instance-profile"),
      "https://github.com/aws/amazon-ssm-agent/issues/121",
    ],
  },
  {
    id: "agent-without-credentials",
    title: "The agent finds no credentials on the host",
    texts: [
      "EC2RoleRequestError: no EC2 instance role found",
      "EC2MetadataError: failed to make EC2Metadata request",
      "AssumeRoleUnauthorizedAccess",
      "failed to get identity document",
      "no EC2 instance role found",
      "EC2MetadataRequestError",
      "Systems Manager's instance management role is not configured for account",
      "shared credentials are already expired",
    ],
    meaning: "The instance metadata service gives the agent no credentials.",
    causes: [
      {
        why: "The host has no instance profile, or one without a role, or a role that EC2 may not assume.",
        rules: ["instance-profile-missing", "instance-profile-without-role", "role-trust-missing"],
      },
      { why: "The instance metadata service is turned off.", rules: ["imds-disabled"] },
      {
        why: "The profile was attached while the agent was running, or its credentials ran out and were not renewed.",
        fix: "Restart the agent, and look at the clock of the host.",
      },
    ],
    sources: [guide("troubleshooting-ssm-agent"), AGENT_SOURCE],
  },
  {
    id: "agent-cannot-reach-service",
    title: "The agent cannot reach an endpoint",
    texts: [
      'RequestError: send request failed caused by: Post "https://<service>.<region>.amazonaws.com/": dial tcp <address>:443: i/o timeout',
      "dial tcp <address>:443: i/o timeout",
      "dial tcp <address>:443: connect: connection timed out",
      "dial tcp: lookup <service>.<region>.amazonaws.com <…> no such host",
    ],
    meaning:
      "The request of the agent got no answer: no route, no endpoint, a closed security group or network ACL, or no DNS.",
    causes: [{ why: "Something between the host and the endpoint is closed or missing.", rules: NETWORK_RULES }],
    sources: [guide("troubleshooting-ssm-agent"), AGENT_SOURCE],
  },
  {
    id: "run-as-user-missing",
    title: "Run As: the operating system user does not exist",
    texts: [
      "failed to start pty since RunAs user <user> does not exist",
      "please set the RunAs default user",
      "the agent must run as root to use RunAs",
    ],
    meaning: "The preferences turn on Run As for Linux, and the host has no such user.",
    causes: [
      {
        why: "Neither the tag SSMSessionRunAs of the IAM user or role nor runAsDefaultUser names a user of the host.",
        fix: "Create the user on the host (user data), or name one that exists; ssm-user is not taken in its place.",
      },
    ],
    sources: [guide("session-preferences-run-as"), AGENT_SOURCE],
  },
  {
    id: "sudo-asks-password",
    title: "ssm-user may not use sudo",
    texts: [
      "[sudo] password for ssm-user",
      "ssm-user is not in the sudoers file",
      "sudo: a password is required",
      "ssm-user is not allowed to execute",
    ],
    meaning: "The session works. The agent gives ssm-user sudo without a password, and on this host that is gone.",
    causes: [
      {
        why: "/etc/sudoers.d/ssm-agent-users is missing or was changed, or ssm-user was made before the agent did.",
        fix: "As root: echo 'ssm-user ALL=(ALL) NOPASSWD:ALL' > /etc/sudoers.d/ssm-agent-users (AWS-RunShellScript runs as root)",
      },
      { why: "/etc/sudoers does not include the folder sudoers.d.", fix: "Add the line: @includedir /etc/sudoers.d" },
      { why: "Run As makes sessions run as another user, who has no sudo.", entries: ["run-as-user-missing"] },
    ],
    sources: [guide("session-manager-getting-started-ssm-user-permissions")],
  },
  {
    id: "disk-full",
    title: "No space is left on the host",
    texts: ["no space left on device"],
    meaning: "The agent cannot write its logs and channels, and sessions hang or stay blank.",
    causes: [
      { why: "The root volume is full, and nothing watches it.", rules: ["root-volume-unwatched"] },
      { why: "Logs of long sessions fill it.", entries: ["node-unresponsive"] },
    ],
    sources: [TROUBLESHOOTING, "https://github.com/aws/amazon-ssm-agent/issues/170"],
  },
  {
    id: "domain-controller",
    title: "The host is a domain controller",
    texts: ["Instance is running active directory domain controller service"],
    meaning: "On a Windows domain controller the agent does not create ssm-user by itself.",
    causes: [
      {
        why: "ssm-user is missing.",
        fix: "Create the user ssm-user in the domain by hand, or open sessions on another host.",
      },
    ],
    sources: [guide("session-manager-prerequisites"), AGENT_SOURCE],
  },
];
