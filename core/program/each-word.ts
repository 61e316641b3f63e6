import type { Value } from "./value";

/** Calls `meet` for every word of every text in a value, as far as the texts are known. */
export function eachWord(value: Value, meet: (text: string) => void): void {
  switch (value.kind) {
    case "literal":
      // A list parameter stands as one text where it is not known to be a list.
      if (typeof value.value === "string") value.value.split(/[,\s]+/).forEach(meet);
      return;
    case "text":
      for (const part of value.parts) if (typeof part === "string") part.split(/[,\s]+/).forEach(meet);
      return;
    case "list":
      for (const item of value.items) eachWord(item, meet);
      return;
    case "record":
      for (const item of value.entries.values()) eachWord(item, meet);
      return;
    case "unknown":
    case "absent":
      return;
  }
}
