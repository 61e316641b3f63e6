import { showText } from "../../../program/read";
import type { Hole, TextPart } from "../../../program/value";
import type { Statement } from "./statement";

const FIRST_HOLE = 0xe000;
const LAST_HOLE = 0xf8fe;
/** Stands for text that cannot be known: an unset shell variable, the output of a command. */
const UNKNOWN_TEXT = "\uf8ff";
const HOLE_PATTERN = /[\ue000-\uf8ff]/;
const ONLY_HOLES = /^[\ue000-\uf8ff]+$/;

/** Marks inside a word: name or number, closed by {@link CLOSE}. */
const VARIABLE = "\u0001";
const QUOTED_VARIABLE = "\u0003";
const SUBSTITUTION = "\u0004";
const CLOSE = "\u0002";
const VARIABLE_PATTERN = /[\u0001\u0003]([^\u0002]*)\u0002/g;
const SUBSTITUTION_PATTERN = /\u0004(\d+)\u0002/g;

/**
 * What stands in script text for something that is no plain text: one private-use character per hole of the program's
 * own text, so that scripts can be split into lines and words as usual; and, inside words, marks for variables and
 * command substitutions.
 */
export class Marks {
  private readonly holes: Hole[] = [];
  private readonly substitutions: Statement[] = [];

  /** One string in which every hole is one character. */
  flatten(parts: readonly TextPart[]): string {
    return parts.map((part) => (typeof part === "string" ? part : this.markHole(part))).join("");
  }

  addSubstitution(statement: Statement): string {
    this.substitutions.push(statement);
    return `${SUBSTITUTION}${this.substitutions.length - 1}${CLOSE}`;
  }

  /** The statements whose output a word contains. */
  substitutionsIn(word: string): readonly Statement[] {
    const found = [...word.matchAll(SUBSTITUTION_PATTERN)].map((match) => this.substitutions[Number(match[1])]);
    return found.filter((statement) => statement !== undefined);
  }

  /** Replaces variables by what `lookUp` knows of them. A word with an unquoted variable may become several, or none. */
  expand(word: string, lookUp: (name: string) => string | undefined): readonly string[] {
    if (!word.includes(CLOSE)) return [word];
    const text = expandVariables(word, lookUp, 0);
    return word.includes(VARIABLE) ? text.split(/\s+/).filter((piece) => piece !== "") : [text];
  }

  /** The text for a message: holes and variables as `${name}`. */
  show(text: string): string {
    const named = text
      .replace(VARIABLE_PATTERN, (_, name: string) => `$${name}`)
      .replace(SUBSTITUTION_PATTERN, "$(…)")
      .replaceAll(UNKNOWN_TEXT, "…");
    return named.replace(/[\ue000-\uf8fe]/g, (mark) => showText([this.holes[mark.charCodeAt(0) - FIRST_HOLE] ?? "…"]));
  }

  private markHole(hole: Hole): string {
    if (FIRST_HOLE + this.holes.length > LAST_HOLE) return UNKNOWN_TEXT;
    this.holes.push(hole);
    return String.fromCharCode(FIRST_HOLE + this.holes.length - 1);
  }
}

export const variableMark = (name: string, quoted: boolean): string =>
  `${quoted ? QUOTED_VARIABLE : VARIABLE}${name}${CLOSE}`;

/** Substitutions read as unknown text. */
export const withoutSubstitutions = (text: string): string => text.replace(SUBSTITUTION_PATTERN, UNKNOWN_TEXT);

export const hasHole = (text: string): boolean => HOLE_PATTERN.test(text);

/** Nothing of the text is known. */
export const isHole = (text: string): boolean => ONLY_HOLES.test(withoutSubstitutions(text));

const MAX_NESTING = 5;

/** `NAME` or `NAME:default`. A value may hold variables in its turn. */
function expandVariables(text: string, lookUp: (name: string) => string | undefined, depth: number): string {
  if (depth > MAX_NESTING) return UNKNOWN_TEXT;
  return text.replace(VARIABLE_PATTERN, (_, reference: string) => {
    const [name = "", ...rest] = reference.split(":");
    const value = lookUp(name) ?? (rest.length > 0 ? rest.join(":") : UNKNOWN_TEXT);
    return expandVariables(value, lookUp, depth + 1);
  });
}
