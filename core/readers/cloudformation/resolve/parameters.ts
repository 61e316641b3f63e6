import { list, literal, type TextPart, type UnknownValue, unknownValue, type Value } from "../../../program/value";
import { isListType, isSsmValue, type Parameter } from "../template/parameter";
import { fromHole, nameOf, partsOf, split } from "./text";

const LONGEST_SHOWN = 80;

/** What the report says where a value stands on a default. Secrets are not shown. */
export function defaultAssumption({ name, default: value = "", noEcho }: Parameter): string {
  if (noEcho) return `parameter ${name} has its default`;
  const shown = value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value;
  return `parameter ${name} has its default "${shown}"`;
}

export const unknownParameter = (parameter: Parameter): UnknownValue =>
  unknownValue(`it comes from parameter ${parameter.name}`, { name: parameter.name });

/** What is passed for a parameter, as a reference to it reads by the parameter's type. */
export function typed(parameter: Parameter, passed: Value): Value {
  if (isSsmValue(parameter)) return fromSsm(parameter, passed);
  return isListType(parameter) ? asItems(parameter, passed) : passed;
}

/** The value that a resource may show: secrets stay hidden. */
export function masked(parameter: Parameter, value: Value): Value {
  if (!parameter.noEcho || value.kind === "unknown") return value;
  return unknownValue(`parameter ${parameter.name} is secret (NoEcho)`, {
    name: parameter.name,
    ...(value.assuming === undefined ? {} : { assuming: value.assuming }),
  });
}

function fromSsm(parameter: Parameter, passed: Value): Value {
  if (passed.kind !== "literal") return unknownParameter(parameter);
  const path = String(passed.value);
  return unknownValue(`it is read from SSM parameter ${path} at deployment`, {
    name: parameter.name,
    ssmParameter: path,
    ...(passed.assuming === undefined ? {} : { assuming: passed.assuming }),
  });
}

/** `CommaDelimitedList`: one item more than commas, each trimmed. Source: CloudFormation user guide, "Parameters". */
function asItems(parameter: Parameter, passed: Value): Value {
  if (passed.kind === "list" || passed.kind === "absent") return passed;
  const pieces = passed.kind === "unknown" ? onlyReference(passed) : split(trimmed(partsOf(passed)), ",");
  if (pieces === undefined) return { ...unknownParameter(parameter), name: nameOf(passed) };
  return list(pieces, passed.assuming === undefined ? {} : { assuming: passed.assuming });
}

// A nested stack that is given one resource's id has a list of that one.
function onlyReference(value: UnknownValue): readonly Value[] | undefined {
  const [reference, ...others] = value.refersTo ?? [];
  return reference?.attribute === "Ref" && others.length === 0
    ? [fromHole({ hole: nameOf(value), reason: value.reason, refersTo: [reference] })]
    : undefined;
}

const trimmed = (parts: readonly TextPart[]): readonly TextPart[] =>
  parts.map((part, index) => {
    if (typeof part !== "string") return part;
    const inner = part.replace(/\s*,\s*/g, ",");
    const start = index === 0 ? inner.trimStart() : inner;
    return index === parts.length - 1 ? start.trimEnd() : start;
  });

export const literalParameter = (parameter: Parameter, text: string, assuming: readonly string[] = []): Value =>
  typed(parameter, literal(text, { assuming }));
