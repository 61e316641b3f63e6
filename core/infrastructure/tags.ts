import { type Fact, known } from "../facts/fact";
import { asList, asString, at } from "../program/read";
import type { Value } from "../program/value";

/** Tags written as `[{ Key, Value }]`. A tag whose key is not known makes the whole set unknown. */
export function readTags(value: Value): Fact<ReadonlyMap<string, Fact<string>>> {
  const items = asList(value);
  if (items.state !== "known") return items;
  const tags = new Map<string, Fact<string>>();
  for (const item of items.value) {
    const key = asString(at(item, "Key"));
    if (key.state === "unknown") return key;
    if (key.state === "known") tags.set(key.value, asString(at(item, "Value")));
  }
  return known(tags, items.assuming);
}
