import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Assessment } from "../../core/assessment/assessment";
import { summarise } from "../../core/assessment/summary";
import { readTemplates } from "../../core/readers/cloudformation";
import { jsonReport } from "../../core/report/json";
import { RULES } from "../../core/rules";
import { buildTimeout, prepareEngine } from "../engine/engine";
import { assessCase, assessReading, casesIn } from "../support/program-cases";

jest.setTimeout(60_000);

const docs = resolve(__dirname, "..", "..", "docs");
const pageText = (name: string): string => readFileSync(join(docs, name), "utf8");

const blocks = (page: string, language: string): readonly string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)\`\`\`$`, "gm"))].map(([, text = ""]) => text);

const withoutIndent = (text: string): string => text.replaceAll(/^\s+/gm, "");

const breakages = ({ findings }: Assessment): readonly string[] =>
  findings
    .filter(({ level }) => level !== "note")
    .map(({ rule, suppressed }) => (suppressed === null ? rule : `${rule} (${suppressed.reason})`));

describe("docs/exemptions.md", () => {
  const cases = casesIn(join(__dirname, "exemptions")).map(
    (program) => [program.language, program.name, program] as const,
  );
  beforeAll(prepareEngine, buildTimeout);

  test.each(cases)("the exemption in %s (%s) suppresses the finding", async (_language, name, program) => {
    const { reading, assessment } = await assessCase(program);
    const dayAfter = assessReading(reading, { today: "2027-02-01" });
    expect(breakages(assessment)).toEqual(["instance-profile-missing (vendor appliance without agent)"]);
    const hasLastDay = name !== "acknowledged";
    expect(breakages(dayAfter)).toEqual(
      hasLastDay ? ["instance-profile-missing", "exemption-invalid"] : breakages(assessment),
    );
  });

  test.each(["yaml", "ts"])("every block of %s is part of a program that is tested", (language) => {
    const programs = cases.map(([, , { file }]) => withoutIndent(readFileSync(file, "utf8")));
    const shown = blocks(pageText("exemptions.md"), language).map(withoutIndent);
    expect(shown).not.toEqual([]);
    for (const block of shown) expect(programs.some((program) => program.includes(block))).toBe(true);
  });
});

test("docs/output.md shows the report as it is", () => {
  const text = readFileSync(join(__dirname, "output", "web.yaml"), "utf8");
  const assessment = assessReading(readTemplates([{ file: "web.yaml", text, required: true }]));
  const options = {
    colour: false,
    width: 100,
    showUnknown: false,
    explainUnknown: false,
    today: "2027-01-01",
    toolVersion: "0.0.0",
    baseFolder: "/",
  };
  const report = jsonReport({ assessment, summary: summarise(assessment), rules: RULES, options });
  const page = pageText("output.md");
  if (process.env.UPDATE_GOLDEN) {
    writeFileSync(
      join(docs, "output.md"),
      page.replace(/```json\n[\s\S]*?```/, () => `\`\`\`json\n${report}\`\`\``),
    );
  }
  expect(blocks(pageText("output.md"), "json")).toEqual([report]);
});

test.each(["baseline.md", "exemptions.md", "output.md", "unknown.md"])(
  "docs/%s links to files that are there",
  (name) => {
    const links = [...pageText(name).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link = ""]) => link);
    for (const link of links) expect(() => readFileSync(join(docs, link))).not.toThrow();
  },
);
