import { BARE, type Outcome, outcome, SHIPPED } from "./outcome";

const RPM = "https://s3.amazonaws.com/ec2-downloads-windows/SSMAgent/latest/linux_amd64/amazon-ssm-agent.rpm";
const DEB = "https://s3.«AWS::Region».amazonaws.com/amazon-ssm-«AWS::Region»/latest/debian_amd64/amazon-ssm-agent.deb";

/** What becomes of the agent on an image without it, and on one that ships it. */
type Case = readonly [name: string, script: string, bare: Outcome, shipped: Outcome];

const installs: readonly Case[] = [
  ["yum with the address", `yum install -y ${RPM}`, "agent", "agent"],
  ["sudo dnf with the address", `sudo dnf install -q -y ${RPM}`, "agent", "agent"],
  ["yum by name", "yum install -y httpd amazon-ssm-agent", "agent", "agent"],
  ["yum -y before the verb", "yum -y install amazon-ssm-agent.x86_64", "agent", "agent"],
  ["rpm -Uvh with the address", `rpm -Uvh ${RPM}`, "agent", "agent"],
  ["rpm --install", `rpm --install ${RPM}`, "agent", "agent"],
  ["wget and dpkg -i", `mkdir /tmp/ssm\ncd /tmp/ssm\nwget ${DEB}\nsudo dpkg -i amazon-ssm-agent.deb`, "agent", "agent"],
  ["wget under another name and dpkg", `wget -q -O /tmp/agent.deb ${DEB} && dpkg -i /tmp/agent.deb`, "agent", "agent"],
  ["curl under another name and rpm", `curl -fsSLo /tmp/x.rpm ${RPM}; rpm -i /tmp/x.rpm`, "agent", "agent"],
  ["curl with a redirection", `curl -s ${RPM} > /tmp/x.rpm && yum localinstall -y /tmp/x.rpm`, "agent", "agent"],
  ["a file pattern", `cd /tmp; curl -O ${DEB}; apt-get install -y ./amazon-*.deb`, "agent", "agent"],
  ["the address in a variable", `URL="${RPM}"\nyum install -y "$URL"`, "agent", "agent"],
  ["the name in a list of packages", 'PKGS="git amazon-ssm-agent jq"\nyum install -y $PKGS', "agent", "agent"],
  ["an array of packages", 'PKGS=(git amazon-ssm-agent)\nyum install -y "${PKGS[@]}"', "agent", "agent"],
  ["a loop over packages", "for p in git amazon-ssm-agent; do yum install -y $p; done", "agent", "agent"],
  [
    "snap",
    "apt-get install -y snapd\nsnap install amazon-ssm-agent --classic\nsnap start amazon-ssm-agent",
    "agent",
    "agent",
  ],
  ["zypper", "zypper --non-interactive install amazon-ssm-agent", "agent", "agent"],
  [
    "the setup command line",
    "curl -O https://amazon-ssm-us-east-1.s3.us-east-1.amazonaws.com/latest/linux_amd64/ssm-setup-cli\nchmod +x ssm-setup-cli\nsudo ./ssm-setup-cli -register",
    "agent",
    "agent",
  ],
  ["a function", `install_agent() {\n  yum install -y ${RPM}\n}\ninstall_agent`, "agent", "agent"],
  ["a function that is given the package", 'add() { yum install -y "$1"; }\nadd amazon-ssm-agent', "agent", "agent"],
  ["a function that is never called", `install_agent() { yum install -y ${RPM}; }`, "none", "agent"],
  [
    "a function that runs what it is given",
    'retry() { for i in 1 2 3; do "$@" && break; done; }\nretry yum install -y amazon-ssm-agent',
    "agent",
    "agent",
  ],
  ["a loop until it works", "until yum install -y amazon-ssm-agent; do sleep 5; done", "agent", "agent"],
  ["timeout and sudo", "sudo -E timeout 300 yum install -y amazon-ssm-agent", "agent", "agent"],
  [
    "after &&",
    "yum update -y && yum install -y amazon-ssm-agent && systemctl start amazon-ssm-agent",
    "agent",
    "agent",
  ],
  ["a line continued", "yum install -y \\\n  git \\\n  amazon-ssm-agent", "agent", "agent"],
  ["a here-document run by bash", `bash <<'EOF'\nyum install -y ${RPM}\nEOF`, "agent", "agent"],
  [
    "a script written and run",
    `cat > /tmp/setup.sh <<'EOF'\n#!/bin/bash\nyum install -y ${RPM}\nEOF\nchmod +x /tmp/setup.sh\n/tmp/setup.sh`,
    "agent",
    "agent",
  ],
  [
    "a script written by tee and run by bash",
    `sudo tee /opt/setup.sh <<EOF\nyum install -y ${RPM}\nEOF\nbash /opt/setup.sh`,
    "agent",
    "agent",
  ],
  ["bash -c", "bash -lc 'yum install -y amazon-ssm-agent'", "agent", "agent"],
  ["a subshell with its output kept", `( yum install -y ${RPM} ) 2>&1 | tee /var/log/setup.log`, "agent", "agent"],
  [
    "output sent to the log first",
    `exec > >(tee /var/log/user-data.log|logger -t user-data -s 2>/dev/console) 2>&1\nyum install -y ${RPM}`,
    "agent",
    "agent",
  ],
  [
    "Fn::Sub holes around it",
    `echo «AWS::StackName»\nyum install -y ${RPM}\n/opt/aws/bin/cfn-signal -e $? --stack «AWS::StackName»`,
    "agent",
    "agent",
  ],
  [
    "macOS installer",
    "curl -o /tmp/a.pkg https://s3.us-east-1.amazonaws.com/amazon-ssm-us-east-1/latest/darwin_amd64/amazon-ssm-agent.pkg\nsudo installer -pkg /tmp/a.pkg -target /",
    "agent",
    "agent",
  ],
  [
    "apt by name, which no Debian or Ubuntu repository has",
    "apt-get update && apt-get install -y amazon-ssm-agent",
    "maybe",
    "agent",
  ],
  ["only a download", `yum install --downloadonly -y ${RPM}`, "none", "agent"],
  ["only a fetch", `wget ${DEB}`, "none", "agent"],
  [
    "another agent's package",
    "wget https://s3.amazonaws.com/amazoncloudwatch-agent/debian/amd64/latest/amazon-cloudwatch-agent.deb\ndpkg -i amazon-cloudwatch-agent.deb",
    "none",
    "agent",
  ],
  ["packages of unknown names", "yum install -y git «Packages»", "maybe", "agent"],
  [
    "a folder of packages that are not known",
    "aws s3 sync s3://bucket/rpms /tmp/rpms\nyum localinstall -y /tmp/rpms/*.rpm",
    "maybe",
    "agent",
  ],
  ["a file pattern that the agent does not fit", "dnf install -y ./nice-dcv-server-*.rpm", "none", "agent"],
  ["a script printed into bash", "echo 'yum install -y amazon-ssm-agent' | sudo bash", "agent", "agent"],
  ["a name handed on by xargs", "echo amazon-ssm-agent | xargs yum install -y", "agent", "agent"],
  ["names handed on by xargs from a file", "cat /opt/packages.txt | xargs yum install -y", "maybe", "agent"],
  ["names read from a file", "while read -r p; do yum install -y $p; done < /opt/packages.txt", "maybe", "agent"],
  ["a debug level, which is no download", `yum -d 0 -y install ${RPM}`, "agent", "agent"],
  ["a retry with its count", "retry 5 yum install -y amazon-ssm-agent", "agent", "agent"],
  ["a package of unknown version", "yum install -y httpd-«HttpdVersion»", "none", "agent"],
];

