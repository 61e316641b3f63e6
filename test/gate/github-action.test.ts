import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { version } from "../../package.json";
import { commit, makeRepository, write } from "../cli/support/git";
import { BLOCKED, installPrograms, ROOT, runLine, SAFE } from "./support";

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly {
      readonly run?: string;
      readonly uses?: string;
      readonly if?: string;
      readonly env?: Readonly<Record<string, string>>;
      readonly with?: Readonly<Record<string, string>>;
    }[];
  };
}

const TEXT = readFileSync(path.join(ROOT, "action.yml"), "utf8");
const ACTION: Action = parse(TEXT);
const [CHECK, UPLOAD] = ACTION.runs.steps;
const SCRIPT = readFileSync(path.join(ROOT, "scripts/github-action.sh"), "utf8");

let folder: string;
let workspace: string;
let bin: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "ssm-preflight-action-")));
  workspace = path.join(folder, "workspace");
  mkdirSync(path.join(folder, "temp"));
  write(workspace, { "stacks/web.yaml": BLOCKED, "stacks/safe.yaml": SAFE });
  bin = installPrograms(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (name: string): string => {
  const file = path.join(folder, name);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
};

/** Runs the first step as the runner does: with each variable as `action.yml` fills it from the inputs. */
function act(inputs: Readonly<Record<string, string>> = {}) {
  const environment = Object.entries(CHECK?.env ?? {}).map(([name, value]) => {
    const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)?.[1] ?? "";
    return [name, inputs[input] ?? ACTION.inputs[input]?.default ?? ""];
  });
  const result = runLine(CHECK?.run ?? "", workspace, bin, {
    ...Object.fromEntries(environment),
    GITHUB_ACTION_PATH: ROOT,
    GITHUB_OUTPUT: path.join(folder, "output"),
    GITHUB_STEP_SUMMARY: path.join(folder, "summary.md"),
    RUNNER_TEMP: path.join(folder, "temp"),
  });
  const outputs: Readonly<Record<string, string>> = Object.fromEntries(
    read("output")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
  return { ...result, outputs };
}

describe("the action", () => {
  test("annotates, puts the report on the page of the run, and fails with the status of the check", () => {
    const { status, stdout, stderr, outputs } = act({ paths: "stacks" });
    expect({ status, stderr, outputs }).toEqual({ status: 1, stderr: "", outputs: { status: "1" } });
    expect(stdout).toContain("::error file=stacks/web.yaml,line=2,");
    expect(read("summary.md")).toContain("Session Manager will not reach 1 host");
    expect(read("npx.log")).toBe(`ssm-preflight@${version}\n`);
    expect(readdirSync(workspace)).toEqual(["stacks"]);
  });

  test("passes where nothing is found", () => {
    expect(act({ paths: "stacks/safe.yaml" })).toMatchObject({ status: 0, outputs: { status: "0" } });
  });

  test("judges the current folder without paths, and several paths one a line", () => {
    expect(act().stdout).toContain("file=stacks/web.yaml");
    write(workspace, { "a name with blanks.yaml": BLOCKED });
    const { stdout } = act({ paths: "stacks/web.yaml\r\n\na name with blanks.yaml\n" });
    expect(stdout).toContain("file=stacks/web.yaml");
    expect(stdout).toContain("file=a name with blanks.yaml");
  });

  test("writes SARIF and the text of a comment, also when the check fails", () => {
    const { status, outputs } = act({
      paths: "stacks",
      "sarif-file": "reports/ssm.sarif",
      "comment-file": "comment.md",
    });
    expect(status).toBe(1);
    expect(outputs).toEqual({ status: "1", "sarif-file": "reports/ssm.sarif", "comment-file": "comment.md" });
    expect(JSON.parse(read("workspace/reports/ssm.sarif")).version).toBe("2.1.0");
    expect(read("workspace/comment.md")).toMatch(/^<!-- ssm-preflight -->\n/);
  });

  test("keeps what is uploaded out of the working folder unless a file is named", () => {
    const { outputs } = act({ paths: "stacks", "upload-sarif": "true" });
    expect(outputs["sarif-file"]).toBe(path.join(folder, "temp/ssm-preflight.sarif"));
    expect(readdirSync(workspace)).toEqual(["stacks"]);
  });

  test("leaves the page of the run alone when told to", () => {
    act({ summary: "false" });
    expect(read("summary.md")).toBe("");
  });

  test("passes the options on", () => {
    write(workspace, { "own.yaml": "rules: { instance-profile-missing: off, ssm-permissions-missing: off }\n" });
    expect(act({ paths: "stacks", config: "own.yaml" }).status).toBe(0);
    expect(act({ paths: "stacks", "fail-on": "never" }).status).toBe(0);
    const regional =
      "Parameters: { Name: { Type: String }, Other: { Type: String } }\nResources: { Host: { Type: AWS::EC2::Instance, Properties: { Tags: [{ Key: !Ref Name, Value: !Sub '${AWS::Region} ${AWS::AccountId} ${Other}' }] } } }\n";
    write(workspace, { "regional.yaml": regional, "parameters.json": '{"Other": "x"}' });
    const { stderr } = act({
      paths: "regional.yaml",
      region: "eu-west-1",
      account: "123456789012",
      parameters: "Name=a=b c\nMissing=1\n",
      "parameter-files": "parameters.json\nnone.json",
    });
    expect(stderr).toContain("--parameter Missing: no template that was read has a parameter Missing");
    expect(stderr).not.toContain("--parameter Name");
    expect(stderr).toContain("none.json: it cannot be read");
  });

  test("judges only what changed", () => {
    rmSync(workspace, { recursive: true });
    mkdirSync(workspace);
    makeRepository(workspace, { "old.yaml": BLOCKED });
    commit(workspace, { "new.yaml": BLOCKED });
    const { stdout } = act({ "changed-since": "main" });
    expect(stdout).toContain("file=new.yaml");
    expect(stdout).not.toContain("file=old.yaml");
  });

  test("takes another version of the package", () => {
    act({ version: "2.0.0-rc.1" });
    act({ version: "latest" });
    expect(read("npx.log")).toBe("ssm-preflight@2.0.0-rc.1\nssm-preflight@latest\n");
  });

  test.each(["$(touch pwned)", "`touch pwned`", "; touch pwned;", "' ; touch pwned ; '", '" ; touch pwned ; "'])(
    "runs nothing that stands in an input: %s",
    (text) => {
      const free = Object.keys(ACTION.inputs).filter((name) => !["version", "summary", "upload-sarif"].includes(name));
      expect(act(Object.fromEntries(free.map((name) => [name, text]))).status).toBe(2);
      expect(act({ version: text }).status).toBe(2);
      expect(readdirSync(workspace)).not.toContain("pwned");
    },
  );

  test("takes a path for a path, whatever it begins with", () => {
    expect(act({ paths: "-h" })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("-h: there is no such file or folder"),
    });
  });

  test.each([
    [{ version: "file:../evil" }, "version is a version or a tag of the npm package, such as 1.2.3 or latest"],
    [{ version: "npm:other" }, "version is a version or a tag of the npm package, such as 1.2.3 or latest"],
    [{ "sarif-file": "a.sarif\nstatus=0" }, "the name of a file is one line"],
    [{ "comment-file": "a.md\nstatus=0" }, "the name of a file is one line"],
    [{ "upload-sarif": "yes" }, "summary and upload-sarif are true or false"],
  ])("refuses %j", (inputs, message) => {
    const { status, stdout, outputs } = act(inputs);
    expect({ status, stdout, outputs }).toEqual({
      status: 2,
      stdout: `::error title=ssm-preflight::${message}\n`,
      outputs: {},
    });
  });

  test("prints no command that stands in a name of the input", () => {
    write(workspace, { "stacks/x\n::error::forged.yaml": "Resources: [ # AWS::EC2::Instance\n" });
    const { status, stdout, stderr } = act({ paths: "stacks" });
    expect(status).toBe(2);
    expect(`${stdout}\n${stderr}`).not.toMatch(/^::error::forged/m);
  });
});

