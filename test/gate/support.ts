import { spawnSync } from "node:child_process";
import { chmodSync } from "node:fs";
import path from "node:path";
import { write } from "../cli/support/git";

export const ROOT = path.resolve(__dirname, "../..");
/** Built by `npm run build`, which `npm test` runs first. */
const CLI = path.join(ROOT, "dist/cli/main.js");

export const BLOCKED = "Resources:\n  Host:\n    Type: AWS::EC2::Instance\n    Properties:\n      ImageId: ami-1\n";
export const SAFE = "Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n";

/** In the place of npx, and of the installed program: the one that is built here. What npx was asked for goes into a file. */
export function installPrograms(folder: string): string {
  const program = `exec '${process.execPath}' '${CLI}' "$@"\n`;
  write(folder, {
    "bin/ssm-preflight": `#!/bin/sh\n${program}`,
    "bin/npx": `#!/bin/sh\nprintf '%s\\n' "$2" >> '${folder}/npx.log'\n[ "$1" = --yes ] || exit 99\nshift 2\n${program}`,
  });
  for (const name of ["ssm-preflight", "npx"]) chmodSync(path.join(folder, "bin", name), 0o755);
  return path.join(folder, "bin");
}

/** Runs a line in bash, as CI systems do, with the programs of a folder first on PATH. */
export function runLine(line: string, cwd: string, bin: string, environment: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync("bash", ["-c", line], {
    cwd,
    encoding: "utf8",
    env: {
      ...process.env,
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_CONFIG_NOSYSTEM: "1",
      ...environment,
      PATH: `${bin}${path.delimiter}${process.env.PATH ?? ""}`,
    },
  });
  return { status, stdout, stderr };
}
