import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../..");
/** Built by `npm run build`, which `npm test` runs first. */
const CLI = path.join(ROOT, "dist/cli/main.js");

const GOOD = "Resources: { Topic: { Type: AWS::SNS::Topic } }\n";
const BLOCKED = "Resources:\n  Host:\n    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: ami-1\n";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "ssm-preflight-cli-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
  return name;
}

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
}

const report = (...args: string[]) => JSON.parse(run("check", ...args, "--format", "json").stdout);

describe("usage", () => {
  test("help and version are printed and end well", () => {
    expect(run("--help")).toMatchObject({ status: 0, stdout: expect.stringContaining("Usage"), stderr: "" });
    expect(run()).toMatchObject({ status: 0, stdout: expect.stringContaining("Usage") });
    expect(run("--version")).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  test.each([
    [["chekc"], 'unknown command "chekc"'],
    [["check", "--wrong"], "--wrong"],
    [["check", "--format", "xml"], "--format is one of pretty, json"],
    [["check", "--fail-on", "fatal"], "--fail-on is one of error, warning, note, unknown, never"],
    [["check", "--parameter", "Name"], "--parameter takes NAME=VALUE"],
    [["check", "--minimum-agent", "three"], "--minimum-agent takes a version"],
    [["check", "--region"], "--region"],
  ])("%j is refused with what was expected", (args, message) => {
    const { status, stderr, stdout } = run(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("    at ");
  });
});

describe("exit status", () => {
  test("is 0 without findings, 1 with, and 0 when never failing", () => {
    expect(run("check", file("good.yaml", GOOD)).status).toBe(0);
    expect(run("check", file("blocked.yaml", BLOCKED)).status).toBe(1);
    expect(run("check", "blocked.yaml", "--fail-on", "never").status).toBe(0);
  });

  test("counts what is unknown only when asked to", () => {
    const name = file(
      "open.yaml",
      "Parameters: { Profile: { Type: String } }\nResources: { Host: { Type: AWS::EC2::Instance, Properties: { IamInstanceProfile: !Ref Profile } } }\n",
    );
    expect(run("check", name).status).toBe(0);
    expect(run("check", name, "--fail-on", "unknown").status).toBe(1);
  });
});

describe("stdout that takes nothing", () => {
  test("a reader that goes away, as head does, is no error", async () => {
    const child = spawn(process.execPath, [CLI, "check", file("blocked.yaml", BLOCKED)], { cwd: folder });
    let complaints = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaints += text;
    });
    child.stdout.destroy();
    expect(await once(child, "close")).toEqual([1, null]);
    expect(complaints).toBe("");
  });
});

describe("bad input", () => {
  test.each([
    ["region", "eu-west", "--region takes a region such as eu-west-1"],
    ["account", "12", "--account takes an account id of 12 digits"],
  ])("a %s in another form is refused, for verdicts rest on it", (option, value, expected) => {
    const { status, stderr } = run("check", file("good.yaml", GOOD), `--${option}`, value);
    expect({ status, stderr }).toEqual({ status: 2, stderr: `ssm-preflight: ${expected}, not "${value}"\n` });
  });

  test.each([
    ["parameters", "--parameters"],
    ["a configuration", "--config"],
    ["facts", "--facts"],
  ])("%s that are not there are named in plain words", (_, option) => {
    expect(run("check", file("good.yaml", GOOD), option, "missing.json")).toMatchObject({
      status: 2,
      stderr: "ssm-preflight: missing.json: it cannot be read: there is no such file\n",
    });
  });

  test.each([
    ["a broken YAML file", "broken.yaml", "Resources:\n  Host: [\n", /broken\.yaml:\d+:\d+: /],
    ["a broken JSON file", "broken.json", '{"Resources": {', /broken\.json:\d+:\d+: /],
    ["an empty file", "empty.yaml", "", /empty\.yaml/],
    ["a file that is no template", "notes.yaml", "just: notes\n", /notes\.yaml/],
    ["JSON that is no preview", "other.json", '{"steps": 3}', /other\.json/],
  ])("%s is named, and the other files are judged", (_, name, text, message) => {
    file(name, text);
    const { status, stderr, stdout } = run("check", name, file("blocked.yaml", BLOCKED), "--format", "json");
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain("    at ");
    expect(JSON.parse(stdout).summary).toMatchObject({ hosts: 1, blocked: 1 });
  });

  test("a host whose properties are no map is not judged by their absence", () => {
    const name = file("list.yaml", "Resources:\n  Host:\n    Type: AWS::EC2::Instance\n    Properties: [ImageId]\n");
    const { status, stdout, stderr } = run("check", name, "--format", "json");
    expect(stderr).toBe("ssm-preflight: list.yaml:4:5: Properties of resource Host were expected to be a map\n");
    expect(status).toBe(2);
    expect(JSON.parse(stdout).hosts).toMatchObject([{ id: "Host", session: "unknown" }]);
  });

  test("a file that is not there is named", () => {
    expect(run("check", "missing.yaml")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("missing.yaml: there is no such file or folder"),
    });
  });

  test("an empty folder is named", () => {
    mkdirSync(path.join(folder, "empty"));
    expect(run("check", "empty", file("blocked.yaml", BLOCKED))).toMatchObject({
      status: 2,
      stdout: expect.stringContaining("1 blocked"),
      stderr: expect.stringContaining("empty: the folder holds no template"),
    });
  });

  test("a JSON file that is neither a template nor a preview is named as both", () => {
    const { status, stdout, stderr } = run("check", file("preview.json", '{"steps": 3}'));
    expect(status).toBe(2);
    expect(stderr).toMatch(/preview\.json:1:1: not a CloudFormation template: .*; nor is it what "pulumi preview/);
    expect(stdout).toContain("No hosts declared in what could be read.");
  });

  test("a parameter file in another form is refused by name", () => {
    file("parameters.json", "[1, 2]");
    const { status, stderr } = run("check", file("good.yaml", GOOD), "--parameters", "parameters.json");
    expect(status).toBe(2);
    expect(stderr).toContain("parameters.json");
  });
});

describe("what is read", () => {
  test("a folder gives its templates and passes over the rest with a note", () => {
    file("stacks/blocked.yaml", BLOCKED);
    file("stacks/deep/good.json", '{"Resources": {}}');
    file("stacks/settings.json", '{"a": 1}');
    const { stderr, status } = run("check", "stacks", "--format", "json");
    expect(status).toBe(1);
    expect(stderr).toContain("settings.json");
    expect(report("stacks").hosts).toHaveLength(1);
  });

  test("a glob gives the files that match", () => {
    file("a.yaml", BLOCKED);
    file("b.yaml", BLOCKED);
    expect(report("*.yaml").hosts).toHaveLength(2);
  });

  test("parameters decide conditions", () => {
    const name = file(
      "conditional.yaml",
      `Parameters: { Profile: { Type: String, AllowedValues: ["yes", "no"] } }
Conditions: { Create: !Equals [!Ref Profile, "yes"] }
Resources:
  Host: { Type: AWS::EC2::Instance, Properties: { IamInstanceProfile: !If [Create, outside, !Ref AWS::NoValue] } }
`,
    );
    const status = (...args: string[]) => report(name, ...args).hosts[0].links.instanceProfile.status;
    expect(status()).toBe("unknown");
    expect(status("--parameter", "Profile=no")).toBe("fail");
    file("parameters.json", '[{"ParameterKey": "Profile", "ParameterValue": "no"}]');
    expect(status("--parameters", "parameters.json")).toBe("fail");
  });
});

describe("an answer for one host", () => {
  const blocked = () => file("blocked.yaml", BLOCKED);

  test("prints its chain with the evidence", () => {
    const { status, stdout } = run("check", blocked(), "--host", "Host");
    expect(status).toBe(1);
    expect(stdout).toContain("has no instance profile");
  });

  test("is one JSON document when asked for", () => {
    const { stdout } = run("check", blocked(), "--host", "Host", "--format", "json");
    expect(JSON.parse(stdout)).toMatchObject({ session: "no" });
  });

  test("says which hosts there are when there is none of that name", () => {
    const { status, stderr, stdout } = run("check", blocked(), "--host", "Hots");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("Host");
  });

  test("is no report in another format, and needs a host", () => {
    expect(run("check", blocked(), "--host", "Host", "--format", "sarif")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("pretty, json"),
    });
    expect(run("check", "blocked.yaml", "--user", "jane")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("--host"),
    });
  });
});

describe("the JSON report", () => {
  test("is one document on stdout with a place for each finding", () => {
    const document = report(file("blocked.yaml", BLOCKED));
    expect(document).toMatchObject({
      schema: 1,
      hosts: [
        {
          id: "Host",
          type: "AWS::EC2::Instance",
          file: "blocked.yaml",
          line: 2,
          session: "blocked",
          links: { instanceProfile: { status: "fail", reason: expect.any(String) } },
        },
      ],
      summary: { hosts: 1, ready: 0, blocked: 1, unknown: 0 },
    });
    expect(document.findings[0]).toMatchObject({
      rule: "instance-profile-missing",
      level: "error",
      resource: "Host",
      file: "blocked.yaml",
      line: expect.any(Number),
      column: expect.any(Number),
      message: expect.any(String),
      why: expect.any(String),
      fix: expect.any(String),
      docs: "docs/rules/instance-profile-missing.md",
      suppressed: null,
    });
  });
});
