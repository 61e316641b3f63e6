import type { Value } from "./value";

/** Every text in a value that is known at least in part. */
export function eachText(value: Value, meet: (text: string) => void): void {
  switch (value.kind) {
    case "literal":
      if (typeof value.value === "string") meet(value.value);
      return;
    case "text":
      for (const part of value.parts) if (typeof part === "string") meet(part);
      return;
    case "list":
      for (const item of value.items) eachText(item, meet);
      return;
    case "record":
      for (const item of value.entries.values()) eachText(item, meet);
      return;
    case "unknown":
    case "absent":
      return;
  }
}
