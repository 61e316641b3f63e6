import type { Entry, Node } from "../node";
import { plainKey, plainScalar } from "../scalar";
import { longForm } from "../tags";
import { notPlain, type Scanner, withoutSpaces } from "./scanner";

const MAX_DEPTH = 200;
/** What ends a plain scalar in a flow collection. */
const PLAIN_END = /[,[\]{}\n]|:(?=[ \n,[\]{}])| #/g;
/** A lone dash, `!Join [-, [a, b]]`, is a text: CloudFormation's own parser takes it, as templates in public use show, and YAML does not. */
const NO_PLAIN_START = /^(?:[?:][,[\]{}]|-[[{])/;

/** Reads `[…]` and `{…}`, over several lines too, as long as these are indented deeper than `indent`. */
export class Flow {
  constructor(
    private readonly scanner: Scanner,
    private readonly indent: number,
  ) {}

  value(depth = 0): Node {
    const { scanner } = this;
    const offset = scanner.at;
    const opening = scanner.text[offset];
    if (depth > MAX_DEPTH) notPlain();
    if (opening === "[") return this.list(depth);
    if (opening === "{") return this.map(depth);
    if (opening === '"' || opening === "'") return { kind: "scalar", value: scanner.quoted(), offset };
    if (opening !== "!") return { kind: "scalar", value: plainScalar(this.plain()), offset };
    const tag = readTag(scanner);
    if (scanner.isLineEnd() || "!,]}".includes(scanner.text[scanner.at] ?? "")) notPlain();
    return longForm(tag, this.value(depth + 1), offset) ?? notPlain();
  }

  private list(depth: number): Node {
    const { scanner } = this;
    const offset = scanner.at++;
    const items: Node[] = [];
    while (this.next() !== "]") {
      items.push(this.item(depth + 1));
      if (!this.hasMore("]")) break;
    }
    scanner.at++;
    return { kind: "list", items, offset };
  }

  /** `[a, Key: b]` holds a map of one key. */
  private item(depth: number): Node {
    const { scanner } = this;
    const offset = scanner.at;
    const isPair = !"[{!".includes(scanner.text[offset] ?? "") && scanner.isFlowKey();
    if (!isPair) return this.value(depth);
    const key = this.key();
    return { kind: "map", entries: new Map([[key, { keyOffset: offset, value: this.value(depth) }]]), offset };
  }

  /** Reads a key, its colon and what stands between the colon and the value. */
  private key(): string {
    const { scanner } = this;
    const first = scanner.text[scanner.at];
    const key = first === '"' || first === "'" ? scanner.quoted() : plainKey(this.plain());
    scanner.skipSpaces();
    if (scanner.text[scanner.at] !== ":" || key === "<<") notPlain();
    scanner.at++;
    if (",]}".includes(this.next())) notPlain();
    return key;
  }

  private map(depth: number): Node {
    const { scanner } = this;
    const offset = scanner.at++;
    const entries = new Map<string, Entry>();
    while (this.next() !== "}") {
      const keyOffset = scanner.at;
      const key = this.key();
      if (entries.has(key)) notPlain();
      entries.set(key, { keyOffset, value: this.value(depth + 1) });
      if (!this.hasMore("}")) break;
    }
    scanner.at++;
    return { kind: "map", entries, offset };
  }

  /** After a member: true behind a comma, false at the closing bracket. */
  private hasMore(closing: string): boolean {
    const next = this.next();
    if (next === closing) return false;
    if (next !== ",") notPlain();
    this.scanner.at++;
    return true;
  }

  private plain(): string {
    const { scanner } = this;
    if (!scanner.isPlainStart() || NO_PLAIN_START.test(scanner.text.slice(scanner.at, scanner.at + 2))) notPlain();
    PLAIN_END.lastIndex = scanner.at;
    const end = PLAIN_END.exec(scanner.text)?.index ?? scanner.text.length;
    const source = withoutSpaces(scanner.text.slice(scanner.at, end));
    if (source.includes("\t")) notPlain();
    scanner.at += source.length;
    return source;
  }

  /** Moves to the next character that says something, over line ends, and returns it. */
  private next(): string {
    const { scanner } = this;
    scanner.skipSpaces();
    if (scanner.isLineEnd()) {
      scanner.nextContent();
      if (scanner.column <= this.indent) notPlain();
    }
    return scanner.text[scanner.at] ?? notPlain();
  }
}

/** Reads `!Name` and the spaces behind it. */
export function readTag(scanner: Scanner): string {
  const start = scanner.at;
  while (/[!A-Za-z0-9:]/.test(scanner.text[scanner.at] ?? "")) scanner.at++;
  const tag = scanner.text.slice(start, scanner.at);
  if (!scanner.isLineEnd() && scanner.text[scanner.at] !== " ") notPlain();
  scanner.skipSpaces();
  return tag;
}
