import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { DoctorArguments } from "../../cli/doctor/arguments";
import { CHECKS } from "../../cli/doctor/checks";
import { doctor } from "../../cli/doctor/doctor";
import { thisWorkstation } from "../../cli/doctor/this-workstation";
import { pluginReleases } from "../../core/knowledge/session-manager-plugin";
import { fakeWorkstation, saying } from "./support/fake-workstation";

const LATEST = pluginReleases.latest.version;
const OPTIONS: DoctorArguments = {
  command: "doctor",
  format: "json",
  report: undefined,
  profile: undefined,
  region: undefined,
};
const TEXT = { colour: false, width: 100 };

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), "ssm-preflight-doctor-"));
  mkdirSync(path.join(home, "bin"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const file = path.join(home, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

function program(name: string, script: string): void {
  chmodSync(write(`bin/${name}`, `#!/bin/sh\n${script}\n`), 0o755);
}

const environment = (more: Readonly<Record<string, string>> = {}) => ({
  HOME: home,
  PATH: path.join(home, "bin"),
  ...more,
});

/** A machine that has everything. */
function wellSetUp(): void {
  program("aws", 'echo "aws-cli/2.27.0 Python/3.13.2 Linux/6.8.0 exe/x86_64"');
  program("session-manager-plugin", `[ "$1" = --version ] && echo ${LATEST}`);
  program("ssh", "exit 0");
  write(".aws/config", "[default]\nregion = eu-west-1\n");
}

function examine(more: Readonly<Record<string, string>> = {}, options: Partial<DoctorArguments> = {}) {
  const { report, status } = doctor({ ...OPTIONS, ...options }, thisWorkstation(environment(more)), TEXT);
  const { checks } = JSON.parse(report);
  const outcomes: Readonly<
    Record<string, { readonly status: string; readonly reason?: string; readonly note?: string }>
  > = Object.fromEntries(checks.map((check: { readonly id: string }) => [check.id, check]));
  return { status, outcomes };
}

const REPORT = (region: string) => JSON.stringify({ schema: 1, hosts: [{ id: "web", region }], findings: [] });

describe("on this machine, with a home and a PATH of its own", () => {
  test("all is well where all is there", () => {
    wellSetUp();
    const { status, outcomes } = examine({}, { report: write("report.json", REPORT("eu-west-1")) });
    expect(status).toBe(0);
    expect(Object.values(outcomes).filter(({ status: one }) => one === "problem")).toEqual([]);
    expect(outcomes["plugin-outdated"]).toMatchObject({ status: "ok", note: LATEST });
    expect(outcomes["region-mismatch"]).toMatchObject({ status: "ok" });
  });

  test("hosts in another region than the profile's are a problem", () => {
    wellSetUp();
    const { status, outcomes } = examine({}, { report: write("report.json", REPORT("us-east-1")) });
    expect(status).toBe(1);
    expect(outcomes["region-mismatch"]).toMatchObject({
      status: "problem",
      reason: expect.stringContaining("web in us-east-1"),
    });
  });

  test("a plugin that fails says with what", () => {
    wellSetUp();
    program("session-manager-plugin", "echo broken >&2; exit 3");
    expect(examine().outcomes["plugin-broken"]).toMatchObject({
      status: "problem",
      reason: expect.stringContaining("ended with 3: broken"),
    });
  });

  test("a plugin for another processor is told from its file", () => {
    wellSetUp();
    const header = Buffer.alloc(64);
    header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
    // EM_68K, which no workstation is, and then EM_AARCH64 or EM_X86_64, whichever this machine is not.
    header[18] = process.arch === "arm64" ? 0x3e : 0xb7;
    writeFileSync(path.join(home, "bin/session-manager-plugin"), header);
    expect(examine().outcomes["plugin-broken"]).toMatchObject({
      status: "problem",
      reason: expect.stringMatching(/was built for (arm64|x86_64), and this machine is/),
    });
  });

  test("a link that points at nothing is told from a missing plugin", () => {
    wellSetUp();
    rmSync(path.join(home, "bin/session-manager-plugin"));
    symlinkSync("/nowhere/session-manager-plugin", path.join(home, "bin/session-manager-plugin"));
    expect(examine().outcomes["plugin-broken"]).toMatchObject({ reason: expect.stringContaining("points at nothing") });
  });

  test("a configuration that cannot be read is unknown, not missing", () => {
    wellSetUp();
    rmSync(path.join(home, ".aws/config"));
    mkdirSync(path.join(home, ".aws/config"));
    const { outcomes } = examine();
    expect(outcomes["region-missing"]).toMatchObject({
      status: "unknown",
      reason: expect.stringContaining("cannot be read"),
    });
  });

  test("a file in the place of a folder of PATH hides nothing", () => {
    wellSetUp();
    const { outcomes } = examine({ PATH: `${write("file", "")}:${path.join(home, "bin")}` });
    expect(outcomes["plugin-missing"]).toMatchObject({ status: "ok" });
  });
});

describe("exit status", () => {
  test("is 2 where nothing could be judged", () => {
    const machine = fakeWorkstation({
      environment: { PATH: "/root/bin" },
      files: {
        "/root/bin": { state: "unreadable" },
        "/home/ann/.aws/config": { state: "unreadable" },
        "/home/ann/.ssh/config": { state: "unreadable" },
      },
    });
    const { report, status } = doctor(OPTIONS, machine, TEXT);
    const judged = JSON.parse(report).checks.filter((check: { status: string }) => check.status !== "unknown");
    expect({ judged: judged.map(({ id }: { id: string }) => id), status }).toEqual({
      judged: [],
      status: 2,
    });
  });

  test.each([
    ["no such file", undefined, "there is no such file"],
    ["no JSON", { text: "<report/>" }, "it is not JSON"],
    ["JSON of something else", { text: '{"steps": []}' }, "it is no report of ssm-preflight check --format json"],
    ["a file that cannot be read", { state: "unreadable" as const }, "it cannot be read: EACCES"],
  ])("a report that is %s is refused by name", (_name, file, message) => {
    const machine = fakeWorkstation({ files: file === undefined ? {} : { "/r.json": file } });
    expect(() => doctor({ ...OPTIONS, report: "/r.json" }, machine, TEXT)).toThrow(`--report /r.json: ${message}`);
  });
});

describe("the report for people", () => {
  const machine = fakeWorkstation({ files: { "/usr/bin/session-manager-plugin": saying("1.1.0.0") } });
  const { report } = doctor({ ...OPTIONS, format: "pretty" }, machine, { colour: false, width: 90 });

  test("has a line for each check and counts them", () => {
    for (const { id } of CHECKS) expect(report).toMatch(new RegExp(`^${id} +(ok|PROBLEM|\\?) `, "m"));
    expect(report).toMatch(new RegExp(`^${CHECKS.length} checks: \\d+ ok, \\d+ problems?, \\d+ unknown\\.$`, "m"));
  });

  test("says of a problem what it is, why, and what to do", () => {
    expect(report).toContain("problem plugin-outdated Session Manager plugin is too old\n  it is 1.1.0.0");
    expect(report).toMatch(/^ {2}Do: Install the latest, /m);
  });
});

test("each check has an id of its own, a title, a reason and a page", () => {
  expect(new Set(CHECKS.map(({ id }) => id)).size).toBe(CHECKS.length);
  for (const { id, title, why, reference } of CHECKS) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(why).toMatch(/^[A-Z][\s\S]*\.$/);
    expect(reference).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  }
});

describe("the command", () => {
  /** Built by `npm run build`, which `npm test` runs first. */
  const CLI = path.resolve(__dirname, "../../dist/cli/main.js");
  const command = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
      cwd: home,
      encoding: "utf8",
      env: environment(),
    });
    return { status, stdout, stderr };
  };
  const run = (...args: string[]) => command("doctor", ...args);

  test("ends with 0 where all is well and with 1 where something is not", () => {
    wellSetUp();
    expect(run()).toMatchObject({ status: 0, stderr: "", stdout: expect.stringContaining("plugin-missing") });
    rmSync(path.join(home, "bin/session-manager-plugin"));
    const { status, stdout } = run("--format", "json");
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 1, checks: expect.any(Array) });
  });

  test("compares with the hosts of a report that check has written", () => {
    wellSetUp();
    write("web.yaml", "Resources: { Web: { Type: AWS::EC2::Instance } }\n");
    const report = command("check", "web.yaml", "--region", "us-east-1", "--format", "json").stdout;
    const { status, stdout } = run("--report", write("report.json", report));
    expect(status).toBe(1);
    expect(stdout).toContain("the AWS CLI asks eu-west-1 (profile default), and no host is there: Web in us-east-1");
    expect(stdout).toContain("Do: aws ssm start-session --target <instance id> --region us-east-1\n");
  });

  test.each([
    [["--wrong"], "--wrong"],
    [["--format", "sarif"], "--format is one of pretty, json"],
    [["folder"], "doctor takes no paths"],
    [["--report", "missing.json"], "--report missing.json: there is no such file"],
  ])("%j is refused with what was expected", (args, message) => {
    expect(run(...args)).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining(message) });
  });
});
