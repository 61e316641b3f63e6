import { showText } from "../../../program/read";
import type { Hole, TextPart } from "../../../program/value";
import type { Statement } from "./statement";

/** All marks are private-use characters, which neither scripts nor YAML give a meaning. */
const FIRST_HOLE = 0xe000;
const LAST_HOLE = 0xf8ef;
const HOLES = /[\ue000-\uf8ef]/g;
/** Stands for text that cannot be known: an unset shell variable, the output of a command. */
export const UNKNOWN_TEXT = "\uf8ff";
const HOLE_PATTERN = /[\ue000-\uf8ef\uf8ff]/;
const ONLY_HOLES = /^[\ue000-\uf8ef\uf8ff]+$/;

/** Marks inside a word open a name or number, which {@link CLOSE} ends. */
const VARIABLE = "\uf8f0";
const QUOTED_VARIABLE = "\uf8f1";
const SUBSTITUTION = "\uf8f2";
const CLOSE = "\uf8f3";
const VARIABLE_PATTERN = /[\uf8f0\uf8f1]([^\uf8f3]*)\uf8f3/g;
const SUBSTITUTION_PATTERN = /\uf8f2(\d+)\uf8f3/g;

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

  /** The text with what its substitutions print, as far as `outputOf` tells. */
  withOutputs(text: string, outputOf: (statement: Statement) => string | undefined): string {
    return text.replace(SUBSTITUTION_PATTERN, (_, index: string) => {
      const statement = this.substitutions[Number(index)];
      return (statement === undefined ? undefined : outputOf(statement)) ?? UNKNOWN_TEXT;
    });
  }

  /** Replaces variables by what `lookUp` knows of them. A word with an unquoted variable may become several, or none. */
  expand(word: string, lookUp: (name: string) => string | undefined): readonly string[] {
    if (!hasMark(word)) return [word];
    const text = expandVariables(word, lookUp, 0);
    return word.includes(VARIABLE) ? text.split(/\s+/).filter((piece) => piece !== "") : [text];
  }

  /** The text for a message: holes and variables as `${name}`. */
  show(text: string): string {
    const named = text
      .replace(VARIABLE_PATTERN, (_, name: string) => `$${name}`)
      .replace(SUBSTITUTION_PATTERN, "$(…)")
      .replaceAll(UNKNOWN_TEXT, "…");
    return named.replace(HOLES, (mark) => showText([this.holes[mark.charCodeAt(0) - FIRST_HOLE] ?? "…"]));
  }

  private markHole(hole: Hole): string {
    if (FIRST_HOLE + this.holes.length > LAST_HOLE) return UNKNOWN_TEXT;
    this.holes.push(hole);
    return String.fromCharCode(FIRST_HOLE + this.holes.length - 1);
  }
}

export const variableMark = (name: string, quoted: boolean): string =>
  `${quoted ? QUOTED_VARIABLE : VARIABLE}${name}${CLOSE}`;

/** The word holds a variable or a command substitution. */
export const hasMark = (word: string): boolean => word.includes(CLOSE);

export const variablesIn = (word: string): readonly string[] =>
  [...word.matchAll(VARIABLE_PATTERN)].map((match) => match[1] ?? "");

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
