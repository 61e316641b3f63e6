// Writes docs/rules/<id>.md and the rule table of the README from the rules and from their cases in test/rules, and
// docs/errors.md from the errors that can be explained, and docs/network-costs.md from the prices.
// With --check it writes nothing, and fails where a file is not what it would write.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const pages = join("docs", "rules");

const ENDINGS = { cloudformation: ".yaml", cdk: ".cdk.ts", pulumi: ".pulumi.ts" };

const { ERRORS, RULES, errorsPage, networkCostsPage, rulePage, ruleTable } = await core();
const wanted = new Map([
  ...RULES.map((rule) => [join(pages, `${rule.id}.md`), rulePage(rule, examplesOf(rule.id))]),
  [join("docs", "errors.md"), errorsPage(ERRORS)],
  [join("docs", "network-costs.md"), networkCostsPage()],
  ["README.md", withTable(readFileSync(join(root, "README.md"), "utf8"), ruleTable(RULES))],
]);
const stale = [...wanted].filter(([file, text]) => textOf(join(root, file)) !== text);
const leftOver = existsSync(join(root, pages))
  ? readdirSync(join(root, pages)).filter((name) => !wanted.has(join(pages, name)))
  : [];

if (process.argv.includes("--check")) {
  for (const [file] of stale) console.error(`${file} is out of date; run node scripts/generate-docs.mjs`);
  for (const name of leftOver) console.error(`${join(pages, name)} belongs to no rule`);
  process.exitCode = stale.length + leftOver.length === 0 ? 0 : 1;
} else {
  mkdirSync(join(root, pages), { recursive: true });
  for (const [file, text] of stale) writeFileSync(join(root, file), text);
}

/** The rules are TypeScript, and must not have to be built first. */
async function core() {
  const contents = `
    export { ERRORS } from "./core/explain/errors";
    export { errorsPage } from "./core/explain/errors-page";
    export { networkCostsPage } from "./core/report/network-costs-page";
    export { RULES } from "./core/rules";
    export { rulePage, ruleTable } from "./core/report/rule-page";
  `;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire("/");' },
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

function examplesOf(rule) {
  const folder = join(root, "test", "rules", rule);
  const examples = Object.entries(ENDINGS).map(([language, ending]) => {
    const written = (name) => asWritten(readFileSync(join(folder, `${name}${ending}`), "utf8"));
    return { language, failing: written("failing"), passing: written("passing") };
  });
  const golden = readFileSync(join(folder, "failing.yaml.out"), "utf8");
  const output = golden.split("\n").filter((line) => line.split(" ")[1] === rule);
  return { examples, output: output.join("\n") };
}

/** A case is a function so that it can be tested; a reader wants the statements in it. */
function asWritten(text) {
  const [head, body] = text.split(/^export (?:async )?function program\([^)]*\): [^{]*\{\n/m);
  if (body === undefined) return text;
  const imports = head.replace(/^import type \{ Stack \}.*\n/m, "").replace(", type Stack }", " }");
  const statements = body.replace(/\n\}\n$/, "\n").replaceAll(/^ {2}/gm, "");
  return `${imports.trim()}\n\n${statements}`;
}

function withTable(readme, table) {
  const marked = /(<!-- rules -->\n)[\s\S]*(<!-- \/rules -->)/;
  if (!marked.test(readme))
    throw new Error("README.md has no place for the rule table: <!-- rules --> … <!-- /rules -->");
  return readme.replace(marked, (_, start, end) => `${start}\n${table}\n\n${end}`);
}

function textOf(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
