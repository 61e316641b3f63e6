import type { ListValue, TextPart, Value } from "../../../program/value";
import { nameOf, partsOf } from "./text";

/** Whether two values are equal at deployment; undefined where what is known leaves it open. */
export function areEqual(left: Value, right: Value): boolean | undefined {
  if (left.kind === "list" && right.kind === "list") return listsEqual(left, right);
  if (isComposite(left) || isComposite(right)) return nameOf(left) === nameOf(right) ? true : undefined;
  return textsEqual(partsOf(left), partsOf(right));
}

const isComposite = (value: Value): boolean => value.kind === "list" || value.kind === "record";

function listsEqual(left: ListValue, right: ListValue): boolean | undefined {
  if (left.items.length !== right.items.length) return false;
  const items = left.items.map((item, index) => {
    const other = right.items[index];
    return other === undefined ? false : areEqual(item, other);
  });
  if (items.includes(false)) return false;
  return items.includes(undefined) ? undefined : true;
}

function textsEqual(left: readonly TextPart[], right: readonly TextPart[]): boolean | undefined {
  if (shape(left) === shape(right)) return true;
  const open = [left, right].filter((parts) => parts.some((part) => typeof part !== "string"));
  if (open.length === 0) return false;
  if (!agree(knownStart(left), knownStart(right), "startsWith")) return false;
  if (!agree(knownEnd(left), knownEnd(right), "endsWith")) return false;
  const [pattern] = open;
  if (open.length > 1 || pattern === undefined) return undefined;
  const text = (pattern === left ? right : left).join("");
  return matches(pattern, text) ? undefined : false;
}

// A separator that no text holds keeps the part "a" before a hole named "b" apart from the hole "ab".
const shape = (parts: readonly TextPart[]): string =>
  parts.map((part) => (typeof part === "string" ? part : `\u0000${part.hole}\u0000`)).join("");

const knownStart = (parts: readonly TextPart[]): string => (typeof parts[0] === "string" ? parts[0] : "");

function knownEnd(parts: readonly TextPart[]): string {
  const last = parts.at(-1);
  return typeof last === "string" ? last : "";
}

const agree = (left: string, right: string, how: "startsWith" | "endsWith"): boolean =>
  left[how](right) || right[how](left);

/** Whether the known stretches of a pattern occur in a text in their order, so that holes could fill the rest. */
function matches(pattern: readonly TextPart[], text: string): boolean {
  const start = knownStart(pattern);
  const end = pattern.length > 1 ? knownEnd(pattern) : "";
  if (start.length + end.length > text.length) return false;
  let from = start.length;
  const until = text.length - end.length;
  for (const part of pattern.slice(start === "" ? 0 : 1, end === "" ? undefined : -1)) {
    if (typeof part !== "string") continue;
    const found = text.indexOf(part, from);
    if (found < 0 || found + part.length > until) return false;
    from = found + part.length;
  }
  return true;
}
