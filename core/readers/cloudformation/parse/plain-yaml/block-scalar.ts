import { notPlain } from "./scanner";

const HEADER = /([|>])([+-]?)([1-9]?)([+-]?) *(?: #[^\n]*)?\n/y;

export interface BlockScalar {
  readonly value: string;
  /** Start of the first line that does not belong to it. */
  readonly next: number;
}

/**
 * Reads a literal (`|`) or folded (`>`) text whose header stands at `offset` and whose parent is indented by `indent`.
 * Source: YAML 1.2.2, section 8.1.
 */
export function readBlockScalar(text: string, offset: number, indent: number): BlockScalar {
  HEADER.lastIndex = offset;
  const header = HEADER.exec(text);
  if (header === null) return notPlain();
  const [whole, style, before, depth = "", after] = header;
  const chomping = before || after || "";
  if ((before !== "" && after !== "") || (style === ">" && chomping === "+")) return notPlain();
  const start = offset + whole.length;
  const inner = depth === "" ? detectIndent(text, start) : indent + Number(depth);
  // What follows stands no deeper than the parent: only the empty lines before it can belong to the text.
  const { lines, next } = readLines(text, start, inner > indent ? inner : Number.POSITIVE_INFINITY);
  if (chomping === "+") return { value: lines.map((line) => `${line}\n`).join(""), next };
  while (lines.at(-1) === "") lines.pop();
  const body = style === "|" ? lines.join("\n") : fold(lines);
  return { value: chomping === "-" || body === "" ? body : `${body}\n`, next };
}

/** Of the first line that is not empty; empty lines before it must not be longer. */
function detectIndent(text: string, start: number): number {
  let longest = 0;
  for (let lineStart = start; lineStart < text.length; ) {
    let at = lineStart;
    while (text[at] === " ") at++;
    const indent = at - lineStart;
    if (text[at] !== "\n") return indent < longest || text[at] === "\t" ? notPlain() : indent;
    longest = Math.max(longest, indent);
    lineStart = at + 1;
  }
  return 0;
}

function readLines(text: string, start: number, indent: number): { readonly lines: string[]; readonly next: number } {
  const lines: string[] = [];
  let lineStart = start;
  while (lineStart < text.length) {
    const end = text.indexOf("\n", lineStart);
    // The last line of a file without a line feed: rare, and its end depends on the chomping.
    if (end < 0) return notPlain();
    let at = lineStart;
    while (at < lineStart + indent && text[at] === " ") at++;
    if (at === end) lines.push("");
    else if (at < lineStart + indent) break;
    else lines.push(text.slice(at, end));
    lineStart = end + 1;
  }
  return { lines, next: lineStart };
}

/** Joins lines by spaces and keeps empty ones as line ends; lines that are indented further stay as they are. */
function fold(lines: readonly string[]): string {
  let folded = "";
  let empty = 0;
  let wasIndented = false;
  for (const line of lines) {
    if (line === "") {
      empty++;
      continue;
    }
    const isIndented = line.startsWith(" ") || line.startsWith("\t");
    const keepsLineEnd = folded !== "" && (isIndented || wasIndented);
    if (keepsLineEnd) folded += "\n".repeat(empty + 1);
    else folded += empty > 0 || folded === "" ? "\n".repeat(empty) : " ";
    folded += line;
    wasIndented = isIndented;
    empty = 0;
  }
  return folded;
}
