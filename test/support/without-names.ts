import type { Reading } from "../../core/program/declaration";
import { shortName } from "../../core/program/names";

/** The text with a placeholder for each name that the program gives a resource. */
export function withoutNames(text: string, reading: Reading): string {
  const declarations = reading.units.flat().flatMap(({ program }) => program.declarations);
  const names = [...new Set(declarations.map(shortName))].sort((left, right) => right.length - left.length);
  if (names.length === 0) return text;
  const anyName = new RegExp(`(?<![\\w/-])(?:${names.map(escaped).join("|")})(?![\\w/-])`, "g");
  return text.replace(anyName, "<name>");
}

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
