import { union } from "../../../facts/fact";
import type { Hole, Reference, TextPart, UnknownValue, Value } from "../../../program/value";
import { literal, unknownValue } from "../../../program/value";
import { splitDynamicReferences } from "./dynamic-reference";

/** Values written one after the other, as `Fn::Sub` and `Fn::Join` do. Parts that are not known become holes. */
export function concatenate(values: readonly Value[]): Value {
  const [only, ...others] = values;
  if (only !== undefined && others.length === 0 && isTextual(only)) return asWritten(only);
  let assuming: readonly string[] = [];
  let length = 0;
  const parts: TextPart[] = [];
  for (const value of values) {
    assuming = union(assuming, value.assuming ?? []);
    for (const part of partsOf(value)) {
      length += typeof part === "string" ? part.length : HOLE_LENGTH;
      append(parts, part);
    }
    if (length > MAX_LENGTH) return unknownValue("it is longer than a template can be", { assuming });
  }
  return fromParts(parts, assuming);
}

/** CloudFormation takes templates of one million bytes. Names that are made of names twice over could grow without end. */
const MAX_LENGTH = 1_000_000;
const HOLE_LENGTH = 100;

const isTextual = (value: Value): boolean =>
  value.kind === "unknown" || ((value.kind === "text" || value.kind === "literal") && value.encoding === undefined);

const asWritten = (value: Value): Value =>
  value.kind === "literal" ? { ...value, value: String(value.value) } : value;

/** A text of parts: a literal where all is known, an unknown value where it is one hole. */
export function fromParts(parts: readonly TextPart[], assuming: readonly string[] = []): Value {
  const found = splitDynamicReferences(parts);
  if ("kind" in found) return { ...found, assuming };
  const [only, ...others] = found;
  if (only === undefined) return literal("", { assuming });
  if (others.length > 0) return { kind: "text", parts: found, assuming };
  return typeof only === "string" ? literal(only, { assuming }) : fromHole(only, assuming);
}

export function fromHole(hole: Hole, assuming: readonly string[] = []): UnknownValue {
  const { hole: name, reason, refersTo } = hole;
  return unknownValue(reason, { assuming, name, ...(refersTo === undefined ? {} : { refersTo }) });
}

/** The parts of a value that stands inside a text. */
export function partsOf(value: Value): readonly TextPart[] {
  switch (value.kind) {
    case "absent":
      return [];
    case "literal":
      return [value.encoding === undefined ? String(value.value) : base64(String(value.value))];
    case "text":
      return value.encoding === undefined
        ? value.parts
        : [hole(`Base64(${nameOf(value)})`, "it is encoded from parts that are not known")];
    case "unknown":
      return [hole(nameOf(value), value.reason, value.refersTo)];
    default:
      return [hole(nameOf(value), `a ${value.kind} stands where a text was expected`)];
  }
}

export const base64 = (text: string): string => Buffer.from(text, "utf8").toString("base64");

/** A name for what a value stands for. Equal names in a stack stand for equal values. */
export function nameOf(value: Value): string {
  switch (value.kind) {
    case "absent":
      return "AWS::NoValue";
    case "literal":
      return JSON.stringify(value.value);
    case "text":
      return value.parts.map((part) => (typeof part === "string" ? part : `\${${part.hole}}`)).join("");
    case "unknown":
      return shortened(value.name ?? value.reason);
    case "list":
      return `[${value.items.map(nameOf).join(", ")}]`;
    case "record":
      return `{${[...value.entries].map(([key, item]) => `${key}: ${nameOf(item)}`).join(", ")}}`;
  }
}

const LONGEST_NAME = 10_000;

// Names hold the names of what they are computed from. Two that are as long as this and begin alike are taken for one.
const shortened = (name: string): string =>
  name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}… ${name.length}` : name;

const hole = (name: string, reason: string, refersTo?: readonly Reference[]): Hole => ({
  hole: name,
  reason,
  ...(refersTo === undefined ? {} : { refersTo }),
});

function append(parts: TextPart[], part: TextPart): void {
  const last = parts.at(-1);
  if (part === "") return;
  if (typeof part === "string" && typeof last === "string") parts[parts.length - 1] = last + part;
  else parts.push(part);
}

const PLAIN_HOLES = new Set(["AWS::Region", "AWS::AccountId", "AWS::Partition", "AWS::StackName"]);
const PLAIN_DELIMITER = /^[A-Za-z0-9-]/;

/**
 * The pieces of a text between delimiters; undefined where a hole may contain one. What a resource is called by
 * `Ref` holds no comma, and the pseudo parameters for region, account, partition and stack name hold letters, digits and dashes only.
 */
export function split(parts: readonly TextPart[], delimiter: string): readonly Value[] | undefined {
  const pieces: TextPart[][] = [[]];
  for (const part of parts) {
    if (typeof part !== "string") {
      if (!isFreeOf(part, delimiter)) return undefined;
      pieces.at(-1)?.push(part);
      continue;
    }
    const [first = "", ...rest] = part.split(delimiter);
    append(pieces.at(-1) ?? [], first);
    for (const piece of rest) pieces.push(piece === "" ? [] : [piece]);
  }
  return pieces.map((piece) => fromParts(piece));
}

function isFreeOf(part: Hole, delimiter: string): boolean {
  if (PLAIN_HOLES.has(part.hole)) return !PLAIN_DELIMITER.test(delimiter);
  return delimiter === "," && part.refersTo?.length === 1 && part.refersTo[0]?.attribute === "Ref";
}
