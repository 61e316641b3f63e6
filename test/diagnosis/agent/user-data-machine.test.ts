import { isReady } from "../../../core/diagnosis/agent/agent-state";
import { BARE, type Outcome, outcome, outcomeOf, SHIPPED, statesAfter, UNKNOWN_IMAGE } from "./outcome";

const RPM = "https://s3.amazonaws.com/ec2-downloads-windows/SSMAgent/latest/linux_amd64/amazon-ssm-agent.rpm";
const DEB = "https://s3.amazonaws.com/ec2-downloads-windows/SSMAgent/latest/debian_amd64/amazon-ssm-agent.deb";

const YUM = `yum install -y ${RPM}`;
const DPKG = `curl -o /tmp/a.deb ${DEB}\n  dpkg -i /tmp/a.deb`;

/** What becomes of an image that lacks the agent. */
type Case = readonly [name: string, family: string, script: string, expected: Outcome];

const machine: readonly Case[] = [
  ["a package manager that is there", "Amazon Linux 2 minimal", `if which yum; then\n  ${YUM}\nfi`, "agent"],
  [
    "the second of two package managers",
    "Amazon Linux 2 minimal",
    `if command -v dnf > /dev/null; then echo dnf; elif command -v yum > /dev/null; then\n  ${YUM}\nfi`,
    "agent",
  ],
  ["one of another distribution", "Debian", `if type -P yum; then\n  ${YUM}\nfi`, "none"],
  ["one that is there in some releases", "Red Hat Enterprise Linux", `if hash dnf; then\n  ${YUM}\nfi`, "maybe"],
  [
    "one that the script installs before",
    "Debian",
    `apt-get install -y snapd\nif which snap; then snap install amazon-ssm-agent --classic; fi`,
    "maybe",
  ],
  ["the file of a package manager", "Rocky Linux", `[ -x /usr/bin/dnf ] && ${YUM}`, "agent"],
  ["a package manager of an image that is not known", "", `if which yum; then\n  ${YUM}\nfi`, "maybe"],
  ["a program that is no package manager", "Debian", `if which jq; then\n  ${DPKG}\nfi`, "maybe"],
  [
    "a release file of another distribution, then its own",
    "Debian",
    `if [ -f /etc/redhat-release ]; then\n  ${YUM}\nelif [ -f /etc/debian_version ]; then\n  ${DPKG}\nfi`,
    "agent",
  ],
  ["a release file that is not there", "Amazon Linux 2023 minimal", `[ ! -e /etc/debian_version ] && ${YUM}`, "agent"],
  ["the distribution's id", "Debian", `. /etc/os-release\nif [ "$ID" = "debian" ]; then\n  ${DPKG}\nfi`, "agent"],
  ["another's id", "CentOS", `source /etc/os-release\nif [[ $ID == "rhel" ]]; then\n  ${YUM}\nfi`, "none"],
  ["what it is like", "Rocky Linux", `. /etc/os-release\nif [[ "$ID_LIKE" == *rhel* ]]; then\n  ${YUM}\nfi`, "agent"],
  [
    "its version, which differs",
    "Debian",
    `. /etc/os-release\nif [ "$VERSION_ID" = 12 ]; then\n  ${DPKG}\nfi`,
    "maybe",
  ],
  [
    "its id in cases",
    "Debian",
    `. /etc/os-release\ncase "$ID" in\n ubuntu) echo u ;;\n debian | raspbian)\n  ${DPKG}\n ;;\n *) exit 1 ;;\nesac`,
    "agent",
  ],
  ["its id in none of the cases", "Oracle Linux", `. /etc/os-release\ncase $ID in rhel|centos) ${YUM} ;; esac`, "none"],
  ["its id in a case with a pattern", "Oracle Linux", `. /etc/os-release\ncase $ID in o*) ${YUM} ;; esac`, "agent"],
  [
    "its id in a case with a pattern of another kind",
    "Oracle Linux",
    `. /etc/os-release\ncase $ID in [a-o]l) ${YUM} ;; esac`,
    "maybe",
  ],
  [
    "its id, read in a subshell",
    "Debian",
    `os=$(. /etc/os-release && echo "$ID")\nif [ "$os" = debian ]; then\n  ${DPKG}\nfi`,
    "agent",
  ],
  [
    "its id, cut out of the file",
    "Debian",
    `os=$(grep ^ID= /etc/os-release | cut -d= -f2)\n[ "$os" = debian ] && {\n  ${DPKG}\n}`,
    "agent",
  ],
  [
    "its id, cut out with the quotes around it",
    "Rocky Linux",
    `os=$(grep ^ID= /etc/os-release | cut -d= -f2)\nif [ "$os" = rocky ]; then\n  ${YUM}\nfi`,
    "maybe",
  ],
  [
    "its id, cut out without the quotes",
    "Rocky Linux",
    `os=$(awk -F= '/^ID=/ { print $2 }' /etc/os-release | tr -d '"')\nif [ "$os" = rocky ]; then\n  ${YUM}\nfi`,
    "agent",
  ],
  ["a word of the file", "Debian", `if grep -qi Debian /etc/os-release; then\n  ${DPKG}\nfi`, "agent"],
  ["its name", "Amazon Linux 2 minimal", `grep -q "Amazon Linux 2" /etc/os-release && ${YUM}`, "agent"],
  ["its name in other letters", "Debian", `if grep -q DEBIAN /etc/os-release; then\n  ${DPKG}\nfi`, "maybe"],
  ["a word of another's file", "Debian", `if grep -q ubuntu /etc/os-release; then\n  ${DPKG}\nfi`, "none"],
  [
    "a word that may be anywhere in the file",
    "Debian",
    `if grep -q linux /etc/os-release; then\n  ${DPKG}\nfi`,
    "maybe",
  ],
  [
    "both architectures",
    "Debian",
    `if [ "$(uname -m)" = x86_64 ]; then\n  ${DPKG}\nelif [ "$(uname -m)" = aarch64 ]; then\n  ${DPKG}\nfi`,
    "agent",
  ],
  ["one architecture", "Debian", `if [ "$(uname -m)" = x86_64 ]; then\n  ${DPKG}\nfi`, "maybe"],
  [
    "both architectures in cases",
    "Debian",
    `a=$(dpkg --print-architecture)\ncase $a in\n amd64)\n  ${DPKG} ;;\n arm64)\n  ${DPKG} ;;\nesac`,
    "agent",
  ],
  ["one architecture in cases", "Debian", `case $(arch) in\n x86_64)\n  ${DPKG} ;;\nesac`, "maybe"],
];

