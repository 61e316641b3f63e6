// Writes schema/ssm-preflight.schema.json, for editors, from the schema that the configuration is validated with.
// With --check it writes nothing, and fails where the file is not what it would write.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const file = join("schema", "ssm-preflight.schema.json");

const { configurationSchema, RULES, toJsonSchema } = await core();
const schema = toJsonSchema(configurationSchema(RULES), { typeMode: "input" });
const titled = { $schema: schema.$schema, title: "Configuration of ssm-preflight", ...schema };
const wanted = `${JSON.stringify(titled, null, 2)}\n`;
const written = existsSync(join(root, file)) ? readFileSync(join(root, file), "utf8") : undefined;

if (process.argv.includes("--check")) {
  if (written !== wanted) console.error(`${file} is out of date; run node scripts/generate-schema.mjs`);
  process.exitCode = written === wanted ? 0 : 1;
} else {
  mkdirSync(join(root, "schema"), { recursive: true });
  writeFileSync(join(root, file), wanted);
}

/** The schema is TypeScript, and must not have to be built first. */
async function core() {
  const contents = `
    export { configurationSchema } from "./core/configuration/schema";
    export { RULES } from "./core/rules";
    export { toJsonSchema } from "@valibot/to-json-schema";
  `;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    format: "cjs",
    platform: "node",
    write: false,
  });
  const module = { exports: {} };
  new Function("module", "exports", "require", outputFiles[0].text)(module, module.exports, createRequire(root));
  return module.exports;
}
