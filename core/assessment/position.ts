import type { Position, Value } from "../program/value";
import type { Place } from "../rules/rule";

/** Where a property stands, or the nearest thing around it that is written down. */
export function positionOfProperty({ declaration, property }: Place): Position | undefined {
  if (property === undefined) return undefined;
  let position = declaration.position;
  let value: Value | undefined = declaration.properties;
  for (const key of property.split(".")) {
    value = member(value, key);
    if (value === undefined) break;
    position = value.position ?? position;
  }
  return position;
}

/** Of a list, by its index from 0. */
function member(value: Value, key: string): Value | undefined {
  if (value.kind === "record") return value.entries.get(key);
  return value.kind === "list" ? value.items[Number(key)] : undefined;
}
