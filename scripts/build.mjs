// Compiles the library with TypeScript 7 (the package called typescript is what Pulumi loads, which cannot use 7 yet) and bundles the programs.
import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { globSync } from "tinyglobby";
import { bundleCdkEntries, bundleCommandLine, bundleHook, bundlePolicyPack } from "./bundle.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);
const typescript = require.resolve("typescript-7/package.json").replace(/package\.json$/, "bin/tsc");

rmSync(`${root}dist`, { recursive: true, force: true });
execFileSync(process.execPath, [typescript, "-p", `${root}tsconfig.build.json`], { stdio: "inherit" });
// The compiler copies package.json, of which the library wants no more than the version.
const { version } = require("../package.json");
writeFileSync(`${root}dist/package.json`, `${JSON.stringify({ version })}\n`);
// Of these the compiler's code is in the bundles, and its types stay.
for (const file of globSync("dist/{cdk-aspects,hook,input}/**/*.js", { cwd: root, absolute: true })) rmSync(file);
await Promise.all([bundleCommandLine(), bundleHook(), bundlePolicyPack(), bundleCdkEntries()]);
