import { CLI_SOURCE, type ErrorEntry, guide, PLUGIN_SOURCE, TROUBLESHOOTING } from "../error-entry";

const TROUBLE_WITH_CLI = "https://docs.aws.amazon.com/cli/latest/userguide/cli-chap-troubleshooting.html";
const INSTALL = guide("session-manager-working-with-install-plugin");
const CONFIGURE = "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html";
const ENVIRONMENT = "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html";

/** What goes wrong before the host is asked: plugin and AWS CLI. */
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
      "session-manager-plugin cannot be opened because",
    ],
    meaning: "There is a plugin, and the operating system does not run it.",
    causes: [
      { why: "The package for another architecture was installed.", checks: ["plugin-broken"] },
      {
        why: "macOS holds back a download that is not signed (message: the developer cannot be verified).",
        fix: "Install the signed package of AWS, or: xattr -d com.apple.quarantine <path of session-manager-plugin>",
      },
    ],
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
    texts: [
      "Could not connect to the endpoint URL",
      "Connect timeout on endpoint URL",
      "failed to dial websocket",
      "websocket: bad handshake",
      "Cannot perform start session: dial tcp",
      "Cannot perform start session: dial tcp: lookup <service>.<region>.amazonaws.com <…> no such host",
      "Cannot perform start session: dial tcp <address>:443: i/o timeout",
    ],
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
    id: "certificate-not-trusted",
    title: "The certificate of the service is not trusted",
    texts: [
      "SSL validation failed for",
      "certificate verify failed",
      "x509: certificate signed by unknown authority",
      "unable to get local issuer certificate",
    ],
    meaning:
      "Something between here and AWS, as a rule a proxy that looks into TLS, answers with a certificate of its own.",
    causes: [
      {
        why: "The AWS CLI says so: it does not know the authority of the proxy.",
        fix: "Name the authority's certificate with AWS_CA_BUNDLE or ca_bundle, or let ssm and ssmmessages pass the proxy unopened.",
      },
      {
        why: "The agent says so in its log: the host does not know the authority.",
        fix: "Add the authority to the trusted ones of the host and restart the agent, or let ssm, ssmmessages and ec2messages pass unopened.",
      },
    ],
    sources: [ENVIRONMENT, TROUBLE_WITH_CLI, guide("configure-proxy-ssm-agent")],
  },
  {
    id: "clock-wrong",
    title: "The clock is wrong",
    texts: ["Signature expired", "Signature not yet current", "InvalidSignatureException", "RequestTimeTooSkewed"],
    meaning: "Requests to AWS carry the time, and one more than a few minutes off is refused.",
    causes: [
      { why: "The clock of this workstation is wrong.", fix: "Turn on the setting of the time from the network." },
      {
        why: "The message stands in the agent's log: the clock of the host is wrong.",
        fix: "Let the host set its clock by the Amazon Time Sync Service, 169.254.169.123.",
      },
    ],
    sources: [TROUBLE_WITH_CLI, "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/set-time.html"],
  },
  {
    id: "parameters-refused",
    title: "The parameters of the session are refused",
    texts: [
      "(InvalidParameters) when calling the StartSession operation",
      "Error parsing parameter '--parameters'",
      "Invalid JSON <…> --parameters",
    ],
    meaning: "What was given with --parameters cannot be read, or does not fit the session document.",
    causes: [
      {
        why: "The shell took the quotation marks away, as cmd.exe and PowerShell do.",
        fix: "Write it without JSON: --parameters portNumber=5432,localPortNumber=15432,host=db.example.com",
      },
      {
        why: "A name is not one of the document's parameters, or a value is empty.",
        fix: "aws ssm get-document --name <document>",
      },
    ],
    sources: [
      "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartSession.html",
      "https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-quoting-strings.html",
    ],
  },
];
