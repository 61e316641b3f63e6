import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { commit, git, makeRepository, write } from "./support/git";

/** Built by `npm run build`, which `npm test` runs first. */
const CLI = path.resolve(__dirname, "../../dist/cli/main.js");

const HOST = "Resources:\n  Host:\n    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: ami-1\n";
const SAFE = "Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n";

/** A host whose only way is the endpoints of another stack, which says whether it has them all. */
const network = (services: readonly string[]) => `
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: { CidrBlock: 10.0.0.0/16, EnableDnsSupport: true, EnableDnsHostnames: true }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24 } }
${services
  .map(
    (service) => `  ${service}:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Vpc
      ServiceName: com.amazonaws.eu-west-1.${service}
      VpcEndpointType: Interface
      PrivateDnsEnabled: true
      SubnetIds: [!Ref Subnet]
`,
  )
  .join("")}
Outputs:
  SubnetId: { Value: !Ref Subnet, Export: { Name: network-subnet } }
`;
const IMPORTER = `
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties: { ImageId: ami-1, SubnetId: !ImportValue network-subnet }
`;

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "ssm-preflight-git-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function check(args: readonly string[], environment: Readonly<Record<string, string>> = {}, input = "") {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, "check", ...args], {
    cwd: folder,
    encoding: "utf8",
    input,
    env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1", ...environment },
  });
  return { status, stdout, stderr };
}

/** The files whose hosts are judged. */
function judged(...args: string[]): readonly string[] {
  const { stdout } = check([...args, "--changed-since", "main", "--format", "json"]);
  return JSON.parse(stdout).hosts.map(({ file }: { readonly file: string }) => file);
}

describe("what changed since a ref", () => {
  beforeEach(() => makeRepository(folder, { "a.yaml": HOST, "b.yaml": HOST, "c.yaml": HOST, "d.yaml": HOST }));

  test("is what was committed, staged, written and added", () => {
    commit(folder, { "a.yaml": `${HOST}# committed\n` });
    write(folder, { "b.yaml": `${HOST}# staged\n` });
    git(folder, "add", "b.yaml");
    write(folder, { "c.yaml": `${HOST}# written\n`, "e.yaml": HOST });
    expect(judged()).toEqual(["a.yaml", "b.yaml", "c.yaml", "e.yaml"]);
  });

  test("is counted from the merge base: what others changed meanwhile is not ours", () => {
    commit(folder, { "a.yaml": `${HOST}# ours\n` });
    git(folder, "checkout", "--quiet", "main");
    commit(folder, { "b.yaml": `${HOST}# theirs\n` });
    git(folder, "checkout", "--quiet", "work");
    expect(judged()).toEqual(["a.yaml"]);
  });

  test("holds what git ignores, for git cannot tell", () => {
    commit(folder, { ".gitignore": "preview.yaml\n", "preview.yaml": HOST });
    git(folder, "checkout", "--quiet", "main");
    git(folder, "merge", "--quiet", "work");
    expect(judged()).toEqual(["preview.yaml"]);
  });

  test("holds standard input", () => {
    const { stdout } = check(["-", "a.yaml", "--changed-since", "main", "--format", "json"], {}, HOST);
    expect(JSON.parse(stdout).hosts).toMatchObject([{ file: "<stdin>" }]);
  });

  test("may be nothing, which ends well and says so", () => {
    expect(check(["--changed-since", "main"])).toEqual({
      status: 0,
      stdout: expect.stringMatching(
        /^No hosts in what changed since main: .*\n\n0 hosts: .* Of 4 files read, 0\s+judged\.\n$/,
      ),
      stderr: "ssm-preflight: note: nothing to judge: none of 4 files changed since main\n",
    });
  });

  test("is told in the reports", () => {
    commit(folder, { "a.yaml": `${HOST}# ours\n` });
    const { status, stdout, stderr } = check(["--changed-since", "main", "--format", "json"]);
    expect(status).toBe(1);
    expect(stderr).toBe(
      "ssm-preflight: note: judged are 1 of 4 files: those that changed since main, and those that share values with them\n",
    );
    expect(JSON.parse(stdout).summary).toMatchObject({ hosts: 1, changes: { since: "main", files: 1, of: 4 } });
  });

  test("does not depend on the folder that the command runs in, or on settings for git's output", () => {
    commit(folder, { "deep/naïve name.yaml": HOST });
    git(folder, "config", "diff.relative", "true");
    git(folder, "config", "diff.renames", "copies");
    mkdirSync(path.join(folder, "elsewhere"));
    const { stdout } = spawnSync(
      process.execPath,
      [CLI, "check", "../deep", "..", "--changed-since", "main", "--format", "json"],
      { cwd: path.join(folder, "elsewhere"), encoding: "utf8" },
    );
    expect(JSON.parse(stdout).hosts).toMatchObject([{ file: "../deep/naïve name.yaml" }]);
  });

  test("leaves git's index as it is", () => {
    const index = () => git(folder, "ls-files", "--debug");
    write(folder, { "a.yaml": HOST });
    const before = index();
    judged();
    expect(index()).toBe(before);
  });

  test("reaches a template that a link leads to", () => {
    commit(folder, { "real/template.yaml": HOST });
    symlinkSync("real", path.join(folder, "linked"));
    commit(folder);
    git(folder, "checkout", "--quiet", "main");
    git(folder, "merge", "--quiet", "work");
    expect(judged("linked/template.yaml")).toEqual([]);
    write(folder, { "real/template.yaml": `${HOST}# written\n` });
    expect(judged("linked/template.yaml")).toEqual(["linked/template.yaml"]);
  });
});

