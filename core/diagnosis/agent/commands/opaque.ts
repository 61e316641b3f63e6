import { isHole } from "../script/marks";
import { byName } from "./by-name";
import type { Invocation } from "./effect";
import type { KnownFile } from "./known-files";

interface Heuristic {
  readonly pattern: RegExp;
  readonly reason: string;
}

/**
 * Scripts from elsewhere that are known to install one product and leave the SSM agent alone, by the address they are
 * fetched from or the path they are run by. What is not in this table and is out of sight may install the agent.
 */
const LEAVES_AGENT_ALONE: readonly Heuristic[] = [
  { pattern: /(^|\/)[Cc]onfigure$/, reason: "prepares to compile a program" },
  {
    pattern: /\/\/bootstrap\.pypa\.io\/|(^|\/)get-pip\.py$|^(?!.*:\/\/).*\bsetup\.py$/,
    reason: "installs Python packages",
  },
  { pattern: /aws-cfn-bootstrap|\/cloudformation-examples\//, reason: "the CloudFormation helper scripts" },
  {
    pattern: /amazon-?cloudwatch-?agent|awslogs-agent-setup\.py/,
    reason: "installs or configures the CloudWatch agent",
  },
  {
    pattern: /aws-codedeploy-[^/]+\/|aws-codedeploy-[^/]*\.s3[^/]*\/latest\/install/,
    reason: "installs the CodeDeploy agent",
  },
  {
    pattern: /awscli\.amazonaws\.com|(^|\/)aws\/install$|(^|\/)awscli-bundle\/install$/,
    reason: "installs the AWS command line",
  },
  {
    pattern: /inspector-agent[^/]*\.amazonaws\.com|aws-xray-assets|amazon-ec2-instance-connect/,
    reason: "installs another AWS agent",
  },
  { pattern: /\/\/get\.docker\.com|\/\/download\.docker\.com|docker\/compose\/releases/, reason: "installs Docker" },
  {
    pattern: /\/\/(deb|rpm)\.nodesource\.com|\/nvm-sh\/nvm\/|\/\/bun\.sh\/|\/\/deno\.land\//,
    reason: "installs a JavaScript runtime",
  },
  {
    pattern: /\/\/sh\.rustup\.rs|\/\/astral\.sh\/|\/\/install\.python-poetry\.org|\/\/pyenv\.run/,
    reason: "installs a language's tools",
  },
  { pattern: /\/\/get\.sdkman\.io|\/\/get\.rvm\.io|\/\/getcomposer\.org/, reason: "installs a language's tools" },
  {
    pattern: /\/\/get\.(k3s|rke2)\.io|\/helm\/helm\/|\/\/dl\.k8s\.io|\/\/get\.helm\.sh/,
    reason: "installs Kubernetes tools",
  },
  {
    pattern: /\/\/packagecloud\.io\/|\/\/packages\.gitlab\.com\/|\/webmin\/webmin\//,
    reason: "adds a package repository",
  },
  {
    pattern: /\/\/[^/]*(datadoghq|newrelic|dynatrace|sumologic|splunk|grafana|wazuh|elastic)\.(com|co|eu)\//,
    reason: "installs a monitoring agent",
  },
  { pattern: /\/\/(www\.)?tailscale\.com\/|\/\/pkg\.cloudflare\.com\//, reason: "installs a network tool" },
  {
    pattern:
      /\/\/[^/]*(hashicorp|ollama|chocolatey|nvidia)\.(com|org)\/|ec2-(linux|windows)-nvidia-drivers|nvidia-gaming/,
    reason: "installs one product",
  },
  {
    pattern: /(^|\/)\.?(bashrc|bash_profile|profile|zshrc|nvm\.sh|cargo\/env|scripts\/rvm)$|\/bin\/activate$/,
    reason: "sets up a shell",
  },
  {
    pattern: /^\/etc\/eks\/bootstrap\.sh$|Start-EKSBootstrap\.ps1|InitializeInstance\.ps1|SendWindowsIsReady/i,
    reason: "comes with an AWS image",
  },
];

/** Programs that fetch their instructions from a server or a file that is not followed. */
const CONFIGURATION_MANAGERS = byName({
  "ansible-pull": "an Ansible playbook",
  "ansible-playbook": "an Ansible playbook",
  "chef-client": "a Chef recipe",
  "chef-solo": "a Chef recipe",
  "cinc-client": "a Chef recipe",
  puppet: "a Puppet manifest",
  "salt-call": "a Salt state",
  "start-dscconfiguration": "a DSC configuration",
  "nixos-rebuild": "a NixOS configuration",
});

/** Folders whose programs come with the image or a package, not from the script. */
const SYSTEM_FOLDER =
  /^(\/usr\/|\/bin\/|\/sbin\/|\/lib|\/etc\/|\/opt\/aws\/|\/snap\/|[A-Za-z]:\\(Windows|Program Files|ProgramData\\Amazon)|%\w+%|\$env:(windir|systemroot|programfiles))/i;
const SCRIPT_FILE = /\.(sh|bash|py|pl|rb|ps1|bat|cmd|run)$/i;

/** Completes "…, which may install the agent"; undefined where the program surely leaves the agent alone. */
export function configurationManager(invocation: Invocation): string | undefined {
  const what = CONFIGURATION_MANAGERS.get(invocation.program);
  return what === undefined ? undefined : `it runs ${what} that is out of sight`;
}

/** A program or script file that is run and whose content is not known. */
export function opaqueFile(path: string, file: KnownFile | undefined): string | undefined {
  const source = file?.fetchedFrom;
  if (source !== undefined) return opaqueSource(source);
  if (leavesAgentAlone(path)) return undefined;
  if (isHole(path)) return "it runs something whose name is not known";
  if (SYSTEM_FOLDER.test(path)) return undefined;
  const isRelative = /^\.{1,2}[/\\]/.test(path);
  const isElsewhere = /^(\/tmp|\/var\/tmp|\/home|\/root|\/mnt|\/srv|\/data|~)\//.test(path);
  return isRelative || isElsewhere || SCRIPT_FILE.test(path)
    ? `it runs ${path}, whose content is out of sight`
    : undefined;
}

/** A script that is run straight from where it is fetched. */
export function opaqueSource(source: string): string | undefined {
  if (leavesAgentAlone(source)) return undefined;
  return `it runs a script from ${source}, which is out of sight`;
}

const leavesAgentAlone = (text: string): boolean =>
  LEAVES_AGENT_ALONE.some((heuristic) => heuristic.pattern.test(text));
