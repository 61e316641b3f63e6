// Writes schema/*.schema.json, for editors, from the schemas that the configuration and the facts file are validated with.
// With --check it writes nothing, and fails where a file is not what it would write.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

const { configurationSchema, factsSchema, RULES, toJsonSchema } = await core();
const schemas = {
  "ssm-preflight.schema.json": ["Configuration of ssm-preflight", configurationSchema(RULES), "throw"],
  // That the version is the one which is read is no matter of shape.
  "ssm-preflight.facts.schema.json": ["Facts file of ssm-preflight", factsSchema(), "ignore"],
};

mkdirSync(join(root, "schema"), { recursive: true });
for (const [name, [title, source, errorMode]] of Object.entries(schemas)) {
  const file = join("schema", name);
  const schema = toJsonSchema(source, { typeMode: "input", errorMode });
  const wanted = `${JSON.stringify({ $schema: schema.$schema, title, ...schema }, null, 2)}\n`;
  const written = existsSync(join(root, file)) ? readFileSync(join(root, file), "utf8") : undefined;
  if (!process.argv.includes("--check")) writeFileSync(join(root, file), wanted);
  else if (written !== wanted) {
    console.error(`${file} is out of date; run node scripts/generate-schema.mjs`);
    process.exitCode = 1;
  }
}

/** The schema is TypeScript, and must not have to be built first. */
async function core() {
  const contents = `
    export { configurationSchema } from "./core/configuration/schema";
    export { factsSchema } from "./core/facts-file/schema";
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