const noActions: readonly Case[] = [
  ["a comment", `# yum install -y ${RPM}`, "none", "agent"],
  ["a comment behind a command", "systemctl status sshd # systemctl stop amazon-ssm-agent", "none", "agent"],
  ["an echoed string", 'echo "systemctl disable --now amazon-ssm-agent"', "none", "agent"],
  ["an echoed line for a file", "echo 'yum remove -y amazon-ssm-agent' >> /root/notes.txt", "none", "agent"],
  [
    "a here-document for a file that is not run",
    `cat > /root/notes.txt <<EOF\nyum install -y ${RPM}\nEOF`,
    "none",
    "agent",
  ],
  ["a status query", "systemctl status amazon-ssm-agent", "none", "agent"],
  ["a package query", "rpm -qi amazon-ssm-agent", "none", "agent"],
  [
    "a start where nothing is installed",
    "systemctl enable amazon-ssm-agent\nsystemctl start amazon-ssm-agent",
    "none",
    "agent",
  ],
  ["an upgrade where nothing is installed", "yum update -y amazon-ssm-agent", "none", "agent"],
  ["the installer's file deleted", "rm -f /tmp/amazon-ssm-agent.deb", "none", "agent"],
  ["a service that only sounds alike", "systemctl stop amazon-cloudwatch-agent", "none", "agent"],
  ["an update that leaves the agent out", "yum update -y --exclude amazon-ssm-agent", "none", "agent"],
  ["its log shown", "tail /var/log/amazon/ssm/amazon-ssm-agent.log | grep ERROR", "none", "agent"],
  [
    "a command sent through Systems Manager",
    "aws ssm send-command --document-name AWS-UpdateSSMAgent --targets Key=tag:a,Values=b",
    "none",
    "agent",
  ],
];

