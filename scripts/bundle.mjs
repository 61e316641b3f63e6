// Bundles the two programs that must start fast: the command line and the policy pack.
import { chmodSync, cpSync, renameSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Writes a bundle beside its place and moves it there, so that whoever runs the program meanwhile finds a whole one. */
async function bundle(entry, outfile, external) {
  const unfinished = `${root}${outfile}.${process.pid}`;
  await build({
    entryPoints: [`${root}${entry}`],
    outfile: unfinished,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external,
    legalComments: "none",
    logLevel: "warning",
  });
  renameSync(unfinished, `${root}${outfile}`);
}

export async function bundleCommandLine() {
  await bundle("cli/main.ts", "dist/cli/main.js", ["tinyglobby", "piscina", "cli-progress"]);
  await bundle("cli/worker.ts", "dist/cli/worker.js", ["tinyglobby"]);
  chmodSync(`${root}dist/cli/main.js`, 0o755);
}

export async function bundlePolicyPack() {
  await bundle("packs/session-manager/src/index.ts", "packs/session-manager/dist/index.js", ["@pulumi/*"]);
  cpSync(`${root}LICENSE`, `${root}packs/session-manager/LICENSE`);
}

const programs = { "command-line": bundleCommandLine, "policy-pack": bundlePolicyPack };

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = process.argv.slice(2);
  await Promise.all((names.length > 0 ? names : Object.keys(programs)).map((name) => programs[name]()));
}
