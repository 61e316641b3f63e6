import { join } from "node:path";
import { buildTimeout, prepareEngine } from "../engine/engine";
import { expectGolden, goldenText } from "../support/golden";
import { assessCase, casesIn } from "../support/program-cases";
import { withoutNames } from "../support/without-names";
import { parse } from "./support";

const { people } = parse(`
people:
  - { name: alice }
  - name: "arn:aws:iam::123456789012:role/operators"
    sessions: false
    preferences: true
`).configuration;

const cases = casesIn(join(__dirname, "people")).map((program) => [program.name, program.language, program] as const);

jest.setTimeout(60_000);
beforeAll(prepareEngine, buildTimeout);

test.each(cases)("people that the configuration names, %s in %s", async (name, _language, program) => {
  const { reading, assessment } = await assessCase(program, { people });
  expect(reading.problems).toEqual([]);
  expectGolden(program.golden, goldenText(assessment));
  const levels = assessment.findings.map(({ level }) => level);
  expect(levels).toEqual({ failing: ["warning", "warning"], passing: [], unknown: ["note", "note"] }[name]);
});

test("say the same in every language", async () => {
  const said = await Promise.all(
    cases
      .filter(([name]) => name === "failing")
      .map(async ([, , program]) => {
        const { reading, assessment } = await assessCase(program, { people });
        return assessment.findings.map(({ rule, message }) => withoutNames(`${rule} ${message}`, reading)).sort();
      }),
  );
  for (const other of said) expect(other).toEqual(said[0]);
});

test("are not judged where nobody names them", async () => {
  for (const [, , program] of cases) expect((await assessCase(program)).assessment.findings).toEqual([]);
});