const stops: readonly Case[] = [
  ["systemctl stop", "systemctl stop amazon-ssm-agent", "none", "none"],
  ["systemctl disable", "systemctl disable amazon-ssm-agent.service", "none", "none"],
  ["systemctl disable --now", "sudo systemctl disable --now amazon-ssm-agent", "none", "none"],
  ["systemctl mask", "systemctl mask amazon-ssm-agent", "none", "none"],
  ["the snap's unit", "systemctl disable --now snap.amazon-ssm-agent.amazon-ssm-agent.service", "none", "none"],
  ["service stop", "service amazon-ssm-agent stop", "none", "none"],
  ["upstart", "stop amazon-ssm-agent", "none", "none"],
  ["chkconfig off", "chkconfig amazon-ssm-agent off", "none", "none"],
  ["snap stop --disable", "snap stop --disable amazon-ssm-agent", "none", "none"],
  ["snap remove", "snap remove amazon-ssm-agent", "none", "none"],
  ["yum remove", "yum remove -y amazon-ssm-agent", "none", "none"],
  ["dnf erase", "dnf -y erase amazon-ssm-agent", "none", "none"],
  ["rpm -e", "rpm -e amazon-ssm-agent", "none", "none"],
  ["apt-get purge, which does nothing to a snap", "apt-get purge -y amazon-ssm-agent", "none", "maybe"],
  ["dpkg -r, which does nothing to a snap", "dpkg -r amazon-ssm-agent", "none", "maybe"],
  ["apt-get purge of snapd, with which a snap goes", "apt-get purge -y snapd", "none", "maybe"],
  ["zypper rm", "zypper rm -y amazon-ssm-agent", "none", "none"],
  ["its program deleted", "rm -f /usr/bin/amazon-ssm-agent", "none", "none"],
  ["launchctl", "launchctl unload -w /Library/LaunchDaemons/com.amazon.aws.ssm.plist", "none", "none"],
  [
    "a loop over services",
    "for s in rpcbind amazon-ssm-agent postfix; do systemctl disable --now $s; done",
    "none",
    "none",
  ],
  [
    "only where it is enabled",
    "if systemctl is-enabled amazon-ssm-agent >/dev/null 2>&1; then\n  systemctl disable --now amazon-ssm-agent\nfi",
    "none",
    "none",
  ],
  ["only where it is installed", "rpm -q amazon-ssm-agent && yum erase -y amazon-ssm-agent", "none", "none"],
];

const lastActionWins: readonly Case[] = [
  [
    "stopped for its proxy and started again",
    "systemctl stop amazon-ssm-agent\nsystemctl daemon-reload\nsystemctl restart amazon-ssm-agent",
    "none",
    "agent",
  ],
  ["stopped and the machine restarted", "systemctl stop amazon-ssm-agent\nreboot", "none", "agent"],
  ["disabled and the machine restarted", "systemctl disable amazon-ssm-agent\nshutdown -r now", "none", "none"],
  ["removed and installed anew", `yum remove -y amazon-ssm-agent\nyum install -y ${RPM}`, "agent", "agent"],
  ["installed and removed", `yum install -y ${RPM}\nyum remove -y amazon-ssm-agent`, "none", "none"],
  [
    "masked and started all the same",
    "systemctl mask --now amazon-ssm-agent\nsystemctl start amazon-ssm-agent",
    "none",
    "none",
  ],
  [
    "masked, unmasked and started",
    "systemctl mask --now amazon-ssm-agent\nsystemctl unmask amazon-ssm-agent\nsystemctl start amazon-ssm-agent",
    "none",
    "agent",
  ],
  [
    "disabled, then enabled with --now",
    "systemctl disable --now amazon-ssm-agent; systemctl enable --now amazon-ssm-agent",
    "none",
    "agent",
  ],
  ["stopped after the script has ended", "exit 0\nsystemctl stop amazon-ssm-agent", "none", "agent"],
];

