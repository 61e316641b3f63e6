import type { Platform } from "../../cli/doctor/workstation";
import { AWS_2, type FakeFile, fakeWorkstation } from "./support/fake-workstation";
import { expectSaid, judge } from "./support/judge";

const RUNS: FakeFile = { run: {} };
const PROGRAMS: Readonly<Record<Platform, Readonly<Record<string, FakeFile>>>> = {
  linux: { "/usr/bin/aws": AWS_2, "/usr/bin/sh": RUNS, "/usr/bin/ssh": RUNS },
  darwin: { "/usr/bin/aws": AWS_2, "/usr/bin/sh": RUNS, "/usr/bin/ssh": RUNS },
  win32: {
    "C:\\Tools\\aws.exe": AWS_2,
    "C:\\Windows\\System32\\ssh.exe": RUNS,
    "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe": RUNS,
  },
};
const CONFIGS: Readonly<Record<Platform, string>> = {
  linux: "/home/ann/.ssh/config",
  darwin: "/Users/ann/.ssh/config",
  win32: "C:\\Users\\ann\\.ssh\\config",
};

const judgeOn = (check: string, platform: Platform, files: Readonly<Record<string, FakeFile>>): string =>
  judge(check, fakeWorkstation({ platform, files }));

const POSIX = `sh -c "aws ssm start-session --target %h --document-name AWS-StartSSHSession --parameters 'portNumber=%p'"`;
const WINDOWS =
  'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe "aws ssm start-session --target %h --document-name AWS-StartSSHSession --parameters portNumber=%p"';
const block = (command: string, hosts = "i-* mi-*") => `host ${hosts}\n    ProxyCommand ${command}\n`;

type Case = readonly [name: string, platform: Platform, config: string, expected: readonly string[]];