describe("action.yml", () => {
  test("hands every input to the script by the environment, and none to a shell", () => {
    expect(ACTION.runs.using).toBe("composite");
    for (const { run } of ACTION.runs.steps) expect(run ?? "").not.toContain("${{");
    const used = new Set([...TEXT.matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name));
    expect([...used].sort()).toEqual(Object.keys(ACTION.inputs).sort());
    const read = new Set([...SCRIPT.matchAll(/\bINPUT_\w+/g)].map(([name]) => name));
    expect([...read].sort()).toEqual(Object.keys(CHECK?.env ?? {}).sort());
  });

  test("uploads the SARIF report that the check named, also when the check failed", () => {
    expect(UPLOAD?.uses).toMatch(/^github\/codeql-action\/upload-sarif@/);
    expect(UPLOAD?.if).toContain("!cancelled()");
    expect(UPLOAD?.if).toContain("inputs.upload-sarif == 'true'");
    expect(UPLOAD?.with?.sarif_file).toBe(ACTION.outputs["sarif-file"]?.value);
  });

  test("gives the outputs that the script writes", () => {
    const written = [...SCRIPT.matchAll(/echo "([\w-]+)=/g)].map(([, name]) => name);
    expect(Object.entries(ACTION.outputs)).toEqual(
      written.map((name) => [name, expect.objectContaining({ value: `\${{ steps.check.outputs.${name} }}` })]),
    );
  });
});
