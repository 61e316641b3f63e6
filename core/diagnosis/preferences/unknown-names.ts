import { at } from "../../program/read";
import type { RecordValue } from "../../program/value";
import { closestWord } from "../closest-word";
import { assumedIn, type DocumentMistake, mistake } from "./document-problem";

/** Names that AWS does not document. One that stands in for a required name is what AWS refuses. */
export function unknownNames(
  map: RecordValue,
  names: readonly string[],
  path: string,
  what: string,
  required: readonly string[] = [],
): readonly DocumentMistake[] {
  return [...map.entries].flatMap(([name, value]): readonly DocumentMistake[] => {
    if (names.includes(name) || value.kind === "absent") return [];
    const meant = meantBy(name, names, map);
    const level = meant !== undefined && required.includes(meant) ? "error" : "warning";
    const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
    return [mistake(level, `Content.${path}${name}`, `${path}${name} is ${what}${hint}`, assumedIn(map, value))];
  });
}

const meantBy = (name: string, names: readonly string[], map: RecordValue): string | undefined =>
  closestWord(
    name,
    names.filter((candidate) => at(map, candidate).kind === "absent"),
  );

/** Whether the map has a name that is likely meant to be this one, and is reported already. */
export const isMisspelt = (map: RecordValue, name: string, names: readonly string[]): boolean =>
  [...map.entries.keys()].some((key) => !names.includes(key) && meantBy(key, names, map) === name);
