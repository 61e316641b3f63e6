import { type Fact, isNot, known, unknown } from "../../facts/fact";
import type { Condition, Pattern, PolicyDocument } from "../../infrastructure/policy-document";
import { showText } from "../../program/read";
import { listed } from "../wording";
import { compare, type Variables } from "./pattern";
import { anyOf, everyOf, FALSE, isFalse, isTrue, not, standingOn, TRUE, type Truth } from "./truth";

/** What a request carries; most statements ask for nothing of it. */
export interface RequestContext {
  /** By condition key in lower case. Absent where the request surely lacks it; undefined where it may be there or not. */
  get(key: string): Fact<readonly Pattern[]> | undefined;
}

/** Values of policy variables; undefined for documents of the old version, where `${…}` is ordinary text. */
export function variablesIn(document: PolicyDocument, context: RequestContext): Variables | undefined {
  if (isNot(document.version, "2012-10-17")) return undefined;
  return (key) => {
    const fact = context.get(key.toLowerCase()) ?? unknown("it depends on the request");
    if (fact.state !== "known") return fact;
    const [value, ...others] = fact.value;
    return value === undefined || others.length > 0 ? unknown("it has no single value") : known(value);
  };
}

/**
 * Whether a request meets every condition of a statement.
 * Source: IAM user guide, "Condition operators", "Conditions with multiple context keys or values".
 */
export function conditionsHold(
  conditions: Fact<readonly Condition[]>,
  context: RequestContext,
  variables: Variables | undefined,
): Truth {
  if (conditions.state === "absent") return standingOn(TRUE, conditions.assuming);
  if (conditions.state === "unknown") return unknown(`its Condition is not known: ${conditions.reason}`);
  const results = conditions.value.map((condition) => holds(condition, context, variables));
  return standingOn(everyOf(results), conditions.assuming);
}

function holds(condition: Condition, context: RequestContext, variables: Variables | undefined): Truth {
  const truth = decide(condition, parseOperator(condition.operator), context, variables);
  if (truth.state === "known") return truth;
  return unknown(`its condition ${condition.operator} on ${condition.key} cannot be decided: ${truth.reason}`);
}

/** Names a condition that a request surely does not meet, and what the request has instead; undefined where there is none. */
export function unmetCondition(
  conditions: readonly Condition[],
  context: RequestContext,
  variables: Variables | undefined,
): string | undefined {
  const unmet = conditions.find((condition) => isFalse(holds(condition, context, variables)));
  if (unmet === undefined) return undefined;
  const fact = context.get(unmet.key.toLowerCase());
  const values = fact?.state === "known" ? fact.value.map(showText) : [];
  return `its condition ${conditionText(unmet)} is not met (the request has ${values.length === 0 ? "none" : listed(values)})`;
}

/** `StringEquals aws:RequestedRegion: us-east-1 or us-west-2` */
export function conditionText({ operator, key, values }: Condition): string {
  const texts = values.state === "known" ? values.value : [];
  const known = texts.flatMap((value) => (value.state === "known" ? [showText(value.value)] : []));
  return `${operator} ${key}: ${listed(known, "or")}`;
}

interface ParsedOperator {
  readonly name: string;
  readonly qualifier: "forallvalues" | "foranyvalue" | undefined;
  readonly ifExists: boolean;
}

const OPERATOR = /^(?:(forallvalues|foranyvalue):)?(\w+?)(ifexists)?$/;

function parseOperator(text: string): ParsedOperator {
  const [, qualifier, name = text, ifExists] = OPERATOR.exec(text.toLowerCase()) ?? [];
  return {
    name,
    qualifier: qualifier === "forallvalues" || qualifier === "foranyvalue" ? qualifier : undefined,
    ifExists: ifExists !== undefined,
  };
}

function decide(
  condition: Condition,
  operator: ParsedOperator,
  context: RequestContext,
  variables: Variables | undefined,
): Truth {
  const fact = context.get(condition.key.toLowerCase()) ?? unknown("it depends on the request");
  if (operator.name === "null") return isNull(condition, fact);
  const comparison = COMPARISONS.get(operator.name);
  if (comparison === undefined) return unknown("this operator is not evaluated");
  if (fact.state === "unknown") return fact;
  if (fact.state === "absent" || fact.value.length === 0) {
    return known(holdsWithoutKey(operator, comparison), fact.assuming);
  }
  const expected = expectedValues(condition);
  if (expected.state === "unknown") return expected;
  const results = fact.value.map((actual) => {
    const matches = anyOf(expected.value.map((value) => compareValue(value, actual, comparison, variables)));
    return comparison.negated ? not(matches) : matches;
  });
  return standingOn(combine(results, operator), [...fact.assuming, ...expected.assuming]);
}

