import { absent, type Fact, known, unknown } from "../facts/fact";
import { asList, asString, asText, at } from "../program/read";
import { fromJson, type TextPart, type Value } from "../program/value";

/**
 * An IAM policy document of which parts may be unknown.
 * Source: IAM user guide, "IAM JSON policy elements reference".
 */
export interface PolicyDocument {
  /** `2012-10-17`, or absent: older documents have no policy variables. */
  readonly version: Fact<string>;
  readonly statements: readonly Fact<Statement>[];
}

export interface Statement {
  readonly sid?: string;
  readonly effect: Fact<"Allow" | "Deny">;
  readonly actions: Patterns;
  /** Absent in trust policies. */
  readonly resources: Fact<Patterns>;
  readonly principals: Fact<Principals>;
  readonly conditions: Fact<readonly Condition[]>;
}

/** `Action`, `NotAction`, `Resource`, `NotResource`: patterns with `*` and `?`, any of which may be unknown in part or whole. */
export interface Patterns {
  readonly negated: boolean;
  readonly patterns: Fact<readonly Fact<Pattern>[]>;
}

export type Pattern = readonly TextPart[];

/** `Principal` by kind (`Service`, `AWS`, `Federated`, `CanonicalUser`); `*` alone is `{ AWS: ["*"] }`. */
export interface Principals {
  readonly negated: boolean;
  readonly byKind: ReadonlyMap<string, Fact<readonly Fact<Pattern>[]>>;
}

export interface Condition {
  /** As written: `StringEquals`, `ForAllValues:StringLike`, `BoolIfExists`. */
  readonly operator: string;
  readonly key: string;
  readonly values: Fact<readonly Fact<Pattern>[]>;
}

/** Reads a document given as a map or as JSON text. A text that is not JSON, or no map, is unknown and says so. */
export function readPolicyDocument(value: Value): Fact<PolicyDocument> {
  if (value.kind === "absent") return absent(value.assuming);
  if (value.kind === "unknown") return unknown(value.reason);
  if (value.kind === "literal") return readJsonText(String(value.value), value.assuming);
  if (value.kind === "text") return unknown("the policy is a JSON text of which parts are not known");
  if (value.kind === "list") return unknown("a policy document was expected and a list stands there");
  const statements = asList(at(value, "Statement"));
  if (statements.state === "unknown") return statements;
  const items = statements.state === "known" ? statements.value : [];
  return known({ version: asString(at(value, "Version")), statements: items.map(readStatement) }, statements.assuming);
}

function readJsonText(text: string, assuming: readonly string[] | undefined): Fact<PolicyDocument> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return unknown("the policy document is not valid JSON");
  }
  const document = fromJson(json);
  if (document.kind !== "record") return unknown("the policy document is not a JSON object");
  return readPolicyDocument({ ...document, assuming: assuming ?? [] });
}

function readStatement(value: Value): Fact<Statement> {
  if (value.kind === "unknown") return unknown(value.reason);
  if (value.kind !== "record") return unknown("a policy statement was expected to be a map");
  const sid = asString(at(value, "Sid"));
  return known(
    {
      ...(sid.state === "known" ? { sid: sid.value } : {}),
      effect: readEffect(at(value, "Effect")),
      actions: readPatterns(value, "Action", "NotAction"),
      resources: readOptionalPatterns(value, "Resource", "NotResource"),
      principals: readPrincipals(value),
      conditions: readConditions(at(value, "Condition")),
    },
    value.assuming,
  );
}

function readEffect(value: Value): Fact<"Allow" | "Deny"> {
  const text = asString(value);
  if (text.state !== "known") return text.state === "absent" ? unknown("the statement has no Effect") : text;
  if (text.value === "Allow" || text.value === "Deny") return known(text.value, text.assuming);
  return unknown(`Effect is "${text.value}", neither Allow nor Deny`);
}

function readPatterns(statement: Value, positive: string, negative: string): Patterns {
  const negated = at(statement, negative);
  if (negated.kind !== "absent") return { negated: true, patterns: readTexts(negated) };
  return { negated: false, patterns: readTexts(at(statement, positive)) };
}

function readOptionalPatterns(statement: Value, positive: string, negative: string): Fact<Patterns> {
  const patterns = readPatterns(statement, positive, negative);
  return patterns.patterns.state === "absent" ? absent() : known(patterns);
}

function readTexts(value: Value): Fact<readonly Fact<Pattern>[]> {
  const single = referencePattern(value);
  if (single !== undefined) return known([single], value.assuming);
  const items = asList(value);
  if (items.state !== "known") return items;
  return known(
    items.value.map((item) => referencePattern(item) ?? asText(item)),
    items.assuming,
  );
}

/** A reference to a resource or a pseudo parameter is a hole that its name tells from others, as it is within a text. */
function referencePattern(value: Value): Fact<Pattern> | undefined {
  if (value.kind !== "unknown" || value.name === undefined) return undefined;
  const { name, reason, refersTo, assuming } = value;
  if (refersTo === undefined) return name.startsWith("AWS::") ? known([{ hole: name, reason }], assuming) : undefined;
  return known([{ hole: name, reason, refersTo }], assuming);
}

function readPrincipals(statement: Value): Fact<Principals> {
  const negative = at(statement, "NotPrincipal");
  const negated = negative.kind !== "absent";
  const value = negated ? negative : at(statement, "Principal");
  if (value.kind === "absent") return absent();
  if (value.kind === "unknown") return unknown(value.reason);
  if (value.kind !== "record") return known({ negated, byKind: new Map([["AWS", readTexts(value)]]) }, value.assuming);
  const byKind = new Map([...value.entries].map(([kind, names]) => [kind, readTexts(names)]));
  return known({ negated, byKind }, value.assuming);
}

function readConditions(value: Value): Fact<readonly Condition[]> {
  if (value.kind === "absent") return absent();
  if (value.kind === "unknown") return unknown(value.reason);
  if (value.kind !== "record") return unknown("Condition was expected to be a map");
  const conditions: Condition[] = [];
  for (const [operator, keys] of value.entries) {
    if (keys.kind === "absent") continue;
    if (keys.kind === "unknown") return unknown(keys.reason);
    if (keys.kind !== "record") return unknown(`${operator} in Condition was expected to be a map`);
    for (const [key, values] of keys.entries) conditions.push({ operator, key, values: readTexts(values) });
  }
  return known(conditions, value.assuming);
}
