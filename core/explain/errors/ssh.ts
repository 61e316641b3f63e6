import { type ErrorEntry, guide } from "../error-entry";

const SSH = guide("session-manager-getting-started-enable-ssh-connections");
const CONNECTING = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/TroubleshootingInstancesConnecting.html";

/** What ssh, scp and what builds on them (VS Code, Ansible) say over Session Manager. */
export const sshErrors: readonly ErrorEntry[] = [
  {
    id: "ssh-connection-closed",
    title: "ssh over Session Manager: connection closed",
    texts: [
      "kex_exchange_identification: Connection closed by remote host",
      "ssh_exchange_identification: Connection closed by remote host",
      "Connection closed by UNKNOWN port 65535",
      "banner exchange: Connection to UNKNOWN port",
      "The process tried to write to a nonexistent pipe",
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
    id: "ssh-stream-garbled",
    title: "ssh over Session Manager: the connection is corrupted",
    texts: [
      "Bad packet length",
      "Connection to UNKNOWN port 65535: Connection corrupted",
      "banner line contains invalid characters",
    ],
    meaning: "Something else than the session's bytes reached ssh through the ProxyCommand.",
    causes: [
      {
        why: "A script in the ProxyCommand, or a profile that its shell reads, prints text to standard output.",
        fix: "Send such text to standard error (>&2), and the output of other commands to /dev/null.",
      },
      {
        why: "On Windows: PowerShell runs the ProxyCommand, and its profile prints something.",
        fix: "Add -NoProfile to powershell.exe, or run aws.exe itself.",
      },
      { why: "The plugin is out of date.", checks: ["plugin-outdated"] },
    ],
    sources: [
      "https://github.com/elpy1/ssh-over-ssm/issues/13",
      "https://github.com/aws/session-manager-plugin/issues/116",
    ],
  },
  {
    id: "ssh-key-refused",
    title: "ssh: Permission denied (publickey)",
    texts: ["Permission denied (publickey", "Too many authentication failures"],
    meaning:
      "Session Manager carried the connection to the host; sshd does not take the key. IAM opens the way and stands in for no ssh key.",
    causes: [
      {
        why: "The user of the host is another one: ec2-user, ubuntu, admin … by image.",
        fix: "Give it: ssh <user>@<instance id>, or User in the configuration of ssh.",
      },
      {
        why: "The public key is not among the user's authorized_keys, or another private key is offered.",
        fix: "Give the right one with -i, or put yours there for a minute: aws ec2-instance-connect send-ssh-public-key",
      },
      {
        why: "No ssh is needed: a plain session asks for no key.",
        fix: "aws ssm start-session --target <instance id>",
      },
    ],
    sources: [SSH, CONNECTING, "https://github.com/microsoft/vscode-remote-release/issues/5050"],
  },
  {
    id: "ssh-key-unprotected",
    title: "ssh: unprotected private key file",
    texts: ["UNPROTECTED PRIVATE KEY FILE", "This private key will be ignored", "<key file> are too open"],
    meaning:
      "ssh does not use a private key that others on the workstation can read. The host has nothing to do with it.",
    causes: [
      {
        why: "The file can be read by others.",
        fix: "chmod 600 <key file>; on Windows: icacls <key file> /inheritance:r /grant:r %USERNAME%:R",
      },
    ],
    sources: [CONNECTING],
  },
  {
    id: "ssh-host-key-changed",
    title: "ssh: the host's key has changed",
    texts: ["REMOTE HOST IDENTIFICATION HAS CHANGED", "Host key verification failed"],
    meaning: "ssh knows another key for this name: the host was replaced, or the name now means another one.",
    causes: [
      {
        why: "A name of your own (Host web) leads to a new instance.",
        fix: "ssh-keygen -R <name>, after you have made sure that the instance is the new one.",
      },
      {
        why: "localhost and a forwarded port lead to another host than the last time.",
        fix: "Set HostKeyAlias to the instance id.",
      },
    ],
    sources: [CONNECTING, "https://man.openbsd.org/ssh_config"],
  },
  {
    id: "ssh-forwarding-refused",
    title: "ssh: forwarding is prohibited on the host",
    texts: ["open failed: administratively prohibited"],
    meaning: "The ssh connection stands, and sshd of the host forwards nothing, which VS Code and ssh -L need.",
    causes: [
      {
        why: "AllowTcpForwarding is off in the host's sshd_config, as hardened images have it.",
        fix: "Turn it on, or forward without ssh: aws ssm start-session --document-name AWS-StartPortForwardingSession",
      },
    ],
    sources: ["https://github.com/aws/aws-toolkit-vscode/issues/7061", "https://man.openbsd.org/sshd_config"],
  },
];
