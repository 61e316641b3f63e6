import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Built by `npm run build`, which `npm test` runs first. */
const CLI = path.resolve(__dirname, "../../dist/cli/main.js");

const DEFAULT = "ssm-preflight.baseline.json";
const BLOCKED = "Resources:\n  Host:\n    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: ami-1\n";
const EXEMPT = BLOCKED.replace(
  "    Properties:",
  "    Metadata: { ssm-preflight: { ignore: [{ rule: '*', reason: an appliance }] } }\n    Properties:",
);
const UNKNOWN = `Parameters: { Profile: { Type: String } }
Resources:
  Host: { Type: AWS::EC2::Instance, Properties: { IamInstanceProfile: !Ref Profile } }
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "ssm-preflight-baseline-"));
  files({ "web.yaml": BLOCKED });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function files(texts: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}

const read = (name: string): string => readFileSync(path.join(folder, name), "utf8");

function check(...args: string[]) {
  const options = { cwd: folder, encoding: "utf8" } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, "check", ...args], options);
  return { status, stdout, stderr };
}

describe("--write-baseline", () => {
  test("writes what stands open, after which only what is new fails", () => {
    expect(check().status).toBe(1);
    const { status, stderr } = check("--write-baseline");
    expect(status).toBe(0);
    expect(stderr).toMatch(new RegExp(`^ssm-preflight: note: ${DEFAULT}: the baseline has \\d entries\n$`));
    expect(check("--baseline")).toMatchObject({ status: 0, stderr: "" });
    files({ "new.yaml": BLOCKED });
    const { status: after, stdout } = check("--baseline");
    expect(after).toBe(1);
    expect(stdout).toContain("new.yaml:2:3");
    expect(stdout).not.toContain("web.yaml:2:3");
  });

  test("writes the same again", () => {
    check("--write-baseline");
    const first = read(DEFAULT);
    check("--write-baseline");
    expect(read(DEFAULT)).toBe(first);
  });

  test("leaves out what an exemption excuses", () => {
    files({ "web.yaml": EXEMPT });
    check("--write-baseline");
    expect(JSON.parse(read(DEFAULT)).entries).toEqual([]);
  });

  test("has hosts that are not known where the gate fails on them", () => {
    files({ "web.yaml": UNKNOWN });
    check("--write-baseline", "--fail-on", "unknown");
    expect(check("--baseline", "--fail-on", "unknown").status).toBe(0);
    check("--write-baseline", "--fail-on", "error");
    expect(check("--baseline", "--fail-on", "unknown").status).toBe(1);
  });

  test("writes nothing where not all could be read", () => {
    files({ "broken.yaml": "Resources: [" });
    const { status, stderr } = check("--write-baseline", "web.yaml", "broken.yaml");
    expect(status).toBe(2);
    expect(stderr).toContain(`${DEFAULT}: the baseline is not written, as not all of the input could be read`);
    expect(() => read(DEFAULT)).toThrow("ENOENT");
  });

  test("does not write over what is no baseline", () => {
    files({ "plan.json": '{ "steps": [] }' });
    const { status, stderr } = check("web.yaml", "--write-baseline", "plan.json");
    expect(status).toBe(2);
    expect(stderr).toContain("plan.json: the baseline is not written, as the file that is there is no baseline");
    expect(read("plan.json")).toBe('{ "steps": [] }');
  });
});

describe("--baseline", () => {
  test.each([
    ["the default", [], DEFAULT],
    ["a file after the option", ["ci/known.json"], "ci/known.json"],
  ])("takes %s", (_, argument, file) => {
    check("--write-baseline", ...argument);
    expect(JSON.parse(read(file))).toMatchObject({ version: 1 });
    expect(check("--baseline", ...argument).status).toBe(0);
  });

  test("takes a file of any name after =, and anything else after the option as a path to check", () => {
    check("web.yaml", "--write-baseline=known.txt");
    expect(check("--baseline=known.txt", "web.yaml").status).toBe(0);
    files({ "new.yaml": BLOCKED });
    check("--write-baseline", "web.yaml");
    expect(JSON.parse(read(DEFAULT)).entries.every(({ file }: { file: string }) => file === "web.yaml")).toBe(true);
  });

  test.each([
    ["that is not there", undefined, `${DEFAULT}: it cannot be read: there is no such file`],
    ["that is malformed", "{ \n  nonsense", `${DEFAULT}:2:3: it is no baseline: a key in double quotes was expected`],
    [
      "with an entry that fits nothing",
      '{ "version": 1,\n "entries": [{}] }',
      `${DEFAULT}:2:14: entries[0]: the key rule is missing`,
    ],
  ])("%s is an error and excuses nothing", (_, text, message) => {
    if (text !== undefined) files({ [DEFAULT]: text });
    const { status, stdout, stderr } = check("--baseline");
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(stdout).toContain("error instance-profile-missing Host");
  });

  test("tells what is no longer there", () => {
    check("--write-baseline");
    files({ "web.yaml": "Resources: {}\n" });
    const { status, stdout } = check("--baseline");
    expect(status).toBe(0);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      `entries of the baseline ${DEFAULT} were not met in what was read (agent-auto-update-missing of Host, instance-profile-missing of Host`,
    );
  });

  test.each([
    [["--baseline", "--no-suppressions"], "--baseline and --no-suppressions exclude each other"],
    [["--write-baseline", "--baseline"], "--write-baseline and --baseline exclude each other"],
    [["--write-baseline", "--host", "Host"], "--write-baseline and --host exclude each other"],
    [["--write-baseline", "--changed-since", "main"], "--write-baseline and --changed-since exclude each other"],
    [["--write-baseline", "--watch"], "--write-baseline and --watch exclude each other"],
  ])("%j is bad usage", (args, message) => {
    expect(check(...args)).toMatchObject({ status: 2, stderr: `ssm-preflight: ${message}\n` });
  });
});

describe("the baseline of a configuration", () => {
  beforeEach(() => files({ "ci/ssm-preflight.yaml": "baseline: known.json\ninclude: [../web.yaml]\n" }));

  test("is read and written beside it, and --no-suppressions shows what it hides", () => {
    const configured = ["--config", "ci/ssm-preflight.yaml"];
    expect(check(...configured)).toMatchObject({ status: 2 });
    check(...configured, "--write-baseline");
    expect(JSON.parse(read("ci/known.json")).entries).not.toEqual([]);
    expect(check(...configured).status).toBe(0);
    expect(check(...configured, "--no-suppressions").status).toBe(1);
    expect(check(...configured, "--host", "Host").status).toBe(1);
  });
});
