import { CLI_SOURCE, type ErrorEntry, guide, PLUGIN_SOURCE, TROUBLESHOOTING } from "../error-entry";

const INSTALL = guide("session-manager-working-with-install-plugin");
const CONFIGURE = "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html";
const ENVIRONMENT = "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html";
const SSH = guide("session-manager-getting-started-enable-ssh-connections");

/** What goes wrong before the host is asked: plugin, AWS CLI, ssh. */
export const workstationErrors: readonly ErrorEntry[] = [
  {
    id: "plugin-not-found",
    title: "SessionManagerPlugin is not found",
    texts: [
      "SessionManagerPlugin is not found",
      "Session Manager plugin not found",
      "session-manager-plugin: command not found",
      "session-manager-plugin: not found",
      "'session-manager-plugin' is not recognized as",
      "No such file or directory: 'session-manager-plugin'",
      'exec: "session-manager-plugin": executable file not found',
      "The term 'session-manager-plugin' is not recognized",
    ],
    meaning:
      "The AWS CLI hands the session to a program called session-manager-plugin, and found none in the folders of PATH.",
    causes: [
      { why: "The plugin is not installed; it does not come with the AWS CLI.", checks: ["plugin-missing"] },
      { why: "It is installed in a folder outside PATH, as happens on Windows.", checks: ["plugin-not-on-path"] },
      {
        why: "PATH was changed, and this prompt or editor still has the old one.",
        fix: "Open a new prompt, or restart the editor.",
      },
      { why: "A folder of PATH cannot be read.", checks: ["path-unreadable"] },
    ],
    sources: [TROUBLESHOOTING, INSTALL, CLI_SOURCE],
  },
  {
    id: "plugin-cannot-run",
    title: "The Session Manager plugin does not run on this machine",
    texts: [
      "Bad CPU type in executable",
      "session-manager-plugin <…> Exec format error",
      "Exec format error: 'session-manager-plugin'",
      "cannot execute binary file",
      "is not a valid Win32 application",
      "is not compatible with the version of Windows you're running",
    ],
    meaning: "There is a plugin, but for another processor or operating system.",
    causes: [{ why: "The package for another architecture was installed.", checks: ["plugin-broken"] }],
    sources: ["https://github.com/aws/copilot-cli/issues/4891", INSTALL],
  },
  {
    id: "plugin-too-old",
    title: "The Session Manager plugin is too old",
    texts: ["Please update session manager plugin version (minimum required version"],
    meaning: "The agent asks for something that this version of the plugin cannot do.",
    causes: [{ why: "The plugin is older than AWS supports.", checks: ["plugin-outdated"] }],
    sources: [guide("plugin-version-history"), PLUGIN_SOURCE],
  },
  {
    id: "cli-too-old",
    title: "The AWS CLI is too old for the plugin",
    texts: [
      "aws: error: argument operation: Invalid choice <…> start-session",
      "Installed version of CLI does not support Session Manager encryption feature",
    ],
    meaning: "This AWS CLI does not know start-session, or does not tell the plugin what encrypted sessions need.",
    causes: [{ why: "The AWS CLI is older than the plugin asks for.", checks: ["cli-outdated"] }],
    sources: [INSTALL, PLUGIN_SOURCE],
  },
  {
    id: "plugin-unresponsive",
    title: "The Session Manager plugin becomes unresponsive",
    texts: [
      "Session Manager plugin becomes unresponsive",
      "plugin unresponsive",
      "port forwarding session hangs",
      "port forwarding stops",
    ],
    meaning: "Traffic of a port forwarding session stops although the session stays open.",
    causes: [
      {
        why: "Antivirus software on the workstation holds the plugin up.",
        fix: "Exclude the folder of the plugin from the scan; ssm-preflight doctor names it.",
        checks: ["plugin-missing"],
      },
      { why: "An old plugin, which had faults of this kind.", checks: ["plugin-outdated"] },
    ],
    sources: [TROUBLESHOOTING, guide("plugin-version-history")],
  },
  {
    id: "region-not-set",
    title: "The AWS CLI has no region",
    texts: ["You must specify a region"],
    meaning:
      "Neither --region, the environment nor the profile names a region, so the AWS CLI cannot tell whom to ask.",
    causes: [
      { why: "The profile in use has no region.", checks: ["region-missing"] },
      {
        why: "AWS_REGION is set, but version 1 of the AWS CLI reads only AWS_DEFAULT_REGION.",
        checks: ["region-missing"],
      },
    ],
    sources: [ENVIRONMENT, CONFIGURE],
  },
  {
    id: "profile-not-found",
    title: "The config profile could not be found",
    texts: ["The config profile (<profile>) could not be found"],
    meaning: "--profile, AWS_PROFILE or AWS_DEFAULT_PROFILE names a profile that the configuration files do not have.",
    causes: [{ why: "The name is misspelt, or the files are elsewhere.", checks: ["profile-missing"] }],
    sources: [CONFIGURE],
  },
  {
    id: "credentials-expired",
    title: "The credentials are missing, wrong or expired",
    texts: [
      "Unable to locate credentials",
      "ExpiredTokenException",
      "ExpiredToken",
      "The security token included in the request is expired",
      "The security token included in the request is invalid",
      "UnrecognizedClientException",
      "The SSO session associated with this profile has expired or is otherwise invalid",
      "Error loading SSO Token",
      "Error when retrieving token from sso",
    ],
    meaning: "The request was refused, or not sent, for lack of valid credentials; the host was not asked.",
    causes: [
      { why: "The sign-in with IAM Identity Center has run out.", fix: "aws sso login --profile <profile>" },
      { why: "Another profile is in use than you think.", checks: ["profile-missing"] },
      {
        why: "Old keys in the environment (AWS_ACCESS_KEY_ID, AWS_SESSION_TOKEN) come before the profile.",
        checks: ["account-mismatch"],
        fix: "Unset them, or give --profile.",
      },
    ],
    sources: [ENVIRONMENT],
  },
  {
    id: "service-not-reached",
    title: "The workstation cannot reach Systems Manager",
    texts: ["Could not connect to the endpoint URL", "Connect timeout on endpoint URL", "failed to dial websocket"],
    meaning: "No connection from the workstation to the address of the service.",
    causes: [
      {
        why: "The region is misspelt, so that there is no such address.",
        checks: ["region-missing", "region-mismatch"],
      },
      {
        why: "A proxy or firewall lets only some addresses through; sessions need wss to ssmmessages.<region>.amazonaws.com as well.",
        fix: "Set HTTPS_PROXY, and let ssm and ssmmessages of the region through.",
      },
    ],
    sources: [guide("session-manager-prerequisites"), PLUGIN_SOURCE],
  },
  {
    id: "ssh-connection-closed",
    title: "ssh over Session Manager: connection closed",
    texts: [
      "kex_exchange_identification: Connection closed by remote host",
      "ssh_exchange_identification: Connection closed by remote host",
      "Connection closed by UNKNOWN port 65535",
      "banner exchange: Connection to UNKNOWN port",
    ],
    meaning:
      "The ProxyCommand ended before ssh had a connection. The reason stands in the lines above, from the AWS CLI.",
    causes: [
      {
        why: "The ProxyCommand is not as AWS describes it, or its program is missing.",
        checks: ["ssh-proxy-wrong", "ssh-missing"],
      },
      {
        why: "The plugin or the AWS CLI is missing from the PATH that ssh has.",
        checks: ["plugin-not-on-path", "cli-missing"],
      },
      {
        why: "Region or profile of the ProxyCommand are not the host's.",
        checks: ["region-mismatch", "account-mismatch"],
      },
      { why: "The user may not use AWS-StartSSHSession.", entries: ["start-session-denied"] },
      { why: "The agent is older than 3.0.222.0, or sshd does not run on the host.", rules: ["agent-outdated"] },
    ],
    sources: [SSH, guide("session-manager-prerequisites")],
  },
  {
    id: "ssh-host-unresolved",
    title: "ssh does not know the instance id as a host",
    texts: ["Could not resolve hostname i-<…>", "Could not resolve hostname mi-<…>"],
    meaning: "ssh took the id for a DNS name: no ProxyCommand of its configuration matches i-* or mi-*.",
    causes: [{ why: "The configuration of ssh lacks the block for Session Manager.", checks: ["ssh-proxy-wrong"] }],
    sources: [SSH],
  },
  {
    id: "destination-port-refused",
    title: "Port forwarding: the host refuses the port",
    texts: ["Connection to destination port failed", "Unable to open tcp connection to port"],
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
];
