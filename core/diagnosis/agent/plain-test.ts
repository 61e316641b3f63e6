import { globPattern } from "./commands/known-files";
import { type Choice, type Statement, sequence } from "./script/statement";

type Known = (word: string) => string | undefined;

const NUMERIC: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  "-eq": (left, right) => left === right,
  "-ne": (left, right) => left !== right,
  "-lt": (left, right) => left < right,
  "-le": (left, right) => left <= right,
  "-gt": (left, right) => left > right,
  "-ge": (left, right) => left >= right,
};

/**
 * What a test of texts comes to, `[ "$A" = yes ]`, `[[ $A == b* ]]`, `[ -z "$A" ]`, `[ $N -lt 5 ]`; undefined for other
 * tests, and where a text is not known. `known` tells the text of a word.
 */
export function plainTest(words: readonly string[], known: Known): boolean | undefined {
  const [program = "", ...rest] = words;
  if (program !== "[" && program !== "[[" && program !== "test") return undefined;
  return evaluated(
    rest.filter((word) => word !== "]" && word !== "]]"),
    known,
    program === "[[",
  );
}

function evaluated(words: readonly string[], known: Known, hasPatterns: boolean): boolean | undefined {
  const [first = "", second = "", third = ""] = words;
  if (first === "!") {
    const inner = evaluated(words.slice(1), known, hasPatterns);
    return inner === undefined ? undefined : !inner;
  }
  if (words.length === 2 && (first === "-z" || first === "-n")) {
    const text = known(second);
    return text === undefined ? undefined : (text === "") === (first === "-z");
  }
  if (words.length !== 3) return undefined;
  const [left, right] = [known(first), known(third)];
  if (left === undefined || right === undefined) return undefined;
  const numeric = NUMERIC[second];
  if (numeric !== undefined)
    return isNumber(left) && isNumber(right) ? numeric(Number(left), Number(right)) : undefined;
  const isEqual = equal(left, right, hasPatterns);
  if (second === "=" || second === "==") return isEqual;
  return second === "!=" && isEqual !== undefined ? !isEqual : undefined;
}

const isNumber = (text: string): boolean => /^-?\d+$/.test(text);

/** Quotes, which would make a pattern plain text, are no longer there. */
const equal = (text: string, pattern: string, hasPatterns: boolean): boolean | undefined =>
  hasPatterns ? matchesPattern(text, pattern) : text === pattern;

/** Whether a text matches a pattern of `case` or `[[`; undefined for patterns with more than `*`. */
function matchesPattern(text: string, pattern: string): boolean | undefined {
  if (/[?[\]()\\]/.test(pattern)) return undefined;
  return globPattern(pattern).test(text);
}

/** The alternative of a `case` that is surely taken, which may be none; undefined where that is not known. */
export function chosenOf({ subject, alternatives }: Choice, known: Known): Statement | undefined {
  const text = subject === undefined ? undefined : known(subject);
  if (text === undefined) return undefined;
  for (const { patterns, body } of alternatives) {
    const matches = patterns.map((pattern) => {
      const written = known(pattern);
      return written === undefined ? undefined : matchesPattern(text, written);
    });
    if (matches.includes(true)) return body;
    if (matches.includes(undefined)) return undefined;
  }
  return sequence([]);
}
