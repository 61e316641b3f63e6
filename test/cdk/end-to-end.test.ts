import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { buildSync } from "esbuild";
import { parseArguments } from "../../cli/arguments";
import { readInputs } from "../../cli/read-inputs";
import { assessReading } from "../support/program-cases";
import { scratchFolder } from "./support";

const ROOT = path.resolve(__dirname, "../..");
const SYNTH_TIME = 120_000;

interface Run {
  readonly status: number | null;
  readonly output: string;
  /** Where the assembly is. */
  readonly folder: string;
}

/** The package as it stands in the source, in the place of a built one. */
let hook: string;

beforeAll(() => {
  const folder = scratchFolder();
  const entries = { "ssm-preflight/cdk": "cdk-aspects/index.ts", "ssm-preflight/cdk-nag": "cdk-aspects/nag-pack.ts" };
  const built = Object.entries(entries).map(([specifier, entry]) => {
    const outfile = path.join(folder, "node_modules", specifier, "index.js");
    const external = ["aws-cdk-lib", "constructs", "cdk-nag"];
    buildSync({ entryPoints: [path.join(ROOT, entry)], outfile, bundle: true, platform: "node", external });
    return [specifier, outfile];
  });
  hook = path.join(folder, "use-source.cjs");
  writeFileSync(
    hook,
    `const built = new Map(${JSON.stringify(built)});
     const Module = require("node:module");
     const resolve = Module._resolveFilename;
     Module._resolveFilename = (request, ...others) => built.get(request) ?? resolve(request, ...others);`,
  );
});

/** Runs `cdk synth` in the folder of an example, as its `cdk.json` says or with another app. */
function synth(example: string, app?: string, env: Readonly<Record<string, string>> = {}): Run {
  const cwd = path.join(ROOT, "examples", example);
  const folder = path.join(scratchFolder(), "cdk.out");
  const args = ["synth", "--quiet", "--no-notices", "--output", folder, ...(app === undefined ? [] : ["--app", app])];
  const { status, stdout, stderr } = spawnSync(process.execPath, [require.resolve("aws-cdk/bin/cdk"), ...args], {
    cwd,
    encoding: "utf8",
    env: {
      PATH: process.env.PATH ?? "",
      HOME: folder,
      NODE_PATH: path.join(ROOT, "node_modules"),
      NODE_OPTIONS: `--require ${hook}`,
      // Leaves out the rules that CDK brings itself.
      CDK_VALIDATION: "false",
      ...env,
    },
  });
  rmSync(path.join(cwd, "dist"), { recursive: true, force: true });
  return { status, output: `${stdout}\n${stderr}`, folder };
}

/** The number of the line of a file that holds a text. */
function lineOf(file: string, text: string): number {
  const content = readFileSync(path.join(ROOT, "examples", file), "utf8").split("\n");
  const found = content.findIndex((line) => line.includes(text));
  if (found < 0) throw new Error(`${file} has no line with ${text}`);
  return found + 1;
}

describe("cdk synth of examples/cdk-typescript", () => {
  test(
    "prints warnings at the user's own lines and goes on; the command line says the same of the assembly",
    async () => {
      const { status, output, folder } = synth("cdk-typescript");
      expect(status).toBe(0);
      const place = `broken.ts:${lineOf("cdk-typescript/broken.ts", "new Instance(")}:1`;
      expect(output).toContain(`${place}\nWARNING in subnet Network/Vpc/appSubnet1/Subnet the host cannot reach`);
      expect(output).toContain(`${place}\nWARNING role Hosts/Web/InstanceRole has no policies`);
      expect(output).toContain("Acknowledge with 'session-manager::ssm-permissions-missing'");

      const options = parseArguments(["check", folder]);
      if (options.command !== "check") throw new Error("that is no check");
      const { findings } = assessReading(await readInputs(options));
      const errors = findings.filter(({ level }) => level === "error");
      expect(errors.map(({ rule, resource }) => [rule, resource.constructPath, resource.sourceLocation])).toEqual([
        ["no-route-to-session-manager", "Hosts/Web/Resource", expect.stringMatching(`${place}$`)],
        ["ssm-permissions-missing", "Hosts/Web/Resource", expect.stringMatching(`${place}$`)],
      ]);
    },
    SYNTH_TIME,
  );

  test(
    "stops when it is told to",
    () => {
      const { status, output } = synth("cdk-typescript", undefined, { FAIL_ON: "error" });
      expect(status).toBe(1);
      expect(output).toContain("ERROR role Hosts/Web/InstanceRole has no policies");
    },
    SYNTH_TIME,
  );

  test(
    "says nothing of the fixed app",
    () => {
      const { status, output } = synth("cdk-typescript", "node run.mjs fixed.ts");
      expect(output).not.toMatch(/WARNING|ERROR|INFO/);
      expect(status).toBe(0);
    },
    SYNTH_TIME,
  );
});

describe("cdk synth of examples/cdk-nag", () => {
  test(
    "stops with the ids of the rules in the report, but for what is acknowledged",
    () => {
      const { status, folder } = synth("cdk-nag");
      expect(status).toBe(1);
      const { pluginReports } = JSON.parse(readFileSync(path.join(folder, "validation-report.json"), "utf8"));
      expect(pluginReports).toMatchObject([
        {
          pluginName: "SessionManager",
          conclusion: "failure",
          metadata: { "passed over: ssm-permissions-missing of Hosts/Batch/Resource": expect.any(String) },
          violations: [
            {
              ruleName: "SessionManager-ssm-permissions-missing",
              violatingConstructs: [{ constructPath: "Hosts/Web/Resource" }],
            },
          ],
        },
      ]);
    },
    SYNTH_TIME,
  );

  test(
    "says nothing of the fixed app",
    () => {
      const { status, output } = synth("cdk-nag", "node ../cdk-typescript/run.mjs fixed.ts");
      expect(output).not.toMatch(/WARNING|ERROR|INFO/);
      expect(status).toBe(0);
    },
    SYNTH_TIME,
  );
});
