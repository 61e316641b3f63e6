import fc from "fast-check";
import type { Scenario } from "../../../core/program/declaration";
import type { Value } from "../../../core/program/value";
import { type Environment, type Expression, evaluate, holds, NO_VALUE, type Result } from "./naive";
import { declared, read } from "./support";

const TEXT_PARAMETERS = ["Env", "Name", "Open"];
const LIST_PARAMETERS = ["Names", "OpenNames"];
const CONDITIONS = ["C0", "C1", "C2"];
const MAPPINGS = {
  M: { dev: { size: "small", zone: "x" }, prod: { size: "large", zone: "x" }, "": { size: "none", zone: "x" } },
};

const word = fc.constantFrom("dev", "prod", "", "a", "a/b", "x,y", "size", 'é"\\');
const delimiter = fc.constantFrom(",", "/", "a", "--");

/** Expressions of the three types that CloudFormation has, over conditions defined before. */
const { text, items } = fc.letrec<{ text: Expression; items: Expression }>((tie) => ({
  text: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    word,
    fc.constantFrom(...TEXT_PARAMETERS).map((name) => ({ Ref: name })),
    fc
      .constantFrom("x-${Env}", "${Name}${Open}", "${!Env}/${Name}", "${Open}-y")
      .map((template) => ({ "Fn::Sub": template })),
    fc.tuple(tie("text")).map(([inner]) => ({ "Fn::Sub": ["<${V}|${Env}>", { V: inner }] })),
    fc.tuple(delimiter, tie("items")).map(([by, list]) => ({ "Fn::Join": [by, list] })),
    fc.tuple(fc.constantFrom(0, 1, "1"), tie("items")).map(([index, list]) => ({ "Fn::Select": [index, list] })),
    fc
      .tuple(tie("text"), fc.constantFrom("size", "zone"))
      .map(([key, column]) => ({ "Fn::FindInMap": ["M", key, column] })),
    fc.tuple(fc.constantFrom(...CONDITIONS), tie("text"), tie("text")).map((argument) => ({ "Fn::If": argument })),
    fc.constantFrom("a", "b c").map((plain) => ({ "Fn::Sub": ["${V}", { V: { "Fn::Base64": plain } }] })),
    tie("items").map((list) => ({ "Fn::ToJsonString": { a: list, b: [1, true] } })),
    tie("items").map((list) => ({ "Fn::Length": list })),
  ),
  items: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.array(tie("text"), { minLength: 1, maxLength: 3 }),
    fc.constantFrom(...LIST_PARAMETERS).map((name) => ({ Ref: name })),
    fc.tuple(delimiter, tie("text")).map((argument) => ({ "Fn::Split": argument })),
    fc.tuple(fc.constantFrom(...CONDITIONS), tie("items"), tie("items")).map((argument) => ({ "Fn::If": argument })),
    fc
      .tuple(fc.constantFrom(...CONDITIONS), tie("text"), tie("text"))
      .map(([condition, first, second]) => [{ "Fn::If": [condition, first, { Ref: "AWS::NoValue" }] }, second]),
  ),
}));

/** Conditions over parameters only, and over conditions before them. */
const conditionOver = (before: readonly string[]): fc.Arbitrary<Expression> =>
  fc.letrec<{ condition: Expression }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 3 },
      fc
        .tuple(
          fc.oneof(
            fc.constantFrom(...TEXT_PARAMETERS).map((name): Expression => ({ Ref: name })),
            fc.constantFrom<Expression>(
              { "Fn::Sub": "x-${Open}" },
              { "Fn::Join": ["", { Ref: "OpenNames" }] },
              { "Fn::FindInMap": ["M", { Ref: "Env" }, "zone"] },
            ),
          ),
          fc.oneof(
            fc.constantFrom<Expression>("dev", "prod", "", "x-dev", "x"),
            fc.constantFrom<Expression>({ Ref: "Name" }),
          ),
        )
        .map((argument) => ({ "Fn::Equals": argument })),
      ...(before.length === 0 ? [] : [fc.constantFrom(...before).map((name) => ({ Condition: name }))]),
      fc.tuple(tie("condition"), tie("condition")).map((argument) => ({ "Fn::And": argument })),
      fc.tuple(tie("condition"), tie("condition")).map((argument) => ({ "Fn::Or": argument })),
      tie("condition").map((condition) => ({ "Fn::Not": [condition] })),
    ),
  })).condition;

const conditions = fc
  .tuple(conditionOver([]), conditionOver(["C0"]), conditionOver(["C0", "C1"]))
  .map(([C0, C1, C2]) => ({ C0, C1, C2 }));
