import type { Reference, TextPart } from "../../program/value";

/** A text in which every hole is a word that may stand in a URL, so that it can be taken apart like any other text. */
export interface FlatText {
  readonly text: string;
  readonly holes: readonly Exclude<TextPart, string>[];
}

export function flatten(parts: readonly TextPart[]): FlatText {
  const holes = parts.filter((part) => typeof part !== "string");
  const text = parts.map((part) => (typeof part === "string" ? part : `xhole${holes.indexOf(part)}x`)).join("");
  return { text, holes };
}

const WORD = /xhole(\d+)x/g;

/** A piece of the text as it is written, its holes as `${…}`. */
export const written = (piece: string, { holes }: FlatText): string =>
  piece.replaceAll(WORD, (word, index) => {
    const hole = holes[Number(index)];
    return hole === undefined ? word : `\${${hole.hole}}`;
  });

/** What the holes in a piece of the text refer to. */
export const referencesOf = (piece: string, { holes }: FlatText): readonly Reference[] =>
  [...piece.matchAll(WORD)].flatMap(([, index]) => holes[Number(index)]?.refersTo ?? []);
