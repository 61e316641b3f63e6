import { parseJson } from "./json";
import { type Parsed, Source } from "./node";
import { parseYaml } from "./yaml";

export interface ParsedText extends Parsed {
  readonly source: Source;
}

const BYTE_ORDER_MARK = /^\ufeff/;

/** Reads a text as JSON where it looks like JSON, else as YAML, of which JSON-like flow style is a part too. */
export function parseText(text: string, file: string): ParsedText {
  const source = new Source(text.replace(BYTE_ORDER_MARK, ""));
  if (source.text.trim() === "") return { source, issues: [{ message: "the file is empty", offset: 0, fatal: true }] };
  return { source, ...(looksLikeJson(source.text) ? parseJsonOrFlow(source.text, file) : parseYaml(source.text)) };
}

const looksLikeJson = (text: string): boolean => /^\s*[{[]/.test(text);

function parseJsonOrFlow(text: string, file: string): Parsed {
  const json = parseJson(text);
  if (json.root !== undefined || file.toLowerCase().endsWith(".json")) return json;
  const flow = parseYaml(text);
  return flow.root === undefined ? json : flow;
}
