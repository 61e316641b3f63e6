import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { FORMATS, REPORTERS } from "../../core/report";

/** Built by `npm run build`, which `npm test` runs first. */
const CLI = path.resolve(__dirname, "../../dist/cli/main.js");

const BLOCKED = "Resources:\n  Host:\n    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: ami-1\n";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "ssm-preflight-output-"));
  writeFileSync(path.join(folder, "blocked.yaml"), BLOCKED);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function check(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, "check", "blocked.yaml", ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "", FORCE_COLOR: "0", ...environment },
  });
  return { status, stdout, stderr };
}

const written = (file: string): string => readFileSync(path.join(folder, file), "utf8");

describe("--format", () => {
  test.each(FORMATS)("%s goes to stdout, and nothing else does", (format) => {
    const { status, stdout, stderr } = check(["--format", format]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toContain("instance-profile-missing");
    if (["json", "sarif", "gitlab"].includes(format)) expect(() => JSON.parse(stdout)).not.toThrow();
  });

  test("names the formats when it does not know one", () => {
    const { status, stdout, stderr } = check(["--format", "xml"]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(`--format is one of ${FORMATS.join(", ")}, not "xml"`);
  });
});

describe("--output", () => {
  test("writes every format in one run, each as --format prints it, beside the report on stdout", () => {
    const outputs = FORMATS.flatMap((format) => [
      "--output",
      `${format}=reports/${format}.${REPORTERS[format].extension}`,
    ]);
    const { status, stdout, stderr } = check(outputs);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toMatch(/^HOST +SESSION/);
    for (const format of FORMATS) {
      expect(written(`reports/${format}.${REPORTERS[format].extension}`)).toBe(check(["--format", format]).stdout);
    }
  });

  test("goes on when one file cannot be written, and says which", () => {
    mkdirSync(path.join(folder, "taken"));
    const { status, stdout, stderr } = check([
      "--output",
      "html=taken",
      "--output",
      "json=report.json",
      "--fail-on",
      "never",
    ]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^ssm-preflight: taken: it cannot be written: .+\n$/);
    expect(JSON.parse(written("report.json")).summary).toMatchObject({ hosts: 1, blocked: 1 });
    expect(stdout).toContain("1 host: 0 ready, 1 blocked");
  });

  test("a file is written without colours, even where the terminal has them", () => {
    const { stdout } = check(["--output", "pretty=report.txt"], { FORCE_COLOR: "1" });
    expect(stdout).toContain("\u001b[");
    expect(written("report.txt")).not.toContain("\u001b[");
  });

  test.each([
    ["report.html", '--output takes FORMAT=FILE, not "report.html"; the formats are pretty, json'],
    ["html=", '--output takes FORMAT=FILE, not "html="'],
    ["xml=report.xml", "--output is one of pretty, json"],
  ])("%s is refused with what was expected", (output, message) => {
    const { status, stderr } = check(["--output", output]);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(existsSync(path.join(folder, "report.xml"))).toBe(false);
  });

  test("two reports into one file are refused", () => {
    const { status, stderr } = check(["--output", "html=report", "--output", "json=report"]);
    expect(status).toBe(2);
    expect(stderr).toContain("--output names the file report twice");
  });
});

test("the help names every format", () => {
  const { stdout } = spawnSync(process.execPath, [CLI, "--help"], { encoding: "utf8" });
  for (const format of FORMATS) expect(stdout).toContain(`  ${format} `);
});
