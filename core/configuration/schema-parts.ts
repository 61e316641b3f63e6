import * as v from "valibot";
import { closestWord, suggestion } from "../assessment/closest-word";

/** More keys than this are not listed in a message. */
const MOST_KEYS = 15;

/** A map whose keys are known, each misspelling answered with the key that was most likely meant. */
export function object<E extends v.ObjectEntries>(what: string, entries: E) {
  const keys = Object.keys(entries);
  const schema = v.strictObject(entries, ({ expected, input, path }) => {
    const key = String(path?.at(-1)?.key);
    if (expected === "never") return unknownKey(key, keys);
    // A key that is missing is quoted; a value that is no map is expected to be an Object.
    return expected?.startsWith('"') ? `the key ${key} is missing` : expectation(what, input);
  });
  return refusingLists(schema);
}

export const record = <S extends v.GenericSchema>(what: string, value: S) =>
  refusingLists(v.record(v.string(), value, wrong(what)));

/** The library takes a list for an object, with the keys 0, 1, …. */
function refusingLists<S extends v.GenericSchema>(schema: S): S {
  return {
    ...schema,
    "~run": (dataset, config) => {
      if (!Array.isArray(dataset.value)) return schema["~run"](dataset, config);
      v._addIssue(schema, "type", dataset, config);
      return { typed: false, value: dataset.value, issues: dataset.issues };
    },
  };
}

function unknownKey(key: string, keys: readonly string[]): string {
  const close = closestWord(key, keys);
  if (close !== undefined) return `there is no key ${key}; did you mean ${close}?`;
  return keys.length > MOST_KEYS ? `there is no key ${key}` : `there is no key ${key}; the keys are ${keys.join(", ")}`;
}

/** `many` is what stands for words that are too many to list. */
export function oneOf<const T extends string>(words: readonly T[], many = "the id of a rule") {
  const what = words.length > MOST_KEYS ? many : words.join(", ");
  return v.picklist(words, ({ input }) => {
    return `${expectation(what, input)}${typeof input === "string" ? suggestion(input, words) : ""}`;
  });
}

// Its descriptions are what editors show while one writes the file.
export const described = <S extends v.GenericSchema>(schema: S, description: string) =>
  v.pipe(schema, v.description(description));

export const optional = <S extends v.GenericSchema>(schema: S, description: string) =>
  v.exactOptional(described(schema, description));

export const list = <S extends v.GenericSchema>(item: S) => v.array(item, wrong("a list"));

export const flag = () => v.boolean(wrong("true or false"));

export const text = (what: string) => v.pipe(v.string(wrong(what)), v.nonEmpty(wrong(what)));

export const glob = () => text("a glob such as infra/*.yaml");

export const globs = () => v.array(glob(), wrong("a list of globs"));

export function pattern(shape: RegExp, what: string) {
  return v.pipe(v.string(wrong(what)), v.regex(shape, wrong(what)));
}

/** Digits, which YAML takes for a number unless they are quoted. */
export function numeric(shape: RegExp, what: string) {
  return v.pipe(
    v.union([v.pipe(v.string(), v.regex(shape, wrong(what))), v.pipe(v.number(), v.integer())], wrong(what)),
    v.transform(String),
    v.regex(shape, wrong(what)),
  );
}

/** A number, or the digits of one, as which numbers come that keep what was written. */
export function wholeNumber(minimum: number, maximum: number, what: string) {
  const message = wrong(what);
  const number = v.pipe(
    v.number(message),
    v.integer(message),
    v.minValue(minimum, message),
    v.maxValue(maximum, message),
  );
  return v.union([number, v.pipe(v.string(), v.regex(/^\d+$/, message), v.transform(Number), number)], message);
}

/** One of two shapes. What is wrong is said of the one that was meant. */
export function scalarOrMap<S extends v.GenericSchema, M extends v.GenericSchema>(scalar: S, map: M) {
  const schema = v.union([scalar, map]);
  const isMap = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
  const meant = { ...schema };
  meant["~run"] = (dataset, config) => (isMap(dataset.value) ? map : scalar)["~run"](dataset, config);
  return meant;
}

/** Text, number, boolean, or a list of texts, which CloudFormation takes with commas between. */
export function parameterValue() {
  const scalar = v.union([v.string(), v.number(), v.boolean()]);
  return v.pipe(
    v.union([scalar, v.array(scalar)], wrong("a text, a number, true or false, or a list of them")),
    v.transform((value) => (Array.isArray(value) ? value.join(",") : String(value))),
  );
}

export function wrong(what: string) {
  return ({ input }: { readonly input: unknown }): string => expectation(what, input);
}

const expectation = (what: string, input: unknown): string => `expected ${what}, not ${shown(input)}`;

const MOST_SHOWN = 40;

function shown(input: unknown): string {
  if (input === null || input === undefined) return "nothing";
  if (Array.isArray(input)) return "a list";
  if (typeof input === "object") return "a map";
  const whole = JSON.stringify(input);
  return whole.length > MOST_SHOWN ? `${whole.slice(0, MOST_SHOWN)}…` : whole;
}
