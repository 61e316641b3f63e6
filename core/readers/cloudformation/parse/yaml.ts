import type { Alias, ParsedNode, Scalar, YAMLMap } from "yaml";
import { type Entry, type Node, type Parsed, type SyntaxIssue, SyntaxStop } from "./node";
import { plainKey, plainScalar } from "./scalar";
import { longForm, SHORT_TAGS } from "./tags";

/** Loading the package takes longer than reading a template, and most templates are read without it. */
const yaml: () => typeof import("yaml") = () => require("yaml");

/** Nodes that aliases may unfold to, in all. Real templates stay far below; alias bombs far above. */
const MAX_UNFOLDED = 500_000;
/** Characters. The package reads about two million a second, and CloudFormation takes templates of one million bytes at most. */
const MAX_LENGTH = 4_000_000;

const STANDARD_TAG = "tag:yaml.org,2002:";
/** Standard tags that change nothing, or only how a plain scalar reads. Source: CloudFormation user guide, "template formats": no binary, omap, pairs, set, timestamp. */
const STANDARD_TAGS = new Set(["str", "int", "float", "bool", "null", "map", "seq", "merge"]);

const CUSTOM_TAGS = SHORT_TAGS.flatMap((tag) => [
  { tag, resolve: (text: string) => text },
  { tag, collection: "seq" as const, resolve: (node: unknown) => node },
  { tag, collection: "map" as const, resolve: (node: unknown) => node },
]);

/** YAML by the `yaml` package, whose tree is turned into ours. */
export function parseYaml(text: string): Parsed {
  if (text.length > MAX_LENGTH) {
    const size = Math.round(text.length / 1_000_000);
    return fatal(`the file is too big for a template: ${size} MB, and CloudFormation takes 1 MB`, 0);
  }
  try {
    const document = yaml().parseDocument(text, {
      prettyErrors: false,
      schema: "failsafe",
      uniqueKeys: false,
      customTags: CUSTOM_TAGS,
    });
    const [error] = document.errors;
    if (error !== undefined) return fatal(explain(error.code, error.message), error.pos[0]);
    if (document.contents === null) return fatal("the file is empty", 0);
    const converter = new Converter(text);
    return { root: converter.node(document.contents), issues: converter.issues };
  } catch (error) {
    if (error instanceof SyntaxStop) return fatal(error.message, error.offset);
    if (error instanceof RangeError) return fatal(TOO_DEEP, 0);
    throw error;
  }
}

const fatal = (message: string, offset: number): Parsed => ({ issues: [{ message, offset, fatal: true }] });

const TOO_DEEP = "it is nested too deeply to be read";

const EXPLAINED: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "a tab indents this line, and YAML takes only spaces",
  BLOCK_AS_IMPLICIT_KEY:
    "another key stands inside this value; either it is not indented like its neighbours, or a text with a colon lacks quotes",
  MULTIPLE_DOCS: "a second YAML document begins here, and a template is a single one",
  RESOURCE_EXHAUSTION: TOO_DEEP,
};

function explain(code: string, message: string): string {
  return EXPLAINED[code] ?? `broken YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}

interface Anchored {
  readonly node: Node;
  readonly size: number;
}

class Converter {
  readonly issues: SyntaxIssue[] = [];
  private readonly yaml = yaml();
  private readonly anchors = new Map<string, Anchored>();
  /** Nodes so far, those behind aliases counted each time. */
  private size = 0;

  constructor(private readonly text: string) {}

  /** `owner` is where the key or collection stands that the node belongs to, which is where nothing stands, if it is empty. */
  node(source: ParsedNode | null, owner = 0): Node {
    if (source === null) return { kind: "scalar", value: null, offset: owner };
    if (this.yaml.isAlias(source)) return this.alias(source);
    const before = this.size++;
    const made = this.tagged(source, owner);
    if (source.anchor !== undefined) this.anchors.set(source.anchor, { node: made, size: this.size - before });
    return made;
  }

  private tagged(source: Exclude<ParsedNode, Alias>, owner: number): Node {
    const tag = source.tag;
    if (tag === undefined || !isForeign(tag)) return this.untagged(source, owner);
    const offset = this.tagOffset(tag, source.range[0]);
    const made = longForm(tag, this.untagged(source, offset), offset);
    if (made !== undefined) return made;
    this.issues.push({ message: `CloudFormation knows no tag ${tag}`, offset, fatal: false });
    return { kind: "unreadable", reason: `CloudFormation knows no tag ${tag}`, offset };
  }

  private untagged(source: Exclude<ParsedNode, Alias>, owner: number): Node {
    const offset = source.range[0];
    if (this.yaml.isScalar(source)) {
      const isEmpty = source.type === "PLAIN" && source.value === "";
      return { kind: "scalar", value: scalarValue(source), offset: isEmpty ? owner : offset };
    }
    if (this.yaml.isSeq(source))
      return { kind: "list", items: source.items.map((item) => this.node(item, offset)), offset };
    return this.yaml.isMap(source) ? this.map(source) : { kind: "scalar", value: null, offset };
  }

  private map(source: YAMLMap.Parsed): Node {
    const offset = source.range[0];
    const entries = new Map<string, Entry>();
    const merged: Node[] = [];
    for (const { key, value } of source.items) {
      const keyOffset = key.range[0];
      if (!this.yaml.isScalar(key)) throw new SyntaxStop("a key was expected to be a text", keyOffset);
      const name = key.type === "PLAIN" ? plainKey(String(key.value)) : String(key.value);
      if (name === "<<" && key.type === "PLAIN") {
        merged.push(this.node(value, keyOffset));
        continue;
      }
      if (entries.has(name)) this.duplicate(name, keyOffset);
      entries.set(name, { keyOffset, value: this.node(value, keyOffset) });
    }
    for (const node of merged) merge(entries, node);
    return { kind: "map", entries, offset };
  }

  private alias(source: Alias.Parsed): Node {
    const offset = source.range[0];
    const target = this.anchors.get(source.source);
    if (target === undefined) throw new SyntaxStop(`nothing before this alias is called &${source.source}`, offset);
    this.size += target.size;
    if (this.size > MAX_UNFOLDED) {
      throw new SyntaxStop(`the aliases unfold to more than ${MAX_UNFOLDED} values; this is no template`, offset);
    }
    return target.node;
  }

  private duplicate(key: string, offset: number): void {
    this.issues.push({ message: `the key "${key}" stands here a second time`, offset, fatal: false });
  }

  // The package keeps the place of the value only, and the tag stands before it.
  private tagOffset(tag: string, valueOffset: number): number {
    const found = this.text.lastIndexOf(tag, valueOffset);
    return found < 0 ? valueOffset : found;
  }
}

function isForeign(tag: string): boolean {
  if (tag === "!") return false;
  return !(tag.startsWith(STANDARD_TAG) && STANDARD_TAGS.has(tag.slice(STANDARD_TAG.length)));
}

function scalarValue(scalar: Scalar.Parsed): string | number | boolean | null {
  const isText = scalar.type !== "PLAIN" || scalar.tag === `${STANDARD_TAG}str` || scalar.tag === "!";
  return isText ? String(scalar.value) : plainScalar(String(scalar.value));
}

/** `<<: *defaults`: keys of the map itself win. */
function merge(entries: Map<string, Entry>, source: Node): void {
  const sources = source.kind === "list" ? source.items : [source];
  for (const item of sources) {
    if (item.kind !== "map") throw new SyntaxStop("<< was expected to be given a map", item.offset);
    for (const [key, value] of item.entries) if (!entries.has(key)) entries.set(key, value);
  }
}
