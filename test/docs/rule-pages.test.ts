import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { HEADINGS } from "../../core/report/rule-page";
import { RULES } from "../../core/rules";

const root = resolve(__dirname, "..", "..");
const pageOf = (rule: string): string => readFileSync(join(root, "docs", "rules", `${rule}.md`), "utf8");
const table = RULES.map((rule) => [rule.id, rule] as const);

test("pages and rule table say what the rules and their cases say", () => {
  const { status, stderr } = spawnSync(process.execPath, [join(root, "scripts", "generate-docs.mjs"), "--check"], {
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(status).toBe(0);
});

test.each(table)("the page of %s has the headings of every page, in their order", (id) => {
  const headings = [...pageOf(id).matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual(HEADINGS);
});

test.each(table)("the page of %s shows what is reported, and each language", (id) => {
  const page = pageOf(id);
  expect(page).toMatch(new RegExp(`^(error|warning|note) ${id} `, "m"));
  expect(page).not.toMatch(/^### \w+\n\n\n/m);
});

test.each(table)("%s has an option section that names its options", (id, { options = {} }) => {
  const section = /^## Options\n\n([\s\S]*?)\n\n##/m.exec(pageOf(id))?.[1];
  const names = [...(section ?? "").matchAll(/^- `(\w+)`/gm)].map(([, name]) => name);
  expect(names).toEqual(Object.keys(options));
});

test.each(table)("%s explains itself in whole sentences", (_id, { title, why, whenNotToUse, fix }) => {
  expect(title).not.toMatch(/\.$/);
  for (const text of [why, whenNotToUse, ...Object.values(fix)]) expect(text).toMatch(/^[A-Z][\s\S]*\.$/);
});