const texts: readonly Case[] = [
  ["two texts that are the same", "", `if [ "true" = "true" ]; then\n  ${YUM}\nfi`, "agent"],
  ["two texts that differ", "", `if [ "no" == "yes" ]; then\n  ${YUM}\nfi`, "none"],
  ["two texts that are to differ", "", `[[ prod != dev ]] && ${YUM}`, "agent"],
  ["a variable", "", `WANTED=yes\nif [ "$WANTED" = yes ]; then\n  ${YUM}\nfi`, "agent"],
  ["a variable that is not set", "", `if [ "$WANTED" = yes ]; then\n  ${YUM}\nfi`, "maybe"],
  ["a default", "", `if [ "\${WANTED:-yes}" = yes ]; then\n  ${YUM}\nfi`, "maybe"],
  ["a variable that was exported", "", `export WANTED=no\nif [ "$WANTED" = yes ]; then\n  ${YUM}\nfi`, "none"],
  ["a variable that was added to", "", `P=git\nP+=" agent"\nif [ "$P" = "git agent" ]; then\n  ${YUM}\nfi`, "agent"],
  ["a value before it changed", "", `A=yes\nB=$A\nA=no\nif [ "$B" = yes ]; then\n  ${YUM}\nfi`, "agent"],
  ["an empty text", "", `A=\nif [ -z "$A" ]; then\n  ${YUM}\nfi`, "agent"],
  ["a text that is not empty", "", `A=x\n[ -n "$A" ] || exit 0\n${YUM}`, "agent"],
  ["numbers", "", `N=3\nif [ $N -ge 5 ]; then exit 0; fi\n${YUM}`, "agent"],
  ["both of two tests", "", `A=x\nif [[ $A == x* && $A != xy ]]; then\n  ${YUM}\nfi`, "agent"],
  ["one of two tests", "", `A=x\nif [[ $A == y || $A == x ]]; then\n  ${YUM}\nfi`, "agent"],
  ["a test that runs over two lines", "", `A=x\nif [[ $A == y ||\n  $A == z ]]; then\n  ${YUM}\nfi`, "none"],
  ["tests in parentheses", "", `A=x\nif [[ ( $A == x ) && -d /tmp ]]; then\n  ${YUM}\nfi`, "maybe"],
  ["a regular expression", "", `A=x\nif [[ $A =~ ^(x|y)$ ]]; then\n  ${YUM}\nfi`, "maybe"],
  ["what a function is given", "", `f() { if [ "$1" = on ]; then\n  ${YUM}\nfi; }\nf on`, "agent"],
  [
    "what a function is given after it was shifted",
    "",
    `f() { shift; if [ "$1" = on ]; then\n  ${YUM}\nfi; }\nf x off`,
    "none",
  ],
  [
    "a variable set in a branch",
    "",
    `A=no\nif curl -f http://flags; then A=yes; fi\nif [ $A = yes ]; then\n  ${YUM}\nfi`,
    "maybe",
  ],
  [
    "a variable set in a case",
    "",
    `A=no\ncase $(hostname) in web*) A=yes ;; esac\nif [ $A = yes ]; then\n  ${YUM}\nfi`,
    "maybe",
  ],
  ["a variable set in a loop", "", `A=no\nfor x in a b; do A=$x; done\nif [ $A = a ]; then\n  ${YUM}\nfi`, "maybe"],
  [
    "a variable set from another in doubt",
    "",
    `curl -f http://flags && A=yes || A=no\nB=$A\nif [ $B = yes ]; then\n  ${YUM}\nfi`,
    "maybe",
  ],
  ["a variable that is read", "", `A=no\nread A < /etc/flag\nif [ $A = yes ]; then\n  ${YUM}\nfi`, "maybe"],
  ["a variable that a file may set", "", `A=no\n. /etc/own.conf\nif [ $A = yes ]; then\n  ${YUM}\nfi`, "maybe"],
  [
    "an installer that was fetched",
    "",
    `curl -o /tmp/a.rpm ${RPM}\nif [ -s /tmp/a.rpm ]; then rpm -i /tmp/a.rpm; fi`,
    "agent",
  ],
  [
    "an installer that was deleted",
    "",
    `curl -o /tmp/a.rpm ${RPM}\nrm /tmp/a.rpm\nif [ -f /tmp/a.rpm ]; then ${YUM}; fi`,
    "maybe",
  ],
  [
    "an installer that may have been fetched",
    "",
    `[ -f /x ] && curl -o /tmp/a.rpm ${RPM}\nif [ -f /tmp/a.rpm ]; then ${YUM}; fi`,
    "maybe",
  ],
];

describe.each([
  ["the machine", machine],
  ["plain texts", texts],
])("a condition on %s decides", (_, cases) => {
  test.each(cases)("%s", (_name, family, script, expected) => {
    const userData = `#!/bin/bash\n${script}\n`;
    expect(outcome(userData, BARE, family === "" ? {} : { family })).toBe(expected);
    expect(outcome(userData, SHIPPED, family === "" ? {} : { family })).toBe("agent");
  });
});

test("what only machines with the agent do to a variable is in doubt for the others", () => {
  const script = `A=lacks\nif rpm -q amazon-ssm-agent; then A=has; fi\nif [ $A = has ]; then exit 0; fi\n${YUM}`;
  const states = statesAfter(`#!/bin/bash\n${script}\n`, UNKNOWN_IMAGE);
  expect(outcomeOf(states)).toBe("maybe");
  expect(states.filter((state) => !isReady(state)).map(({ doubt }) => doubt)).toEqual(["it depends on `[ $A = has ]`"]);
});
