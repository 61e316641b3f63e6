import { type ErrorEntry, guide, PLUGIN_SOURCE } from "../error-entry";

/** What ends a session that had begun, or keeps forwarded ports from working. */
export const sessionErrors: readonly ErrorEntry[] = [
  {
    id: "no-terminal",
    title: "Cannot perform start session: EOF",
    texts: ["Cannot perform start session: EOF"],
    meaning: "The session was open, and the plugin found the end of its standard input: it is made for a terminal.",
    causes: [
      {
        why: "The command runs in a script, a CI job or cron, where there is no terminal.",
        fix: "Give it one with unbuffer (package expect) or script -qec '<command>' /dev/null; to run a command use AWS-RunShellScript instead.",
      },
      {
        why: "Standard input is closed or redirected (< /dev/null) while a port is forwarded.",
        fix: "Keep it open: sleep infinity | aws ssm start-session …",
      },
      { why: "A proxy or VPN cut the connection.", entries: ["service-not-reached", "connection-dropped"] },
    ],
    sources: ["https://github.com/aws/amazon-ssm-agent/issues/354"],
  },
  {
    id: "local-port-taken",
    title: "Port forwarding: the local port cannot be used",
    texts: [
      "bind: address already in use",
      "bind [<address>]:<port>: Address already in use",
      "bind: An attempt was made to access a socket in a way forbidden by its access permissions",
      "listen unix <path> bind: invalid argument",
    ],
    meaning: "The session is there; the plugin cannot listen on this workstation.",
    causes: [
      {
        why: "Another program, often an earlier session, listens on the port.",
        fix: "Take another localPortNumber, or end the one that ss -tlnp (Windows: netstat -ano) names.",
      },
      {
        why: "Ports below 1024, and ranges that Windows reserves, are not for everybody.",
        fix: "Take one above 1024.",
      },
      {
        why: "The message says 'listen unix': no localPortNumber was given, or the path of the temporary folder is too long for a socket.",
        fix: "Give localPortNumber, and set TMPDIR=/tmp.",
      },
    ],
    sources: [
      "https://github.com/aws/session-manager-plugin/issues/141",
      "https://github.com/aws/session-manager-plugin/issues/81",
    ],
  },
  {
    id: "destination-port-refused",
    title: "Port forwarding: the host refuses the port",
    texts: [
      "Connection to destination port failed",
      "Unable to open tcp connection to port",
      "Unable to dial connection to server: dial tcp <address> connection refused",
      "open failed: connect failed: Connection refused",
    ],
    meaning: "The session works; nothing on the host listens on the port that is forwarded to.",
    causes: [
      {
        why: "The service on the host (sshd, RDP, a database) does not run, or listens on another port or address.",
        fix: "Look with: ss -tln",
      },
      {
        why: "With a remote host: that host's security group does not let the instance in.",
        fix: "Allow the port from the security group of the instance.",
      },
    ],
    sources: [guide("session-manager-working-with-sessions-start"), PLUGIN_SOURCE],
  },
  {
    id: "data-channel-failed",
    title: "Setting up the data channel failed",
    texts: ["Setting up data channel with id <session id> failed", "failed to create websocket for datachannel"],
    vague: true,
    meaning: "The agent was told of the session and could not open its channel; the rest of the message says why.",
    causes: [
      { why: "The role of the host lacks ssmmessages:CreateDataChannel.", rules: ["ssm-permissions-missing"] },
      {
        why: "The endpoint for ssmmessages does not let the host through.",
        rules: ["endpoint-unreachable", "ssmmessages-endpoint-missing"],
      },
      { why: "The agent is out of date.", rules: ["agent-outdated", "agent-auto-update-missing"] },
    ],
    sources: [
      "https://github.com/aws/amazon-ssm-agent/issues/272",
      "https://github.com/aws/amazon-ssm-agent/issues/193",
    ],
  },
  {
    id: "connection-dropped",
    title: "The connection of the session or of the agent was dropped",
    texts: [
      "websocket: close 1006 (abnormal closure): unexpected EOF",
      "Reach the retry limit <number> for receive messages",
    ],
    meaning:
      "A websocket ended without a word. The agent connects again by itself, so that single lines in its log are harmless; a session may end.",
    causes: [
      {
        why: "A firewall, VPN or proxy on the way drops connections that are idle for some minutes.",
        fix: "Let it keep connections to ssmmessages.<region>.amazonaws.com for longer.",
      },
      { why: "The plugin is out of date.", checks: ["plugin-outdated"] },
      {
        why: "Long port forwarding: the service closes connections now and then, and the user may not resume.",
        rules: ["start-session-permission-missing"],
        fix: "Allow ssm:ResumeSession on arn:aws:ssm:*:*:session/${aws:userid}-*.",
      },
    ],
    sources: [
      "https://github.com/aws/amazon-ssm-agent/issues/256",
      "https://github.com/aws/amazon-ssm-agent/issues/496",
      "https://github.com/aws/session-manager-plugin/issues/135",
    ],
  },
  {
    id: "ecs-exec-not-connected",
    title: "ECS Exec: the container is not connected",
    texts: [
      "An error occurred (TargetNotConnectedException) when calling the ExecuteCommand operation",
      "TargetNotConnectedException",
      "execute command was not enabled when the task was run or the execute command agent isn't running",
      "ecs:<task> is not connected",
      "An error occurred (TargetNotConnected) when calling the StartSession operation: ecs:<task> is not connected",
    ],
    meaning:
      "This is ECS Exec, which opens sessions to containers with an agent that ECS puts into them. Hosts and their instance profiles have nothing to do with it, and ssm-preflight does not judge it.",
    causes: [
      {
        why: "The task was started before enableExecuteCommand was turned on.",
        fix: "aws ecs update-service --enable-execute-command --force-new-deployment",
      },
      {
        why: "The task role, not the execution role, lacks the four ssmmessages actions.",
        fix: "Allow ssmmessages:CreateControlChannel, CreateDataChannel, OpenControlChannel and OpenDataChannel for the task role.",
      },
      {
        why: "The subnets of the task have no way out and no endpoint for ssmmessages.",
        fix: "Add an interface endpoint for com.amazonaws.<region>.ssmmessages.",
      },
      {
        why: "The container has a read-only root file system, or AWS_ACCESS_KEY_ID in its environment.",
        fix: "Turn readonlyRootFilesystem off; unset the keys.",
      },
    ],
    sources: [
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec-troubleshooting.html",
      "https://github.com/aws/amazon-ssm-agent/issues/540",
    ],
  },
];
