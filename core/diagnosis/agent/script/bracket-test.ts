import { command, type Statement } from "./statement";

/** The words of `[[ a && b || c ]]`, whose operators join tests. With parentheses they stay one test. */
export function bracketTest(words: readonly string[]): Statement {
  const plain = words.filter((word) => word !== "\n");
  if (plain.includes("(")) return test(plain);
  return joined(
    "or",
    split(plain, "||").map((parts) => joined("and", split(parts, "&&").map(test))),
  );
}

const test = (words: readonly string[]): Statement => command(["[[", ...words, "]]"]);

const joined = (kind: "and" | "or", tests: readonly Statement[]): Statement =>
  tests.reduce((left, right) => ({ kind, left, right }));

/** The stretches between separators, of which there is one at least. */
function split(words: readonly string[], separator: string): readonly (readonly string[])[] {
  const at = words.indexOf(separator);
  return at === -1 ? [words] : [words.slice(0, at), ...split(words.slice(at + 1), separator)];
}
