import { absent, all, assumingAlso, chain, type Fact, known, unknown } from "../facts/fact";
import { NOTHING, type RecordValue, type Reference, type TextPart, type Value } from "./value";

/** The member of a record at a path of keys; unknown where the record itself is, absent where anything on the way is. */
export function at(value: Value, ...path: readonly string[]): Value {
  let current = value;
  for (const key of path) {
    if (current.kind === "unknown" || current.kind === "absent") return current;
    if (current.kind !== "record") {
      return { kind: "unknown", reason: `${key} was expected inside a map, and a ${current.kind} stands there` };
    }
    const next: Value = current.entries.get(key) ?? missingFrom(current);
    current = withAssumptions(next, current.assuming);
  }
  return current;
}

const missingFrom = ({ open }: RecordValue): Value =>
  open === undefined ? NOTHING : { kind: "unknown", reason: open };

export function withAssumptions(value: Value, assuming: readonly string[] | undefined): Value {
  if (assuming === undefined || assuming.length === 0) return value;
  return { ...value, assuming: [...new Set([...(value.assuming ?? []), ...assuming])] };
}

/** A string that is known whole. A number or boolean reads as its text, as CloudFormation converts it. */
export function asString(value: Value): Fact<string> {
  if (value.kind === "literal") return known(String(value.value), value.assuming);
  if (value.kind === "absent") return absent(value.assuming);
  if (value.kind === "unknown") return unknown(value.reason);
  if (value.kind === "text") return unknown(holeReason(value.parts));
  return unknown(`a text was expected and a ${value.kind} stands there`);
}

/** A string of which parts may be unknown. */
export function asText(value: Value): Fact<readonly TextPart[]> {
  if (value.kind === "text") return known(value.parts, value.assuming);
  const whole = asString(value);
  return whole.state === "known" ? known([whole.value], whole.assuming) : whole;
}

export function asBoolean(value: Value): Fact<boolean> {
  return chain(asString(value), (text) => {
    const lower = text.toLowerCase();
    if (lower === "true") return known(true);
    if (lower === "false") return known(false);
    return unknown(`true or false was expected, not "${text}"`);
  });
}

export function asNumber(value: Value): Fact<number> {
  return chain(asString(value), (text) => {
    const number = Number(text);
    return text.trim() === "" || Number.isNaN(number) ? unknown(`a number was expected, not "${text}"`) : known(number);
  });
}

/** The items of a list; a single value counts as a list of one, as IAM and several services accept. Absent items are left out. */
export function asList(value: Value): Fact<readonly Value[]> {
  if (value.kind === "list")
    return known(
      value.items.filter((item) => item.kind !== "absent"),
      value.assuming,
    );
  if (value.kind === "absent") return absent(value.assuming);
  if (value.kind === "unknown") return unknown(value.reason);
  return known([value], value.assuming);
}

/** A list of strings, each known whole. */
export function asStrings(value: Value): Fact<readonly string[]> {
  return chain(asList(value), (items) => all(items.map(asString)));
}

/** The references a value carries, its own and those of its members and text parts. */
export function referencesIn(value: Value): readonly Reference[] {
  const own = value.refersTo ?? [];
  if (value.kind === "list") return [...own, ...value.items.flatMap(referencesIn)];
  if (value.kind === "record") return [...own, ...[...value.entries.values()].flatMap(referencesIn)];
  if (value.kind === "text") {
    return [...own, ...value.parts.flatMap((part) => (typeof part === "string" ? [] : (part.refersTo ?? [])))];
  }
  return own;
}

/** Shows a text with its holes, for messages: `com.amazonaws.${AWS::Region}.ssm`. */
export const showText = (parts: readonly TextPart[]): string =>
  parts.map((part) => (typeof part === "string" ? part : `\${${part.hole}}`)).join("");

const holeReason = (parts: readonly TextPart[]): string =>
  parts.find((part) => typeof part !== "string")?.reason ?? "parts of it are not known";

export const assume = <T>(fact: Fact<T>, value: Value): Fact<T> => assumingAlso(fact, value.assuming ?? []);
