// Bundles what must start fast, the command line, the policy pack and the CDK entries, and what is one file to upload, the hook.
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

/** Read when first needed, as a file beside the bundle: the engine is quicker with JSON than with the same in a program. */
const DOCUMENTS = "./managed-policies.json";

const copyDocuments = (folder) => cpSync(`${root}core/knowledge/${DOCUMENTS}`, `${root}${folder}/${DOCUMENTS}`);

export async function bundleCommandLine() {
  const external = ["tinyglobby", "piscina", "cli-progress", "@aws-sdk/*", DOCUMENTS];
  await bundle("cli/main.ts", "dist/cli/main.js", external);
  await bundle("cli/worker.ts", "dist/cli/worker.js", ["tinyglobby", DOCUMENTS]);
  copyDocuments("dist/cli");
  chmodSync(`${root}dist/cli/main.js`, 0o755);
}

export async function bundleHook() {
  await bundle("hook/index.ts", "dist/hook/index.js", []);
}

export async function bundlePolicyPack() {
  const pack = (name, external) =>
    bundle(`packs/session-manager/src/${name}.ts`, `packs/session-manager/dist/${name}.js`, external);
  await Promise.all([pack("facts", []), pack("index", ["@pulumi/*", "./facts", DOCUMENTS])]);
  copyDocuments("packs/session-manager/dist");
  cpSync(`${root}LICENSE`, `${root}packs/session-manager/LICENSE`);
}

const CDK_ENTRIES = ["index", "nag-pack"];

/** What the entries share is one file, so that an app that uses both loads it once. What few apps need is another. */
export async function bundleCdkEntries() {
  const hostTools = ["aws-cdk-lib", "constructs", "cdk-nag"];
  const cdk = (name, external) => bundle(`cdk-aspects/${name}.ts`, `dist/cdk-aspects/${name}.js`, external);
  await Promise.all([
    cdk("facts", []),
    // Templates of the CDK are JSON.
    cdk("shared", [...hostTools, "./facts", "yaml", DOCUMENTS]),
    ...CDK_ENTRIES.map((name) => cdk(name, [...hostTools, "./shared"])),
  ]);
  copyDocuments("dist/cdk-aspects");
}

const programs = {
  "command-line": bundleCommandLine,
  hook: bundleHook,
  "policy-pack": bundlePolicyPack,
  "cdk-entries": bundleCdkEntries,
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = process.argv.slice(2);
  await Promise.all((names.length > 0 ? names : Object.keys(programs)).map((name) => programs[name]()));
}
