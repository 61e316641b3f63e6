import { THRESHOLDS } from "../../core/assessment/summary";
import { FORMATS } from "../../core/report";
import { FORMATS as CONFIGURATION_FORMATS } from "../init/arguments";
import { FORMATS as PLAIN_FORMATS } from "../options";
import { SHELLS } from "./arguments";

/** What follows an option or a command. */
export type Follower =
  | { readonly kind: "nothing" }
  | { readonly kind: "anything" }
  | { readonly kind: "files" }
  | { readonly kind: "words"; readonly words: readonly string[] }
  /** `word=FILE` */
  | { readonly kind: "words-for-files"; readonly words: readonly string[] };

export interface OptionWords {
  /** `--format` */
  readonly name: string;
  readonly value: Follower;
  /** `--baseline` as well as `--baseline=FILE` */
  readonly isValueOptional: boolean;
  readonly description: string;
}

export interface CommandWords {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionWords[];
  readonly argument: Follower;
}

/** All that can be typed, read from the help text, so that both always say the same. `topics` is what can be explained. */
export function commandWords(help: string, topics: readonly string[]): readonly CommandWords[] {
  const shared = optionsIn(help, "All");
  return [...help.matchAll(/^ {2}ssm-preflight (\w+).*? {2,}(.+)$/gm)].map(([, name = "", description = ""]) => ({
    name,
    description,
    options: distinct([...optionsIn(help, name), ...shared]).filter((option) => isTaken(name, option)),
    argument: argumentOf(name, topics),
  }));
}

/** A script comes in one format. */
const isTaken = (command: string, { name }: OptionWords): boolean => command !== "completion" || name !== "--format";

function argumentOf(command: string, topics: readonly string[]): Follower {
  if (command === "check") return { kind: "files" };
  if (command === "explain") return { kind: "words", words: topics };
  return command === "completion" ? { kind: "words", words: SHELLS } : { kind: "nothing" };
}

/** By the heading in the help text; those of `check` elsewhere. */
const FORMATS_OF: Readonly<Record<string, readonly string[]>> = { All: PLAIN_FORMATS, init: CONFIGURATION_FORMATS };

/** Of the section under a heading. */
function optionsIn(help: string, heading: string): readonly OptionWords[] {
  const [, section = ""] = new RegExp(`^${heading}\\n([\\s\\S]*?)(?:^\\w|(?![\\s\\S]))`, "m").exec(help) ?? [];
  const lines = section.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)(?: ([A-Z=]+)|\[=([A-Z]+)\])? {2,}(.+)$/gm);
  return [...lines].map(([, name = "", needed, optional, description = ""]) => ({
    name,
    value: valueFor(needed ?? optional, FORMATS_OF[heading] ?? FORMATS),
    isValueOptional: optional !== undefined,
    description,
  }));
}

function valueFor(placeholder: string | undefined, formats: readonly string[]): Follower {
  switch (placeholder) {
    case undefined:
      return { kind: "nothing" };
    case "FILE":
      return { kind: "files" };
    case "FORMAT":
      return { kind: "words", words: formats };
    case "LEVEL":
      return { kind: "words", words: THRESHOLDS };
    case "FORMAT=FILE":
      return { kind: "words-for-files", words: formats };
    default:
      return { kind: "anything" };
  }
}

/** A command's own option stands for the shared one of the same name. */
function distinct(options: readonly OptionWords[]): readonly OptionWords[] {
  return options.filter(({ name }, index) => options.findIndex((other) => other.name === name) === index);
}
