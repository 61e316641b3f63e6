import type { Invocation } from "./effect";
import { fetchOf } from "./fetch";

/** What flows from one command of a pipeline to the next. */
export interface Output {
  readonly content?: string;
  /** The address it is fetched from. */
  readonly source?: string;
  readonly words: readonly string[];
  readonly isFetch?: boolean;
}

export const NO_OUTPUT: Output = { words: [] };

const COPIES = new Set(["cp", "mv", "ln", "copy-item", "move-item"]);

/**
 * Keeps account of the files a command writes, fetches and copies, and tells what a next command would read.
 * `outputs` are the files its output is redirected to.
 */
export function recordOutput(invocation: Invocation, outputs: readonly string[], input: string | undefined): Output {
  const { program, arguments: words, files } = invocation;
  const plain = words.filter((word) => !word.startsWith("-"));
  if (COPIES.has(program)) {
    const [from = "", to = ""] = plain.slice(-2);
    files.copy(from, to);
    if (program === "mv" || program === "move-item") files.remove(from);
  }
  if (program === "rm") for (const path of plain) files.remove(path);
  const fetch = fetchOf(invocation, outputs);
  if (fetch !== undefined) {
    for (const target of fetch.to) files.add(target, { fetchedFrom: fetch.from });
    return { source: fetch.from, words, isFetch: true };
  }
  const content = contentOf(program, words, input);
  if (content === undefined) return { words };
  for (const target of program === "tee" ? [...outputs, ...plain] : outputs) files.append(target, content);
  return { content, words };
}

/** What a command prints, where the script says. */
function contentOf(program: string, words: readonly string[], input: string | undefined): string | undefined {
  if (program === "cat" || program === "tee") return input;
  if (program !== "echo" && program !== "printf" && program !== "write-output") return undefined;
  const text = words.filter((word) => !/^-[neE]+$/.test(word)).join(" ");
  return program === "printf" || words.includes("-e") ? text.replaceAll("\\n", "\n") : text;
}
