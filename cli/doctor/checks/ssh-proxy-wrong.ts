import { listed } from "../../../core/diagnosis/wording";
import { type Check, type Outcome, ok, problem, unknown } from "../check";
import { findOnPath, paths } from "../programs";
import type { ReportHost } from "../report-hosts";
import { hostsOverSessionManager, opensSession, proxyFor, type SshProxy } from "../ssh-config";
import type { Workstation } from "../workstation";

export const SSH_PAGE =
  "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-getting-started-enable-ssh-connections.html";

/** An id of an instance and of a registered machine, as `ssh` is given them. */
export const SSH_TARGETS = ["i-0123456789abcdef0", "mi-0123456789abcdef0"] as const;

const DOCUMENT = "AWS-StartSSHSession";

export const sshProxyWrong: Check = {
  id: "ssh-proxy-wrong",
  title: "ProxyCommand of ssh does not open a session as it should",
  why: "OpenSSH reaches a host over Session Manager by a ProxyCommand that runs aws ssm start-session with the document AWS-StartSSHSession, the host (%h) as target and the port (%p).",
  reference: SSH_PAGE,
  run: (survey) => {
    const config = survey.ssh();
    if (config.unreadable.length > 0) return unknown(`${config.unreadable.join(", ")} cannot be read`);
    const proxies = SSH_TARGETS.map((host) => proxyFor(config, host));
    const [instance, machine] = proxies;
    const single = hostsOverSessionManager(config);
    if (instance === undefined)
      return single.length > 0 ? ok(`for ${single.join(", ")}`) : notSetUp(survey.workstation);
    const judged = judge(survey.workstation, instance, single);
    if (judged.status !== "ok") return judged;
    const { note } = judged;
    return elsewhere(instance, survey.hosts) ?? ok(machine === undefined ? `${note}; mi-* is not covered` : note);
  },
};

/** No problem: sessions of the AWS CLI do without. */
const notSetUp = ({ platform }: Workstation): Outcome =>
  ok(
    `not set up; needed only for ssh and scp over Session Manager: Host i-* mi-* with ProxyCommand ${wanted(platform)}`,
  );

/** As AWS's page has it for each system. */
function wanted(platform: Workstation["platform"]): string {
  const session = `aws ssm start-session --target %h --document-name ${DOCUMENT} --parameters`;
  return platform === "win32"
    ? `C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe "${session} portNumber=%p"`
    : `sh -c "${session} 'portNumber=%p'"`;
}

function judge(workstation: Workstation, proxy: SshProxy, single: readonly string[]): Outcome {
  const { command, keyword, line } = proxy;
  const at = `${line.file}:${line.line}`;
  const rewrite = `Write: ProxyCommand ${wanted(workstation.platform)}`;
  if (!opensSession(command)) {
    const later = single.some((pattern) => /^m?i-\*?/.test(pattern));
    if (later) {
      const earlier = `${keyword === "proxyjump" ? "ProxyJump" : "ProxyCommand"} ${command}`;
      return problem(
        `${at}: ${earlier} comes before the one for Session Manager, and ssh takes the first`,
        "Move the block for i-* mi-* above it.",
      );
    }
    return unknown(`${at}: '${command}' is a way of its own, which the doctor cannot judge`);
  }
  const mistake = mistakeOf(command);
  if (mistake !== undefined) return problem(`${at}: ${mistake}`, rewrite);
  const program = /^"([^"]+)"|^(\S+)/.exec(command.replace(/^exec\s+/, ""));
  const name = program?.[1] ?? program?.[2] ?? "";
  if (!isThere(workstation, name)) return problem(`${at}: there is no program ${name}`, rewrite);
  return ok(at);
}

/** A region in the command comes before that of the profile. */
function elsewhere({ command, line }: SshProxy, hosts: readonly ReportHost[] = []): Outcome | undefined {
  const region = /--region[\s=]+["']?([a-z]+(?:-[a-z]+)+-\d+)/.exec(command)?.[1];
  const regions = [...new Set(hosts.flatMap((host) => host.region ?? []))].sort();
  if (region === undefined || regions.length === 0 || regions.includes(region)) return undefined;
  return problem(
    `${line.file}:${line.line}: the command asks ${region}, and every host of the report is in ${listed(regions, "or")}`,
    `Write: --region ${regions[0]}`,
  );
}

function mistakeOf(command: string): string | undefined {
  if (!command.includes("%h") && !/--target[\s=]+["']?m?i-/.test(command)) return "--target %h is missing";
  const document = /--document-name[\s=]+["']?([\w./:-]+)/.exec(command)?.[1];
  if (document === undefined)
    return `--document-name ${DOCUMENT} is missing; the session would be a shell, not a connection`;
  const ofAws = document.startsWith("AWS-");
  if (ofAws && document !== DOCUMENT) return `${document} is not the document for ssh, which is ${DOCUMENT}`;
  return ofAws && !/portNumber/.test(command) ? "--parameters portNumber=%p is missing" : undefined;
}

function isThere(workstation: Workstation, name: string): boolean {
  const path = paths(workstation);
  if (path.isAbsolute(name)) return workstation.probe(name) === "program";
  const bare = workstation.platform === "win32" ? name.replace(/\.(?:exe|cmd|bat|com)$/i, "") : name;
  return findOnPath(workstation, bare) !== undefined;
}