function holdsWithoutKey({ qualifier, ifExists }: ParsedOperator, { negated }: Comparison): boolean {
  if (ifExists) return true;
  if (qualifier !== undefined) return qualifier === "forallvalues";
  return negated;
}

function combine(results: readonly Truth[], { qualifier }: ParsedOperator): Truth {
  if (qualifier === "forallvalues") return everyOf(results);
  if (qualifier === "foranyvalue" || results.length === 1) return anyOf(results);
  return unknown("the key has several values and the operator neither ForAllValues nor ForAnyValue");
}

function expectedValues(condition: Condition) {
  return condition.values.state === "absent" ? unknown("it has no value") : condition.values;
}

function isNull(condition: Condition, fact: Fact<readonly Pattern[]>): Truth {
  const expected = expectedValues(condition);
  if (expected.state === "unknown") return expected;
  if (fact.state === "unknown") return fact;
  const missing = fact.state === "absent" || fact.value.length === 0;
  const results = expected.value.map((value) =>
    compareValue(value, [String(missing)], { negated: false, compare: caseInsensitive }, undefined),
  );
  return standingOn(anyOf(results), fact.assuming);
}

interface Comparison {
  readonly negated: boolean;
  readonly compare: (expected: Pattern, actual: Pattern, variables: Variables | undefined) => Truth;
}

function compareValue(
  expected: Fact<Pattern>,
  actual: Pattern,
  comparison: Comparison,
  variables: Variables | undefined,
): Truth {
  if (expected.state === "unknown") return unknown(`its value is not known: ${expected.reason}`);
  if (expected.state === "absent") return FALSE;
  return standingOn(comparison.compare(expected.value, actual, variables), expected.assuming);
}

type Compare = Comparison["compare"];

const like: Compare = (expected, actual, variables) => compare(expected, actual, { variables });

const exactly: Compare = (expected, actual, variables) => compare(expected, actual, { variables, wildcards: false });

const caseInsensitive: Compare = (expected, actual, variables) =>
  compare(expected, actual, { variables, wildcards: false, ignoreCase: true });

/** IAM compares the six parts of an ARN one by one, so a pattern with fewer parts may fail where the text as a whole matches. */
const likeArn: Compare = (expected, actual, variables) => {
  const truth = like(expected, actual, variables);
  const colons = expected.join("").split(":").length - 1;
  return isTrue(truth) && colons < 5 ? unknown("its value is not a whole ARN") : truth;
};

const ordered =
  (read: (text: string) => number, relation: (actual: number, expected: number) => boolean): Compare =>
  (expected, actual) => {
    const left = plain(actual);
    const right = plain(expected);
    if (left === undefined || right === undefined) return unknown("its value is known in part only");
    const [actualNumber, expectedNumber] = [read(left), read(right)];
    if (Number.isNaN(actualNumber) || Number.isNaN(expectedNumber)) return unknown(`"${right}" cannot be compared`);
    return known(relation(actualNumber, expectedNumber));
  };

const plain = (pattern: Pattern): string | undefined =>
  pattern.every((part) => typeof part === "string") ? pattern.join("") : undefined;

const readNumber = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text));

/** ISO 8601, or seconds since 1970; IAM accepts both. */
const readDate = (text: string): number => (/^\d{9,}$/.test(text) ? Number(text) * 1000 : Date.parse(text));

const both = (name: string, negatedName: string, compareWith: Compare): readonly (readonly [string, Comparison])[] => [
  [name, { negated: false, compare: compareWith }],
  [negatedName, { negated: true, compare: compareWith }],
];

const numeric = (prefix: string, read: (text: string) => number): readonly (readonly [string, Comparison])[] => {
  const relation = (name: string, holdsFor: (actual: number, expected: number) => boolean) =>
    [`${prefix}${name}`, { negated: false, compare: ordered(read, holdsFor) }] as const;
  return [
    ...both(
      `${prefix}equals`,
      `${prefix}notequals`,
      ordered(read, (actual, expected) => actual === expected),
    ),
    relation("lessthan", (actual, expected) => actual < expected),
    relation("lessthanequals", (actual, expected) => actual <= expected),
    relation("greaterthan", (actual, expected) => actual > expected),
    relation("greaterthanequals", (actual, expected) => actual >= expected),
  ];
};

/** Left out, hence never decided: `IpAddress` and `BinaryEquals`, whose keys no program tells. */
const COMPARISONS: ReadonlyMap<string, Comparison> = new Map([
  ...both("stringequals", "stringnotequals", exactly),
  ...both("stringequalsignorecase", "stringnotequalsignorecase", caseInsensitive),
  ...both("stringlike", "stringnotlike", like),
  ...both("arnequals", "arnnotequals", likeArn),
  ...both("arnlike", "arnnotlike", likeArn),
  ...numeric("numeric", readNumber),
  ...numeric("date", readDate),
  ["bool", { negated: false, compare: caseInsensitive }],
]);
