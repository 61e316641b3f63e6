import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import type { Assessment, Finding } from "../../core/assessment/assessment";
import { RULES } from "../../core/rules";
import type { Rule } from "../../core/rules/rule";
import { buildTimeout, prepareEngine } from "../engine/engine";
import { expectGolden, goldenText } from "../support/golden";
import { type AssessedCase, assessCases, casesIn, LANGUAGES, type ProgramCase } from "../support/program-cases";
import { withoutNames } from "../support/without-names";

const folderOf = (rule: string): string => join(__dirname, rule);

const cases = RULES.flatMap((rule) => casesIn(folderOf(rule.id)).map((program) => ({ rule, program })));

let assessed: ReadonlyMap<ProgramCase, AssessedCase | Error>;

beforeAll(async () => {
  await prepareEngine();
  assessed = await assessCases(cases.map(({ program }) => program));
}, buildTimeout);

function outcome(program: ProgramCase): AssessedCase {
  const found = assessed.get(program);
  if (found === undefined) throw new Error(`${program.file} was not assessed`);
  if (found instanceof Error) throw found;
  return found;
}

const findingsOf = (rule: Rule, { findings }: Assessment): readonly Finding[] =>
  findings.filter((finding) => finding.rule === rule.id);

/** Notes tell of what breaks no session, and are on most programs. */
const breakages = ({ findings }: Assessment): readonly Finding[] => findings.filter(({ level }) => level !== "note");

/** Of the doubt of any other rule there is nothing but silence to see. */
const breaksLink = (rule: Rule): boolean => rule.level === "error";

const statuses = (rule: Rule, { hosts }: Assessment): readonly string[] => [
  ...new Set(hosts.map(({ links }) => links[rule.link].status)),
];

const table = cases.map(({ rule, program }) => [rule.id, program.name, program.language, rule, program] as const);
const named = (prefix: string) => table.filter(([, name]) => name === prefix || name.startsWith(`${prefix}-`));

test.each(table)("%s, %s in %s, reports what its golden file says", (_id, _name, _language, _rule, program) => {
  const { reading, assessment } = outcome(program);
  expect(reading.problems).toEqual([]);
  expectGolden(program.golden, goldenText(assessment));
});

test.each(named("failing"))("%s, %s in %s, has that mistake and no other", (_id, _name, _language, rule, program) => {
  const { assessment } = outcome(program);
  expect(findingsOf(rule, assessment)).not.toEqual([]);
  expect(breakages(assessment).map((finding) => finding.rule)).toEqual(breakages(assessment).map(() => rule.id));
});

test.each(named("failing"))("%s, %s in %s, says the fix in that language", (_id, _name, language, rule, program) => {
  const fixes = findingsOf(rule, outcome(program).assessment).map(({ fix }) => fix);
  expect(fixes).not.toEqual([]);
  // A violation may have the one of the rule's fixes that mends it.
  for (const fix of fixes) expect(rule.fix[language]).toContain(fix);
});

test.each(named("passing"))("%s, %s in %s, has no mistake", (_id, _name, _language, rule, program) => {
  const { assessment } = outcome(program);
  expect(findingsOf(rule, assessment)).toEqual([]);
  expect(breakages(assessment)).toEqual([]);
  if (breaksLink(rule)) expect(statuses(rule, assessment)).toEqual(["pass"]);
});

/** The link is, or a note says what is not known. */
const isLeftOpen = (rule: Rule, assessment: Assessment): boolean =>
  statuses(rule, assessment).includes("unknown") ||
  findingsOf(rule, assessment).some(({ message }) => message.includes("not known"));

test.each(named("unknown"))("%s, %s in %s, is left open", (_id, _name, _language, rule, program) => {
  const { assessment } = outcome(program);
  // What holds in some cases only is told as a note.
  expect(findingsOf(rule, assessment).filter(({ level }) => level === rule.level)).toEqual([]);
  expect(breakages(assessment)).toEqual([]);
  if (breaksLink(rule)) expect(isLeftOpen(rule, assessment)).toBe(true);
});

test.each(RULES.map(({ id }) => [id]))("%s has failing, passing and unknown cases in every language", (id) => {
  const found = casesIn(folderOf(id)).map(({ name, language }) => `${name} in ${language}`);
  const expected = LANGUAGES.flatMap((language) =>
    ["failing", "passing", "unknown"].map((name) => `${name} in ${language}`),
  );
  expect(found).toEqual(expect.arrayContaining(expected));
});

test("no folder is left over from a rule that is gone", () => {
  const folders = readdirSync(__dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).filter((name) => !RULES.some(({ id }) => id === name))).toEqual([]);
});

test("no golden file is left over from a case that is gone", () => {
  const goldens = readdirSync(__dirname, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".out"));
  const expected = cases.map(({ program }) => relative(__dirname, program.golden));
  expect(goldens.sort()).toEqual(expected.sort());
});

/** Pulumi's `aws.iam.RolePolicy` is CloudFormation's `AWS::IAM::RolePolicy`, in whose place templates usually have this. */
const usualType = (type: string): string => type.replace("AWS::IAM::RolePolicy", "AWS::IAM::Policy");

/** What a rule says without what a language lends it: names, positions, the fix. */
const essence = (rule: string, { reading, assessment }: AssessedCase): readonly string[] =>
  assessment.findings
    .filter((finding) => finding.rule === rule)
    .map(({ level, resource, place, property = "", message }) =>
      withoutNames(`${level} ${resource.type} at ${usualType(place.type)} ${property}: ${message}`, reading),
    )
    .sort();

const mistakes = [...new Set(named("failing").map(([id, name]) => `${id} ${name}`))].map((key) => key.split(" "));

test.each(mistakes)("%s, %s, gives the same findings in every language", (id = "", name) => {
  const [first, ...others] = table
    .filter(([otherId, otherName]) => otherId === id && otherName === name)
    .map(([, , , , program]) => essence(id, outcome(program)));
  for (const other of others) expect(other).toEqual(first);
});
