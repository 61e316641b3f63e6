import type { Position, Value } from "../program/value";
import type { Place } from "../rules/rule";

/** Where a property stands, or the nearest thing around it that is written down. */
export function positionOfProperty({ declaration, property }: Place): Position | undefined {
  if (property === undefined) return undefined;
  let position = declaration.position;
  let value: Value | undefined = declaration.properties;
  for (const key of property.split(".")) {
    value = value.kind === "record" ? value.entries.get(key) : undefined;
    if (value === undefined) break;
    position = value.position ?? position;
  }
  return position;
}
