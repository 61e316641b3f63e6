import { asString, at } from "../program/read";
import { type Hole, literal, type RecordValue, type TextPart, unknownValue, type Value } from "../program/value";

/** `{{ name }}` and `{{ssm:name}}`. */
const REFERENCE = /\{\{\s*([\w:.\-/]+)\s*\}\}/;

/**
 * Inputs of a session document with its parameters at their defaults, as they are for a session that gives none. The shell
 * profile stays as it is: braces are part of many a shell command.
 * Source: Systems Manager user guide, "Create a Session Manager preferences document (command line)".
 */
export function withParameterDefaults(inputs: RecordValue, parameters: Value): RecordValue {
  const entries = [...inputs.entries].map(([name, value]): [string, Value] => [name, filled(value, parameters)]);
  return { ...inputs, entries: new Map(entries) };
}

function filled(value: Value, parameters: Value): Value {
  if (value.kind !== "literal" || typeof value.value !== "string" || !REFERENCE.test(value.value)) return value;
  const parts = value.value
    .split(REFERENCE)
    .map((piece, index): TextPart => (index % 2 === 0 ? piece : defaultOf(piece, parameters)))
    .filter((part) => part !== "");
  const { position } = value;
  const at = position === undefined ? {} : { position };
  if (parts.every((part) => typeof part === "string")) return literal(parts.join(""), at);
  const [first, ...others] = parts;
  if (first !== undefined && typeof first !== "string" && others.length === 0) {
    return unknownValue(first.reason, { ...at, name: first.hole });
  }
  return { ...at, kind: "text", parts };
}

function defaultOf(name: string, parameters: Value): TextPart {
  const hole = (reason: string): Hole => ({ hole: `{{ ${name} }}`, reason });
  if (name.startsWith("ssm:")) return hole(`it is SSM parameter ${name.slice("ssm:".length)}`);
  const value = asString(at(parameters, name, "default"));
  if (value.state === "known") return value.value;
  return hole(`it is parameter ${name} of the document, which whoever starts the session gives`);
}

/** The name of the document's parameter that a value stands for; undefined where it is no reference, or to Parameter Store. */
export function parameterNamed(value: Value): string | undefined {
  if (value.kind !== "literal" || typeof value.value !== "string") return undefined;
  const [whole, name] = REFERENCE.exec(value.value) ?? [];
  return whole === value.value.trim() && name !== undefined && !name.startsWith("ssm:") ? name : undefined;
}

/** Whether a value is, or holds, a reference to a parameter. */
export const namesParameter = (value: Value): boolean =>
  value.kind === "literal" && typeof value.value === "string" && REFERENCE.test(value.value);
