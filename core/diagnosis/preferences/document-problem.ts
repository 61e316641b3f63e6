import { union } from "../../facts/fact";
import type { Declaration } from "../../program/declaration";
import type { Value } from "../../program/value";
import { withAssumptions } from "../wording";

/** What is wrong with a session document, before it is said of which. */
export interface DocumentMistake {
  /** `error`: AWS refuses the document, or sessions that use it fail. */
  readonly level: "error" | "warning" | "note";
  /** Path in normal form, `Content.inputs.idleSessionTimeout`. */
  readonly property: string;
  /** A clause without a full stop. */
  readonly why: string;
  /** It also depends on what the program does not have, so that nothing follows from a part of the program. */
  readonly needsWholeProgram?: boolean;
}

export interface DocumentProblem extends DocumentMistake {
  readonly document: Declaration;
}

export const mistake = (
  level: DocumentMistake["level"],
  property: string,
  why: string,
  assuming: readonly string[] = [],
): DocumentMistake => ({ level, property, why: withAssumptions(why, assuming) });

/** What a value, or any of several, takes for granted. */
export const assumedIn = (...values: readonly Value[]): readonly string[] =>
  values.map(({ assuming }) => assuming ?? []).reduce(union, []);

/** How a sentence shows a value: `"900"`, `the number 5`, `a map`. */
export function shown(value: Value): string {
  if (value.kind === "literal") {
    const { value: plain } = value;
    if (typeof plain === "string") return JSON.stringify(plain);
    return typeof plain === "number" ? `the number ${plain}` : `the boolean ${plain}`;
  }
  return value.kind === "record" ? "a map" : `a ${value.kind}`;
}
