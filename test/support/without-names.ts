import { shortName } from "../../core/diagnosis/names";
import type { Reading } from "../../core/program/declaration";

/** The text with the type of a resource in place of each name that the program gives one. */
export function withoutNames(text: string, reading: Reading): string {
  const types = new Map(
    reading.units
      .flat()
      .flatMap(({ program }) => program.declarations)
      .map((declaration) => [shortName(declaration), declaration.type]),
  );
  const names = [...types.keys()].sort((left, right) => right.length - left.length).map(escaped);
  if (names.length === 0) return text;
  const anyName = new RegExp(`(?<![\\w-])(?:${names.join("|")})(?![\\w-])`, "g");
  return text.replace(anyName, (name) => `<${types.get(name)}>`);
}

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
