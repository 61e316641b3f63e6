import { AWS_1, AWS_2, type FakeMachine, fakeWorkstation, saying } from "./support/fake-workstation";
import { expectSaid, judge } from "./support/judge";

type Case = readonly [name: string, check: string, machine: FakeMachine, expected: readonly string[]];

const COMMAND_LINE: readonly Case[] = [
  ["version 2", "cli-outdated", { files: { "/usr/bin/aws": AWS_2 } }, ["ok: 2.27.0"]],
  ["version 1", "cli-outdated", { files: { "/usr/bin/aws": AWS_1 } }, ["ok: 1.45.11"]],
  [
    "a version before the plugin",
    "cli-outdated",
    { files: { "/usr/bin/aws": { run: { stderr: "aws-cli/1.11.170 Python/2.7.13 Linux/4.9 botocore/1.7.28" } } } },
    ["problem: it is 1.11.170, and the plugin needs 1.16.12"],
  ],
  [
    "an aws that is another program",
    "cli-outdated",
    { files: { "/usr/bin/aws": saying("fish") } },
    ["unknown: the version of the AWS CLI is not known"],
  ],
  ["no AWS CLI", "cli-outdated", {}, ["unknown: no AWS CLI was found"]],
  ["an AWS CLI on PATH", "cli-missing", { files: { "/usr/bin/aws": AWS_2 } }, ["ok: /usr/bin/aws"]],
  [
    "an aws.cmd on Windows",
    "cli-missing",
    { platform: "win32", files: { "C:\\Tools\\aws.cmd": AWS_1 } },
    ["ok: C:\\Tools\\aws.cmd"],
  ],
  ["no AWS CLI on PATH", "cli-missing", {}, ["problem: ", "getting-started-install.html"]],
  [
    "an AWS CLI outside PATH on Windows",
    "cli-missing",
    { platform: "win32", files: { "C:\\Program Files\\Amazon\\AWSCLIV2\\aws.exe": AWS_2 } },
    ["problem: ", "Add C:\\Program Files\\Amazon\\AWSCLIV2 to PATH"],
  ],
  [
    "a folder that may hide the AWS CLI",
    "cli-missing",
    { environment: { PATH: "/root/bin" }, files: { "/root/bin": { state: "unreadable" } } },
    ["unknown: ", "/root/bin"],
  ],
  ["an AWS CLI that runs", "cli-broken", { files: { "/usr/bin/aws": AWS_2 } }, ["ok: it runs"]],
  [
    "Python packages that do not fit",
    "cli-broken",
    {
      files: {
        "/usr/bin/aws": { run: { status: 1, stderr: "Traceback (most recent call last):\nImportError: botocore\n" } },
      },
    },
    ["problem: /usr/bin/aws --version fails: ImportError: botocore"],
  ],
  [
    "an AWS CLI behind a link to nothing",
    "cli-broken",
    { files: { "/usr/bin/aws": { state: "link" } } },
    ["problem: ", "points at nothing"],
  ],
  [
    "an AWS CLI that may not be run",
    "cli-broken",
    { files: { "/usr/bin/aws": { state: "file" } } },
    ["problem: ", "may not be run"],
  ],
  [
    "an AWS CLI that does not start",
    "cli-broken",
    { files: { "/usr/bin/aws": { run: { status: undefined, failure: "EACCES" } } } },
    ["problem: ", "does not start: EACCES"],
  ],
  [
    "an AWS CLI that hangs",
    "cli-broken",
    { files: { "/usr/bin/aws": { run: { status: undefined, failure: "ETIMEDOUT" } } } },
    ["unknown: ", "no answer in time"],
  ],
  ["another program", "cli-broken", { files: { "/usr/bin/aws": saying("fish") } }, ["unknown: ", "'fish'"]],
  ["nothing to run", "cli-broken", {}, ["unknown: no AWS CLI was found"]],
];

test.each(COMMAND_LINE)("%s: %s", (_name, check, machine, expected) => {
  expectSaid(judge(check, fakeWorkstation(machine)), expected);
});
