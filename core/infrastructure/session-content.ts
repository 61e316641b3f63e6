import type { ScalarTag } from "yaml";
import { absent, type Fact, known, unknown } from "../facts/fact";
import { asText } from "../program/read";
import {
  type Hole,
  list,
  literal,
  NOTHING,
  type RecordValue,
  record,
  type TextPart,
  unknownValue,
  type Value,
} from "../program/value";

/** The library takes longer to load than most programs take to judge, and few documents are YAML. */
const yaml: () => typeof import("yaml") = () => require("yaml");

/** What the content of a document turns out to be, or why AWS surely refuses it as one. */
export type DocumentBody = Fact<RecordValue> | MalformedBody;

export interface MalformedBody {
  readonly state: "malformed";
  /** Completes "the content …": `is not valid JSON (line 3, column 12)`. Lines are those of the content. */
  readonly why: string;
  /** What can be read all the same. */
  readonly document?: RecordValue;
}

/**
 * Reads content given as a map, or as JSON or YAML text, parts of which may be unknown. Text is JSON unless the document's
 * format says otherwise. Source: Systems Manager API, `CreateDocument`, `Content` and `DocumentFormat`.
 */
export function readBody(content: Value, format: Fact<string>): DocumentBody {
  if (content.kind === "record") return known(content, content.assuming);
  if (content.kind === "list") return malformed("is a list, and a document is a map");
  const text = asText(content);
  if (text.state === "unknown") return text;
  if (text.state === "absent" || isBlank(text.value)) return absent(text.assuming);
  const body = readText(text.value, format);
  if (body.state !== "known") return body;
  return known({ ...body.value, assuming: text.assuming }, text.assuming);
}

const isBlank = (parts: readonly TextPart[]): boolean =>
  parts.every((part) => typeof part === "string" && part.trim() === "");

const malformed = (why: string): MalformedBody => ({ state: "malformed", why });

const OPEN = "\u{e000}";
const CLOSE = "\u{e001}";

function readText(parts: readonly TextPart[], format: Fact<string>): DocumentBody {
  const holes = parts.filter((part) => typeof part !== "string");
  const text = parts.map((part) => (typeof part === "string" ? part : OPEN + holes.indexOf(part) + CLOSE)).join("");
  const json = parseJson(text);
  if ("value" in json) return asDocument(json.value, holes);
  const parsed = parseYaml(text);
  if (holes.length > 0) {
    return "value" in parsed ? asDocument(parsed.value, holes) : unknown("parts of its text are not known");
  }
  if (format.state === "unknown") return unknown(`its format is not known: ${format.reason}`);
  const isYaml = format.state === "known" && format.value.toUpperCase() === "YAML";
  if (isYaml)
    return "value" in parsed ? asDocument(parsed.value, holes) : malformed(`is not valid YAML${parsed.where}`);
  const looksLikeJson = /^\s*[{[]/.test(text);
  if (looksLikeJson || !("value" in parsed) || !isMap(parsed.value)) return malformed(`is not valid JSON${json.where}`);
  return inWrongFormat(asDocument(parsed.value, holes), format);
}

function inWrongFormat(body: DocumentBody, format: Fact<string>): DocumentBody {
  const said = format.state === "known" ? `is ${format.value}` : "is left out, which means JSON";
  const flaw = malformed(`is YAML, and DocumentFormat ${said}`);
  return body.state === "known" ? { ...flaw, document: body.value } : flaw;
}

type Parsed = { readonly value: unknown } | { readonly where: string };

function parseJson(text: string): Parsed {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const offset = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
    return { where: offset === undefined ? "" : positionText(text, Number(offset)) };
  }
}

function parseYaml(text: string): Parsed {
  const document = yaml().parseDocument(text, {
    prettyErrors: false,
    uniqueKeys: false,
    customTags: (tags) => [LEGACY_BOOLEAN, ...tags],
  });
  const [error] = document.errors;
  if (error !== undefined) return { where: positionText(text, error.pos[0]) };
  try {
    return { value: document.toJS() };
  } catch {
    return { where: "" };
  }
}

/** YAML 1.1 reads these as booleans, and the documents of AWS are of that age. */
const LEGACY_BOOLEAN: ScalarTag = {
  default: true,
  tag: "tag:yaml.org,2002:bool",
  test: /^(?:[Yy]es|YES|[Nn]o|NO|[Oo]n|ON|[Oo]ff|OFF)$/,
  resolve: (text) => /^(?:y|on)/i.test(text),
};

function positionText(text: string, offset: number): string {
  const before = text.slice(0, offset).split("\n");
  return ` (line ${before.length}, column ${(before.at(-1) ?? "").length + 1})`;
}

function asDocument(plain: unknown, holes: readonly Hole[]): DocumentBody {
  if (!isMap(plain)) return malformed("is no map, and a document is one");
  const value = toValue(plain, holes);
  return value.kind === "record" ? known(value) : unknown("a name in it is not known");
}

const isMap = (plain: unknown): plain is Readonly<Record<string, unknown>> =>
  typeof plain === "object" && plain !== null && !Array.isArray(plain);

function toValue(plain: unknown, holes: readonly Hole[]): Value {
  if (typeof plain === "string") return textValue(plain, holes);
  if (typeof plain === "number" || typeof plain === "boolean") return literal(plain);
  if (Array.isArray(plain)) return list(plain.map((item) => toValue(item, holes)));
  if (!isMap(plain)) return NOTHING;
  const entries = Object.entries(plain);
  if (entries.some(([key]) => key.includes(OPEN))) return unknownValue("a name in it is not known");
  return record(new Map(entries.map(([key, item]) => [key, toValue(item, holes)])));
}

const TOKEN = new RegExp(`${OPEN}(\\d+)${CLOSE}`);

function textValue(text: string, holes: readonly Hole[]): Value {
  if (!text.includes(OPEN)) return literal(text);
  const parts = text
    .split(TOKEN)
    .map((piece, index): TextPart => (index % 2 === 0 ? piece : (holes[Number(piece)] ?? piece)))
    .filter((part) => part !== "");
  const [first, ...others] = parts;
  if (first === undefined || typeof first === "string" || others.length > 0) return { kind: "text", parts };
  const { hole: name, reason, refersTo } = first;
  return unknownValue(reason, { name, ...(refersTo === undefined ? {} : { refersTo }) });
}
