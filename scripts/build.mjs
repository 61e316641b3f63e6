// Compiles the library (with TypeScript 7; the package called typescript is what Pulumi loads, which cannot use 7 yet) with tsc and bundles the two programs that must start fast: the command line and the policy pack.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);
const typescript = require.resolve("typescript-7/package.json").replace(/package\.json$/, "bin/tsc");

rmSync(`${root}dist`, { recursive: true, force: true });
execFileSync(process.execPath, [typescript, "-p", `${root}tsconfig.build.json`], { stdio: "inherit" });

const bundle = (entry, outfile, external) =>
  build({
    entryPoints: [`${root}${entry}`],
    outfile: `${root}${outfile}`,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external,
    legalComments: "none",
    logLevel: "warning",
  });

await bundle("cli/main.ts", "dist/cli/main.js", ["tinyglobby"]);
chmodSync(`${root}dist/cli/main.js`, 0o755);
await bundle("packs/session-manager/src/index.ts", "packs/session-manager/dist/index.js", ["@pulumi/*"]);
cpSync(`${root}LICENSE`, `${root}packs/session-manager/LICENSE`);