const properties = fc.record({
  P: text,
  Q: items,
  R: fc
    .tuple(fc.constantFrom(...CONDITIONS), text)
    .map(([condition, value]) => ({ "Fn::If": [condition, value, { Ref: "AWS::NoValue" }] })),
});
const assignment = fc.record({
  Env: fc.constantFrom("dev", "prod", ""),
  Name: word.filter((value) => value !== "x,y"),
  Open: word.filter((value) => value !== "x,y"),
  Names: fc.constantFrom("dev", "a,b", ""),
  OpenNames: fc.constantFrom("dev", "x,y,z", "x"),
});

type Assignment = typeof assignment extends fc.Arbitrary<infer A> ? A : never;

const environmentOf = (values: Assignment, own: Readonly<Record<string, Expression>>): Environment => ({
  parameters: { ...values, Names: values.Names.split(","), OpenNames: values.OpenNames.split(",") },
  mappings: MAPPINGS,
  conditions: own,
});

const templateOf = (own: Readonly<Record<string, Expression>>, of: Readonly<Record<string, Expression>>): string =>
  JSON.stringify({
    Parameters: {
      Env: { Type: "String", AllowedValues: ["dev", "prod", ""] },
      Name: { Type: "String" },
      Open: { Type: "String" },
      Names: { Type: "CommaDelimitedList" },
      OpenNames: { Type: "CommaDelimitedList" },
    },
    Mappings: MAPPINGS,
    Conditions: own,
    Resources: { X: { Type: "AWS::EC2::Instance", Properties: of } },
  });

/** What a value must be by straightforward evaluation; undefined where CloudFormation would refuse the template. */
function expected(expression: Expression, environment: Environment): Result | undefined {
  try {
    return evaluate(expression, environment);
  } catch {
    return undefined;
  }
}

const isKnown = (value: Value): boolean =>
  value.kind === "list" ? value.items.every(isKnown) : value.kind === "literal" || value.kind === "absent";

/** Whether the reader claims nothing that differs from what the value is. */
function agrees(value: Value, result: Result | undefined): boolean {
  if (value.kind === "unknown") return true;
  if (value.kind === "absent") return result === NO_VALUE;
  if (value.kind === "literal") return typeof result !== "object" && String(value.value) === String(result);
  if (value.kind === "text") return typeof result === "string" && patternOf(value.parts).test(result);
  if (value.kind === "list") {
    return (
      Array.isArray(result) &&
      value.items.length === result.length &&
      value.items.every((item, index) => agrees(item, result[index]))
    );
  }
  return false;
}

function patternOf(parts: readonly (string | object)[]): RegExp {
  const escaped = parts.map((part) =>
    typeof part === "string" ? part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&") : "[^]*",
  );
  return new RegExp(`^${escaped.join("")}$`);
}

/** The scenarios whose words hold for an assignment. */
const scenariosFor = (scenarios: readonly Scenario[], environment: Environment): readonly Scenario[] =>
  scenarios.filter(({ when = "" }) =>
    when.split(" and ").every((clause) => {
      const [name = "", , truth] = clause.split(" ");
      return clause === "" || String(holds({ Condition: name }, environment)) === truth;
    }),
  );

test("with a value for every parameter, all is known and what straightforward evaluation gives", () => {
  fc.assert(
    fc.property(conditions, properties, assignment, (own, of, values) => {
      const environment = environmentOf(values, own);
      const scenarios = read(templateOf(own, of), { file: "t.json", parameters: values }).units.flat();
      expect(scenarios).toHaveLength(1);
      const [scenario] = scenarios;
      if (scenario === undefined) return;
      const { entries } = declared(scenario, "X").properties;
      for (const [name, expression] of Object.entries(of)) {
        const value = entries.get(name) ?? { kind: "absent" as const };
        const result = expected(expression, environment);
        if (result === undefined) continue;
        expect([name, value, result, agrees(value, result)]).toEqual([name, value, result, true]);
        expect([name, isKnown(value), value]).toEqual([name, true, value]);
      }
    }),
    { numRuns: 300 },
  );
});

test("with some parameters open, whatever is called known holds for every value they can have", () => {
  fc.assert(
    fc.property(
      conditions,
      properties,
      assignment,
      fc.subarray(["Env", "Name", "Open", "Names", "OpenNames"] as const),
      (own, of, values, given) => {
        const environment = environmentOf(values, own);
        const parameters = Object.fromEntries(given.map((name) => [name, values[name]]));
        const scenarios = scenariosFor(
          read(templateOf(own, of), { file: "t.json", parameters }).units.flat(),
          environment,
        );
        // The ways in which conditions can turn out are complete: one of them is this assignment's.
        expect(scenarios).toHaveLength(1);
        for (const scenario of scenarios) {
          const { entries } = declared(scenario, "X").properties;
          for (const [name, expression] of Object.entries(of)) {
            const value = entries.get(name) ?? { kind: "absent" as const };
            const result = expected(expression, environment);
            if (result !== undefined)
              expect([name, value, result, agrees(value, result)]).toEqual([name, value, result, true]);
          }
        }
      },
    ),
    { numRuns: 600 },
  );
});