describe("what a change reaches", () => {
  test("a stack that imports from the one that changed is judged too", () => {
    const all = network(["ssm", "ssmmessages", "ec2messages"]);
    makeRepository(folder, { "network.yaml": all, "web.yaml": IMPORTER, "other.yaml": HOST });
    commit(folder, { "network.yaml": network(["ssm"]) });
    const { stdout } = check(["--changed-since", "main", "--format", "json"]);
    const { findings, hosts } = JSON.parse(stdout);
    expect(hosts).toMatchObject([{ id: "Web", file: "web.yaml" }]);
    expect(findings.map(({ rule }: { readonly rule: string }) => rule)).toContain("ssmmessages-endpoint-missing");
  });

  test("a stack that imports is judged with the exports of one that did not change", () => {
    makeRepository(folder, { "network.yaml": network(["ssm"]), "web.yaml": IMPORTER });
    commit(folder, { "web.yaml": `${IMPORTER}# ours\n` });
    const { stdout } = check(["--changed-since", "main", "--format", "json"]);
    expect(JSON.parse(stdout).hosts).toMatchObject([{ links: { network: { status: "fail" } } }]);
  });

  test("a parent is judged when a template nested in it changed", () => {
    const parent =
      "Resources:\n  Nested: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ./nested.yaml } }\n  Own: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-1 } }\n";
    makeRepository(folder, { "parent.yaml": parent, "nested.yaml": SAFE, "other.yaml": HOST });
    commit(folder, { "nested.yaml": `${SAFE}# ours\n` });
    expect(judged()).toEqual(["parent.yaml"]);
  });

  const ASSEMBLY = {
    "cdk.out/cdk.out": '{"version": "48.0.0"}',
    "cdk.out/manifest.json": JSON.stringify({
      version: "48.0.0",
      artifacts: Object.fromEntries(
        ["A", "B"].map((name) => [
          name,
          { type: "aws:cloudformation:stack", properties: { templateFile: `${name}.template.json` } },
        ]),
      ),
    }),
    "cdk.out/A.template.json": '{"Resources": {"Host": {"Type": "AWS::EC2::Instance", "Properties": {}}}}',
    "cdk.out/B.template.json": '{"Resources": {"Host": {"Type": "AWS::EC2::Instance", "Properties": {}}}}',
  };
  const BOTH = ["cdk.out/A.template.json", "cdk.out/B.template.json"];

  test("a cloud assembly is judged whole when anything in it changed", () => {
    makeRepository(folder, { ...ASSEMBLY, "cdk.out/asset.1/run.sh": "true\n", "other.yaml": HOST });
    expect(judged()).toEqual([]);
    commit(folder, { "cdk.out/asset.1/run.sh": "false\n" });
    expect(judged()).toEqual(BOTH);
    expect(judged("cdk.out")).toEqual(BOTH);
  });

  test("a cloud assembly that git ignores is always judged", () => {
    makeRepository(folder, { ".gitignore": "cdk.out/\n", "other.yaml": HOST });
    write(folder, ASSEMBLY);
    expect(judged()).toEqual(BOTH);
  });

  test.each([
    ["ssm-preflight.yaml", "failOn: warning\n", []],
    ["cdk.context.json", "{}", []],
    ["parameters.json", "{}", ["--parameters", "parameters.json"]],
    ["known.baseline.json", '{ "version": 1, "findings": [] }', ["--baseline=known.baseline.json"]],
  ])("everything is judged when %s changed, came or went", (name, text, options) => {
    const files = { ...ASSEMBLY, "other.yaml": HOST, "parameters.json": "[]" };
    const everything = [...BOTH, "other.yaml"];
    makeRepository(folder, files);
    commit(folder, { [name]: text });
    expect(judged(".", ...options)).toEqual(everything);
    git(folder, "branch", "--quiet", "--force", "main");
    expect(judged(".", ...options)).toEqual([]);
    commit(folder, { [name]: `${text} ` });
    expect(judged(".", ...options)).toEqual(everything);
    expect(check([".", ...options, "--changed-since", "main"]).stderr).toContain(
      `note: everything is judged, because ${name} changed since main\n`,
    );
    git(folder, "branch", "--quiet", "--force", "main");
    rmSync(path.join(folder, name));
    expect(judged(".", ...options)).toEqual(everything);
  });

  test.each([
    ["deleted", (name: string) => rmSync(path.join(folder, name))],
    ["no template any more", (name: string) => write(folder, { [name]: "notes: none\n" })],
  ])("everything is judged when a template is %s", (_, change) => {
    makeRepository(folder, { "stacks/gone.yaml": SAFE, "stacks/web.yaml": HOST, "notes.yaml": "a: 1\n" });
    change("notes.yaml");
    expect(judged("stacks")).toEqual([]);
    expect(judged()).toEqual([]);
    change("stacks/gone.yaml");
    expect(judged("stacks")).toEqual(["stacks/web.yaml"]);
    expect(judged("stacks/*.yaml")).toEqual(["stacks/web.yaml"]);
    expect(check(["stacks", "--changed-since", "main"]).stderr).toContain(
      "note: everything is judged, because stacks/gone.yaml, which was a template, is none any more since main\n",
    );
    expect(judged("stacks/web.yaml")).toEqual([]);
  });

  test("a file that was broken before is a note, and one that is broken now ends the run with status 2", () => {
    makeRepository(folder, { "old.yaml": "Resources: [ # AWS::EC2::Instance\n", "web.yaml": SAFE });
    const before = check(["--changed-since", "main"]);
    expect(before.status).toBe(0);
    expect(before.stderr).toMatch(/note: old\.yaml:\d+:\d+: /);
    write(folder, { "new.yaml": "Resources: [ # AWS::EC2::Instance\n" });
    const after = check(["--changed-since", "main"]);
    expect(after.status).toBe(2);
    expect(after.stderr).toMatch(/^ssm-preflight: new\.yaml:\d+:\d+: /m);
  });
});

