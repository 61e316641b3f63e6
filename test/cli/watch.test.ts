import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { write } from "./support/git";

/** Built by `npm run build`, which `npm test` runs first. */
const CLI = path.resolve(__dirname, "../../dist/cli/main.js");

const HOST = "Resources:\n  Host:\n    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: ami-1\n";
const SAFE = "Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n";

let folder: string;
let running: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "ssm-preflight-watch-"));
});
afterEach(() => {
  running?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** What the program says, and a way to wait for what it says next. */
function start(...args: string[]) {
  const child = spawn(process.execPath, [CLI, "check", "--watch", ...args], { cwd: folder });
  running = child;
  let said = "";
  let wake = (): void => {};
  const hear = (chunk: Buffer): void => {
    said += chunk.toString("utf8");
    wake();
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  return {
    child,
    ended,
    /** Waits for a text, and returns what was said up to its end; the next call looks behind it. */
    until: async (text: string): Promise<string> => {
      while (!said.includes(text)) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const end = said.indexOf(text) + text.length;
      const before = said.slice(0, end);
      said = said.slice(end);
      return before;
    },
  };
}

const ended = "suppressed.";

describe("--watch", () => {
  test("judges again when a template is written, and ends on Ctrl-C with status 130", async () => {
    write(folder, { "web.yaml": SAFE });
    const { child, until, ended: exit } = start("web.yaml");
    expect(await until(ended)).toContain("No hosts declared");
    await until("ssm-preflight: watching what was read; Ctrl-C ends it\n");
    write(folder, { "web.yaml": HOST });
    await until("ssm-preflight: web.yaml changed\n");
    expect(await until(ended)).toContain("1 blocked");
    child.kill("SIGINT");
    expect(await exit).toBe(130);
  });

  test("sees files that come, go, and are put in the place of others", async () => {
    write(folder, { "stacks/web.yaml": SAFE });
    const { until } = start("stacks");
    await until("Ctrl-C");
    mkdirSync(path.join(folder, "stacks/deep"));
    write(folder, { "stacks/deep/new.yaml": HOST });
    expect(await until("1 blocked")).toContain("stacks/deep/new.yaml changed");
    rmSync(path.join(folder, "stacks/deep"), { recursive: true });
    expect(await until("0 blocked")).toContain("stacks/deep/new.yaml changed");
    // As editors save.
    write(folder, { "stacks/web.yaml~": HOST });
    renameSync(path.join(folder, "stacks/web.yaml~"), path.join(folder, "stacks/web.yaml"));
    expect(await until("1 blocked")).toContain("stacks/web.yaml changed");
  });

  test("takes the configuration and parameter files into account", async () => {
    write(folder, { "web.yaml": HOST, "parameters.json": "{}" });
    const { until } = start("web.yaml", "--parameters", "parameters.json");
    await until("Ctrl-C");
    write(folder, { "ssm-preflight.yaml": "rules: { instance-profile-missing: off }\n" });
    await until("ssm-preflight.yaml changed");
    expect(await until(ended)).not.toContain("error instance-profile-missing");
    write(folder, { "parameters.json": "[1]" });
    expect(await until(ended)).toContain("parameters.json: ");
  });

  test("goes on when an input cannot be read", async () => {
    write(folder, { "web.yaml": HOST });
    const { until } = start("web.yaml");
    await until("Ctrl-C");
    write(folder, { "web.yaml": "Resources: [" });
    expect(await until(ended)).toMatch(/ssm-preflight: web\.yaml:1:\d+: /);
    write(folder, { "web.yaml": SAFE });
    expect(await until(ended)).toContain("No hosts declared");
  });

  test("is not set off by its own reports", async () => {
    write(folder, { "web.yaml": HOST });
    const { until } = start(".", "--output", "json=report.json");
    await until("Ctrl-C");
    write(folder, { "web.yaml": SAFE });
    await until("web.yaml changed");
    await until(ended);
    write(folder, { "web.yaml": HOST });
    expect(await until("changed")).toBe("\nssm-preflight: web.yaml changed");
  });

  test.each([
    [["-"], "--watch watches files; standard input is read once"],
    [["--format", "json"], 'so --format is pretty, not "json"; --output writes others'],
  ])("is refused with %j", (args, message) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, "check", "--watch", ...args], {
      cwd: folder,
      encoding: "utf8",
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(message);
  });
});