const conditions: readonly Case[] = [
  ["installed when not installed", `if ! rpm -q amazon-ssm-agent; then yum install -y ${RPM}; fi`, "agent", "agent"],
  [
    "installed when no unit is listed",
    `if (! systemctl list-units | grep -q amazon-ssm-agent); then\n  dnf install -y ${RPM}\nfi\nsystemctl enable --now amazon-ssm-agent`,
    "agent",
    "agent",
  ],
  ["installed when the command is missing", `command -v amazon-ssm-agent || yum install -y ${RPM}`, "agent", "agent"],
  ["installed when the file is missing", `[ -f /usr/bin/amazon-ssm-agent ] || yum install -y ${RPM}`, "agent", "agent"],
  [
    "installed when the file is missing, negated",
    `if [ ! -x /usr/bin/amazon-ssm-agent ]; then yum install -y ${RPM}; fi`,
    "agent",
    "agent",
  ],
  [
    "installed when a query is empty",
    `if [ -z "$(rpm -qa amazon-ssm-agent)" ]; then yum install -y ${RPM}; fi`,
    "agent",
    "agent",
  ],
  [
    "installed when the query before failed",
    `rpm -q amazon-ssm-agent > /dev/null 2>&1\nif [ $? -ne 0 ]; then\n yum install -y ${RPM}\nfi`,
    "agent",
    "agent",
  ],
  [
    "installed when it does not run",
    `if [ "$(systemctl is-active amazon-ssm-agent)" != "active" ]; then yum install -y ${RPM}; fi`,
    "agent",
    "agent",
  ],
  [
    "installed when the answer kept before says so",
    `STATUS=$(systemctl is-active amazon-ssm-agent)\nif [[ "$STATUS" != "active" ]]; then yum install -y ${RPM}; fi`,
    "agent",
    "agent",
  ],
  ["left early when installed", `if rpm -q amazon-ssm-agent; then exit 0; fi\nyum install -y ${RPM}`, "agent", "agent"],
  [
    "both branches install",
    `if (arch | grep -q x86); then yum install -y ${RPM}; else yum install -y ${RPM.replace("amd64", "arm64")}; fi`,
    "agent",
    "agent",
  ],
  [
    "every case installs",
    `case $(uname -m) in\n  x86_64) yum install -y ${RPM} ;;\n  *) yum install -y ${RPM.replace("amd64", "arm64")} ;;\nesac`,
    "agent",
    "agent",
  ],
  [
    "one case installs",
    `case "$ID" in\n  ubuntu|debian) snap install amazon-ssm-agent --classic ;;\nesac`,
    "maybe",
    "agent",
  ],
  ["some condition", `if [ "$ENABLE_SSM" = "true" ]; then yum install -y ${RPM}; fi`, "maybe", "agent"],
  ["a condition on a hole", `if [ "«EnableSsm»" = "true" ]; then yum install -y ${RPM}; fi`, "maybe", "agent"],
  ["some condition before &&", `[ -f /etc/redhat-release ] && yum install -y ${RPM}`, "maybe", "agent"],
  [
    "stopped under some condition",
    'if [ "$ENV" = prod ]; then systemctl disable --now amazon-ssm-agent; fi',
    "none",
    "maybe",
  ],
  ["stopped in one case", "case $ENV in prod) systemctl disable --now amazon-ssm-agent;; esac", "none", "maybe"],
  [
    "stopped under a condition that is always met",
    "if true; then systemctl disable --now amazon-ssm-agent; fi",
    "none",
    "none",
  ],
  ["an early end that may happen", `[ -f /var/lib/done ] && exit 0\nyum install -y ${RPM}`, "maybe", "agent"],
  ["an early end for an error", `[ "$(id -u)" -eq 0 ] || exit 1\nyum install -y ${RPM}`, "agent", "agent"],
  ["a second attempt", `yum install -y amazon-ssm-agent || yum install -y ${RPM}`, "agent", "agent"],
  ["an attempt that may fail", "yum install -y amazon-ssm-agent || true", "agent", "agent"],
  ["a command before it that may fail", `setenforce 0 || true\nyum install -y ${RPM}`, "agent", "agent"],
  ["a wrapper whose work is not known", "with_backoff yum install -y amazon-ssm-agent", "maybe", "agent"],
];

describe.each([
  ["installs the agent", installs],
  ["is not taken for an action", noActions],
  ["stops, disables or removes the agent", stops],
  ["lets the last action win", lastActionWins],
  ["weighs conditions", conditions],
])("a shell script %s", (_, cases) => {
  test.each(cases)("%s", (_name, script, bare, shipped) => {
    const userData = `#!/bin/bash\n${script}\n`;
    expect([outcome(userData, BARE), outcome(userData, SHIPPED)]).toEqual([bare, shipped]);
  });
});
