import { parseJson } from "./json";
import { type Parsed, type PlaceInFile, Source } from "./node";
import { parsePlainYaml } from "./plain-yaml/plain-yaml";
import { parseYaml } from "./yaml";

export interface ParsedText extends Parsed {
  readonly source: Source;
}

/** Line ends of other systems and the mark that some editors put first are no part of what is written. */
const normalized = (text: string): string =>
  text.includes("\r") || text.startsWith("\ufeff") ? text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n") : text;

/** Reads a text as JSON where it looks like JSON, else as YAML, of which JSON-like flow style is a part too. */
export function parseText(text: string, file: string, placeInFile?: PlaceInFile): ParsedText {
  const source = new Source(normalized(text), placeInFile);
  if (source.text.trim() === "") return { source, issues: [{ message: "the file is empty", offset: 0, fatal: true }] };
  return { source, ...(looksLikeJson(source.text) ? parseJsonOrFlow(source.text, file) : parseBlocks(source.text)) };
}

function parseBlocks(text: string): Parsed {
  const root = parsePlainYaml(text);
  return root === undefined ? parseYaml(text) : { root, issues: [] };
}

const looksLikeJson = (text: string): boolean => /^\s*[{[]/.test(text);

function parseJsonOrFlow(text: string, file: string): Parsed {
  const json = parseJson(text);
  if (json.root !== undefined || file.toLowerCase().endsWith(".json")) return json;
  const flow = parseYaml(text);
  return flow.root === undefined ? json : flow;
}
