import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../..");
/** Built by `npm run build`, which `npm test` runs first. */
const CLI = path.join(ROOT, "dist/cli/main.js");

const BLOCKED = "Resources:\n  Host:\n    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: ami-1\n";
const PREVIEW = path.join(ROOT, "examples/pulumi-typescript/broken/preview.json");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "ssm-preflight-stdin-"));
  writeFileSync(path.join(folder, "other.yaml"), BLOCKED);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const check = (input: string | Buffer, ...args: string[]) =>
  spawnSync(process.execPath, [CLI, "check", ...args], { cwd: folder, encoding: "utf8", input });

const filesOf = (stdout: string): readonly string[] =>
  JSON.parse(stdout).hosts.map(({ file }: { readonly file: string }) => file);

describe("check -", () => {
  test.each([
    ["YAML", BLOCKED],
    ["JSON", '{"Resources": {"Host": {"Type": "AWS::EC2::Instance", "Properties": {"ImageId": "ami-1"}}}}'],
    ["YAML with a byte order mark", `\uFEFF${BLOCKED}`],
  ])("judges a template in %s and calls it <stdin>", (_, text) => {
    const { status, stdout, stderr } = check(text, "-", "--format", "json");
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(filesOf(stdout)).toEqual(["<stdin>"]);
  });

  test("judges what pulumi preview prints", () => {
    const { status, stdout } = check(readFileSync(PREVIEW, "utf8"), "-", "--format", "json");
    expect(status).toBe(1);
    expect(new Set(filesOf(stdout))).toEqual(new Set(["<stdin>"]));
  });

  test.each([
    ["UTF-16, as Windows PowerShell writes it", (text: string) => Buffer.from(`\uFEFF${text}`, "utf16le")],
    ["UTF-16 of the other byte order", (text: string) => Buffer.from(`\uFEFF${text}`, "utf16le").swap16()],
    ["UTF-8 with a byte order mark", (text: string) => Buffer.from(`\uFEFF${text}`)],
  ])("reads a preview in %s, from a pipe and from a file", (_, encoded) => {
    const bytes = encoded(readFileSync(PREVIEW, "utf8"));
    writeFileSync(path.join(folder, "preview.json"), bytes);
    const piped = check(bytes, "-", "--format", "json");
    const read = check("", "preview.json", "--format", "json");
    expect([piped.stderr, read.stderr]).toEqual(["", ""]);
    expect([piped, read].map(({ stdout }) => new Set(filesOf(stdout)))).toEqual([
      new Set(["<stdin>"]),
      new Set(["preview.json"]),
    ]);
  });

  test("goes together with files", () => {
    const { status, stdout } = check(BLOCKED, "-", "other.yaml", "--format", "json");
    expect(status).toBe(1);
    expect(filesOf(stdout)).toEqual(["<stdin>", "other.yaml"]);
  });

  test.each([
    ["nothing", "", "ssm-preflight: <stdin>: standard input is empty; a template or a preview was expected\n"],
    ["blanks", " \n\n", "ssm-preflight: <stdin>: standard input is empty; a template or a preview was expected\n"],
    [
      "prose",
      "no template at all",
      "ssm-preflight: <stdin>:1:1: not a CloudFormation template: it has no Resources with a Type\n",
    ],
    ["broken JSON", '{"Resources": {', /^ssm-preflight: <stdin>:1:\d+: /],
  ])("names <stdin> when %s comes in, and judges the files all the same", (_, input, message) => {
    const { status, stdout, stderr } = check(input, "-", "other.yaml", "--format", "json");
    expect(status).toBe(2);
    if (typeof message === "string") expect(stderr).toBe(message);
    else expect(stderr).toMatch(message);
    expect(filesOf(stdout)).toEqual(["other.yaml"]);
  });

  test("is not asked for when no path says so", () => {
    const { status, stdout } = check("no template at all", "--format", "json");
    expect(status).toBe(1);
    expect(filesOf(stdout)).toEqual(["other.yaml"]);
  });

  test("gives SARIF and annotations that can be read", () => {
    const { stdout } = check(BLOCKED, "-", "--format", "sarif");
    const [result] = JSON.parse(stdout).runs[0].results;
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe("%3Cstdin%3E");
    expect(check(BLOCKED, "-", "--format", "github").stdout).toContain("::error file=<stdin>,line=2,");
  });
});
