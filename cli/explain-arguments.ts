import { closestWord } from "../core/assessment/closest-word";
import { FORMATS, type Format, oneOf, UsageError } from "./options";

export interface ExplainArguments {
  readonly command: "explain";
  /** A rule, a check, an entry or a pasted text; `-` for standard input; empty for a list of what there is. */
  readonly text: string;
  readonly format: Format;
}

/** Not with `util.parseArgs`: an error text may begin with dashes and hold anything. */
export function parseExplain(argv: readonly string[]): ExplainArguments {
  const words: string[] = [];
  let format: Format = "pretty";
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? "";
    if (word === "--") return { command: "explain", text: [...words, ...argv.slice(index + 1)].join(" "), format };
    const [option, value] = word.split(/=(.*)/s);
    if (option !== "--format") {
      if (words.length === 0 && closestWord(option ?? "", ["--format"]) !== undefined) {
        throw new UsageError(
          `there is no option ${option}; did you mean --format? A text that begins so goes after --`,
        );
      }
      words.push(word);
      continue;
    }
    const given = value ?? argv[++index];
    if (given === undefined) throw new UsageError("--format takes a value: pretty or json");
    format = oneOf("--format", given, FORMATS);
  }
  return { command: "explain", text: words.join(" "), format };
}