describe("bad input", () => {
  const refused = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) => {
    const { status, stdout, stderr } = check(["--changed-since", ...args], environment);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    return stderr;
  };

  test("outside of a repository", () => {
    write(folder, { "a.yaml": HOST });
    expect(refused(["main"], { GIT_CEILING_DIRECTORIES: path.dirname(folder) })).toContain(
      "--changed-since: a git working tree is needed: not a git repository",
    );
  });

  test("without git", () => {
    write(folder, { "a.yaml": HOST });
    expect(refused(["main"], { PATH: folder })).toBe(
      "ssm-preflight: --changed-since: git is needed, and there is no git on PATH\n",
    );
  });

  test.each([
    [["mian"], 'git knows no commit "mian"'],
    [["main~7"], 'git knows no commit "main~7"'],
    [["main:a.yaml"], 'git knows no commit "main:a.yaml"'],
    [["$(touch pwned)"], 'git knows no commit "$(touch pwned)"'],
    [[""], 'a branch, tag or commit was expected, not ""'],
  ])("a ref such as %j", (args, message) => {
    makeRepository(folder, { "a.yaml": HOST });
    expect(refused(args)).toBe(`ssm-preflight: --changed-since: ${message}\n`);
  });

  test("a ref that git would take for an option", () => {
    makeRepository(folder, { "a.yaml": HOST });
    const { status, stderr } = check(["--changed-since=--output=pwned"]);
    expect(status).toBe(2);
    expect(stderr).toContain('a branch, tag or commit was expected, not "--output=pwned"');
  });

  test("a branch that shares no commit", () => {
    makeRepository(folder, { "a.yaml": HOST });
    git(folder, "checkout", "--quiet", "--orphan", "island");
    commit(folder, { "b.yaml": HOST });
    expect(refused(["main"])).toBe("ssm-preflight: --changed-since: main and HEAD have no commit in common\n");
  });

  test("a shallow clone, with what to do", () => {
    const origin = path.join(folder, "origin");
    mkdirSync(origin);
    makeRepository(origin, { "a.yaml": HOST });
    commit(origin, { "a.yaml": `${HOST}# ours\n` });
    git(origin, "checkout", "--quiet", "main");
    commit(origin, { "b.yaml": HOST });
    git(folder, "clone", "--quiet", "--depth", "1", "--no-single-branch", `file://${origin}`, "clone");
    const clone = path.join(folder, "clone");
    git(clone, "checkout", "--quiet", "work");
    folder = clone;
    expect(refused(["origin/main"])).toContain("origin/main and HEAD have no commit in common; this clone is shallow");
    expect(refused(["v1"])).toMatch(/git knows no commit "v1"; this clone is shallow: .*fetch-depth: 0/);
    rmSync(origin, { recursive: true, force: true });
  });

  test("a file that is not there", () => {
    makeRepository(folder, { "a.yaml": HOST });
    const { status, stderr } = check(["a.yaml", "missing.yaml", "--changed-since", "main"]);
    expect(status).toBe(2);
    expect(stderr).toContain("missing.yaml: there is no such file or folder");
  });

  test("a question about one host", () => {
    expect(refused(["main", "--host", "Web"])).toContain("leave out --changed-since");
  });
});
