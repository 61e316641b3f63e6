import type { Finding } from "../assessment/assessment";
import type { Position, Value } from "../program/value";

/** Where to change something: the property, or the nearest thing around it that is written down. */
export function positionOf({ place, property }: Pick<Finding, "place" | "property">): Position | undefined {
  let position = place.position;
  let value: Value | undefined = place.properties;
  for (const key of property?.split(".") ?? []) {
    value = value.kind === "record" ? value.entries.get(key) : undefined;
    if (value === undefined) break;
    position = value.position ?? position;
  }
  return position;
}
