// Runs a TypeScript file with what this repository has at hand. In an app of your own `npx tsx app.ts` does the same.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { buildSync } from "esbuild";

const [file] = process.argv.slice(2);
const outfile = resolve("dist/app.cjs");
buildSync({ entryPoints: [file], outfile, bundle: true, packages: "external", platform: "node", sourcemap: true });
process.setSourceMapsEnabled(true);
await import(pathToFileURL(outfile));