const CASES: readonly Case[] = [
  ["AWS's own block", "linux", `# SSH over Session Manager\n${block(POSIX)}`, ["ok: /home/ann/.ssh/config:3"]],
  ["AWS's own block on macOS", "darwin", block(POSIX), ["ok: "]],
  ["AWS's own block on Windows", "win32", block(WINDOWS), ["ok: "]],
  ["instances only", "linux", block(POSIX, "i-*"), ["ok: ", "mi-* is not covered"]],
  ["the block of Linux on Windows", "win32", block(POSIX), ["problem: ", "there is no program sh", "powershell.exe"]],
  ["the block of Windows on Linux", "linux", block(WINDOWS), ["problem: ", "there is no program"]],
  ["no configuration", "linux", "", ["ok: not set up", "AWS-StartSSHSession"]],
  ["hosts named one by one", "linux", block(POSIX.replace("%h", "i-0abc"), "bastion"), ["ok: for bastion"]],
  [
    "without a document",
    "linux",
    block('sh -c "aws ssm start-session --target %h"'),
    ["problem: ", "--document-name AWS-StartSSHSession is missing", "Write: ProxyCommand sh -c"],
  ],
  [
    "with the document for shells",
    "linux",
    block(POSIX.replace("AWS-StartSSHSession", "AWS-StartInteractiveCommand")),
    ["problem: ", "AWS-StartInteractiveCommand is not the document for ssh"],
  ],
  ["with a document of one's own", "linux", block(POSIX.replace("AWS-StartSSHSession", "Team-Ssh")), ["ok: "]],
  ["without a target", "linux", block(POSIX.replace("--target %h ", "")), ["problem: ", "--target %h is missing"]],
  [
    "without a port",
    "linux",
    block(POSIX.replace(/ --parameters [^"]*/, "")),
    ["problem: ", "portNumber=%p is missing"],
  ],
  [
    "with region and profile",
    "linux",
    block(POSIX.replace("--target", "--profile dev --region eu-west-1 --target")),
    ["ok: "],
  ],
  ["a script of one's own", "linux", block("~/.ssh/proxy.sh %h %r %p"), ["unknown: ", "~/.ssh/proxy.sh"]],
  [
    "a jump host that comes first",
    "linux",
    `Host *\n  ProxyJump bastion\n${block(POSIX)}`,
    ["problem: /home/ann/.ssh/config:2: ProxyJump bastion comes before"],
  ],
  ["a negated pattern", "linux", `Host * !i-* !mi-*\n  ProxyJump bastion\n${block(POSIX)}`, ["ok: "]],
  ["none turns it off", "linux", `Host i-*\n  ProxyCommand none\n${block(POSIX)}`, ["ok: for i-*, mi-*"]],
  ["a setting with an equals sign", "linux", block(POSIX).replace("ProxyCommand ", "ProxyCommand="), ["ok: "]],
  ["Match host", "linux", `Match host i-*,mi-*\n  ProxyCommand ${POSIX}\n`, ["ok: "]],
  [
    "Match exec is not run",
    "linux",
    `Match exec "test -f /x"\n  ProxyJump bastion\nHost i-* mi-*\n  ProxyCommand ${POSIX}\n`,
    ["ok: "],
  ],
  [
    "a program that is not there",
    "linux",
    block(POSIX.replace("sh -c", "/opt/bin/run")),
    ["problem: ", "there is no program /opt/bin/run"],
  ],
  [
    "a variable before the command",
    "linux",
    block(`AWS_PROFILE=dev ${POSIX.slice(7, -1)}`),
    ["problem: ", "there is no program AWS_PROFILE=dev"],
  ],
];

test.each(CASES)("%s (%s)", (_name, platform, config, expected) => {
  expectSaid(
    judgeOn("ssh-proxy-wrong", platform, { ...PROGRAMS[platform], [CONFIGS[platform]]: { text: config } }),
    expected,
  );
});

test.each([
  [
    "no host of the report is there",
    "us-east-1",
    "eu-west-1",
    "problem: /home/ann/.ssh/config:2: the command asks us-east-1",
  ],
  ["a host is there", "eu-west-1", "eu-west-1", "ok: "],
  ["the report says no region", "us-east-1", undefined, "ok: "],
])("a region in the command is held against a report: %s", (_name, asked, region, expected) => {
  const files = { "/home/ann/.ssh/config": { text: block(POSIX.replace("--target", `--region ${asked} --target`)) } };
  const machine = fakeWorkstation({ files: { ...PROGRAMS.linux, ...files } });
  const said = judge("ssh-proxy-wrong", machine, {}, [{ id: "web", region, account: undefined }]);
  expectSaid(said, [expected, ...(expected.startsWith("problem") ? ["Write: --region eu-west-1"] : [])]);
});

test("included files count, with wildcards and relative to the folder of ssh", () => {
  const files = {
    ...PROGRAMS.linux,
    "/home/ann/.ssh/config": { text: "Include conf.d/*.conf\nHost *\n  ProxyJump bastion\n" },
    "/home/ann/.ssh/conf.d/aws.conf": { text: block(POSIX) },
    "/home/ann/.ssh/conf.d/notes.txt": { text: "Host *\n  ProxyCommand nothing\n" },
  };
  expect(judgeOn("ssh-proxy-wrong", "linux", files)).toBe("ok: /home/ann/.ssh/conf.d/aws.conf:2");
});

test("a file that is included in a block of another host does not count", () => {
  const files = {
    ...PROGRAMS.linux,
    "/home/ann/.ssh/config": { text: `Host example.com\n  Include other\n${block(POSIX)}` },
    "/home/ann/.ssh/other": { text: "Host *\n  ProxyJump bastion\n" },
  };
  expect(judgeOn("ssh-proxy-wrong", "linux", files)).toBe("ok: /home/ann/.ssh/config:4");
});

test("a configuration that includes itself comes to an end", () => {
  const files = { ...PROGRAMS.linux, "/home/ann/.ssh/config": { text: `Include config\n${block(POSIX)}` } };
  expect(judgeOn("ssh-proxy-wrong", "linux", files)).toMatch(/^ok: /);
});

test("a configuration that cannot be read is named", () => {
  const files = { ...PROGRAMS.linux, "/home/ann/.ssh/config": { state: "unreadable" as const } };
  expect(judgeOn("ssh-proxy-wrong", "linux", files)).toMatch(/^unknown: \/home\/ann\/\.ssh\/config \(EACCES/);
});

test("ssh is missed only where it is set up for Session Manager", () => {
  const aws = { "/usr/bin/aws": AWS_2 };
  const configured = { ...aws, "/home/ann/.ssh/config": { text: block(POSIX) } };
  expect(judgeOn("ssh-missing", "linux", PROGRAMS.linux)).toBe("ok: /usr/bin/ssh");
  expect(judgeOn("ssh-missing", "linux", aws)).toMatch(/^ok: not there/);
  expect(judgeOn("ssh-missing", "linux", configured)).toMatch(/^problem: /);
  const windows = { "C:\\Users\\ann\\.ssh\\config": { text: block(WINDOWS) } };
  expect(judgeOn("ssh-missing", "win32", windows)).toContain("Add-WindowsCapability");
});
