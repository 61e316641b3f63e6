import type { Hole, TextPart, Value } from "../../../program/value";
import { SHARED_PSEUDO_PARAMETERS } from "./pseudo-parameters";
import { qualified, type Stack } from "./stack";

/**
 * A value as another stack sees it: what is unknown gets a name that is unique in the run and a reason that tells the
 * stack, and positions go, for they are of another file.
 */
export function foreign(value: Value, from: Stack): Value {
  const { position: _, ...moved } = value;
  switch (moved.kind) {
    case "unknown":
      return moved.name === undefined ? moved : { ...moved, ...renamed(moved.name, moved.reason, from) };
    case "text":
      return { ...moved, parts: moved.parts.map((part) => foreignPart(part, from)) };
    case "list":
      return { ...moved, items: moved.items.map((item) => foreign(item, from)) };
    case "record":
      return { ...moved, entries: new Map([...moved.entries].map(([key, item]) => [key, foreign(item, from)])) };
    default:
      return moved;
  }
}

function foreignPart(part: TextPart, from: Stack): string | Hole {
  if (typeof part === "string") return part;
  const { name, reason } = renamed(part.hole, part.reason, from);
  return { ...part, hole: name, reason };
}

function renamed(name: string, reason: string, from: Stack): { readonly name: string; readonly reason: string } {
  const unique = SHARED_PSEUDO_PARAMETERS.has(name) ? name : qualified(from, name);
  return unique === name ? { name, reason } : { name: unique, reason: `${reason} (stack ${from.name})` };
}
