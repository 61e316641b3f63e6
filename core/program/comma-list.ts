import { asText } from "./read";
import { list, literal, type TextPart, unknownValue, type Value, type ValueContext } from "./value";

/**
 * The items of a text that lists them with commas between, alone or as an item of a list; any other value stays as it is.
 * What is not known counts as one item.
 */
export function commaList(value: Value): Value {
  if (value.kind === "list") return { ...value, items: value.items.flatMap(itemsOf) };
  const text = asText(value);
  if (text.state !== "known") return value;
  const items: TextPart[][] = [[]];
  for (const part of text.value) {
    const [first = part, ...others] = typeof part === "string" ? part.split(",") : [part];
    items.at(-1)?.push(first);
    for (const other of others) items.push([other]);
  }
  if (items.length === 1) return value;
  return list(items.map((parts) => itemOf(parts, { assuming: text.assuming })));
}

function itemsOf(value: Value): readonly Value[] {
  const listed = commaList(value);
  return listed.kind === "list" ? listed.items : [value];
}

function itemOf(parts: readonly TextPart[], context: ValueContext): Value {
  const [only, ...others] = parts.map(trimmed).filter((part) => part !== "");
  if (others.length > 0) return { kind: "text", parts, ...context };
  if (only === undefined || typeof only === "string") return literal(only ?? "", context);
  const { hole, reason, refersTo } = only;
  return unknownValue(reason, { ...context, name: hole, ...(refersTo === undefined ? {} : { refersTo }) });
}

const trimmed = (part: TextPart): TextPart => (typeof part === "string" ? part.trim() : part);
