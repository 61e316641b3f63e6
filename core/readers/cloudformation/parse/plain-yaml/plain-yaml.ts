import type { Entry, Node } from "../node";
import { plainScalar } from "../scalar";
import { longForm } from "../tags";
import { readBlockScalar } from "./block-scalar";
import { Flow, readTag } from "./flow";
import { NotPlain, notPlain, Scanner, withoutSpaces } from "./scanner";

const MAX_DEPTH = 200;
const DOCUMENT_MARKERS = ["---", "...", "%"];

/**
 * Reads the YAML that nearly all templates are written in, many times faster than the `yaml` package: block and flow
 * collections, short tags, quoted texts, block scalars. It never reports an error. Whatever is rare, odd or wrong
 * (anchors, tabs, duplicate keys …) is left to the package: undefined is returned.
 * What it does read, it reads exactly as the package does, which alone insists on the indentation of quoted texts and
 * takes no dash for a text in a flow collection.
 */
export function parsePlainYaml(text: string): Node | undefined {
  try {
    return new Block(new Scanner(text)).document();
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

class Block {
  private depth = 0;

  constructor(private readonly scanner: Scanner) {}

  document(): Node {
    const { scanner } = this;
    scanner.toContent(0);
    if (scanner.column === 0 && scanner.text.startsWith("---\n", scanner.at)) scanner.nextContent();
    if (scanner.column !== 0 || !scanner.isKey()) notPlain();
    const root = this.mapping(0);
    return scanner.isDone ? root : notPlain();
  }

  private mapping(indent: number): Node {
    const { scanner } = this;
    if (++this.depth > MAX_DEPTH) notPlain();
    const offset = scanner.at;
    const entries = new Map<string, Entry>();
    do {
      if (indent === 0 && DOCUMENT_MARKERS.some((marker) => scanner.text.startsWith(marker, scanner.at))) notPlain();
      const keyOffset = scanner.at;
      const key = scanner.key();
      if (key === "<<" || entries.has(key)) notPlain();
      entries.set(key, { keyOffset, value: this.value(indent, true, keyOffset) });
      if (scanner.column > indent) notPlain();
    } while (scanner.column === indent && scanner.isKey());
    this.depth--;
    return { kind: "map", entries, offset };
  }

  private sequence(indent: number): Node {
    const { scanner } = this;
    if (++this.depth > MAX_DEPTH) notPlain();
    const offset = scanner.at;
    const items: Node[] = [];
    do {
      items.push(this.item(indent, offset));
      if (scanner.column > indent) notPlain();
    } while (scanner.column === indent && scanner.isDash());
    this.depth--;
    return { kind: "list", items, offset };
  }

  /** `- key: value` opens a mapping where the key stands, `- - a` a sequence. */
  private item(indent: number, owner: number): Node {
    const { scanner } = this;
    const dash = scanner.at++;
    scanner.skipSpaces();
    const inner = indent + scanner.at - dash;
    if (scanner.isLineEnd()) return this.below(indent, false, owner);
    if (scanner.isDash()) return this.sequence(inner);
    return scanner.isKey() ? this.mapping(inner) : this.tagged(indent, false);
  }

  /**
   * What follows a key, on its line or below.
   *
   * @param level whether a sequence may stand no deeper than `indent`
   * @param owner where an empty value is said to stand
   */
  private value(indent: number, level: boolean, owner: number): Node {
    const { scanner } = this;
    scanner.skipSpaces();
    return scanner.isLineEnd() ? this.below(indent, level, owner) : this.tagged(indent, level);
  }

  private tagged(indent: number, level: boolean): Node {
    const { scanner } = this;
    const offset = scanner.at;
    if (scanner.text[offset] !== "!") return this.inline(indent);
    const tag = readTag(scanner);
    const argument = scanner.isLineEnd() ? this.below(indent, level, offset, true) : this.inline(indent);
    return longForm(tag, argument, offset) ?? notPlain();
  }

  private below(indent: number, level: boolean, owner: number, hasTag = false): Node {
    const { scanner } = this;
    const { at } = scanner;
    scanner.nextContent();
    if (scanner.column > indent) {
      if (scanner.isDash()) return this.sequence(scanner.column);
      if (scanner.isKey()) return this.mapping(scanner.column);
      // A comment between a key and its text has rules of its own.
      if (scanner.text.slice(at, scanner.at).includes("#")) notPlain();
      return hasTag ? this.inline(indent) : this.tagged(indent, false);
    }
    if (level && scanner.column === indent && scanner.isDash()) return this.sequence(indent);
    return { kind: "scalar", value: null, offset: owner };
  }

  private inline(indent: number): Node {
    const { scanner } = this;
    const offset = scanner.at;
    switch (scanner.text[offset]) {
      case "[":
      case "{":
        return this.ended(new Flow(scanner, indent).value());
      case '"':
      case "'":
        return this.ended({ kind: "scalar", value: scanner.quoted(), offset });
      case "|":
      case ">": {
        const { value, next } = readBlockScalar(scanner.text, offset, indent);
        scanner.toContent(next);
        return { kind: "scalar", value, offset };
      }
      default:
        return this.plain(indent);
    }
  }

  /** The node, after which its line must say nothing more. */
  private ended(node: Node): Node {
    this.scanner.skipSpaces();
    if (!this.scanner.isLineEnd()) notPlain();
    this.scanner.nextContent();
    return node;
  }

  private plain(indent: number): Node {
    const offset = this.scanner.at;
    if (!this.scanner.isPlainStart()) notPlain();
    let source = this.plainLine();
    while (this.continues(indent)) source += ` ${this.plainLine()}`;
    return { kind: "scalar", value: plainScalar(source), offset };
  }

  private plainLine(): string {
    const { scanner } = this;
    const end = scanner.contentEnd();
    const line = withoutSpaces(scanner.text.slice(scanner.at, end));
    if (line.includes(": ") || line.endsWith(":") || line.includes("\t")) notPlain();
    scanner.at = end;
    return line;
  }

  /** Moves to the next content; true where that goes on with a plain scalar that has just ended its line. */
  private continues(indent: number): boolean {
    const { scanner } = this;
    const end = scanner.at;
    scanner.nextContent();
    if (scanner.column <= indent) return false;
    // Empty lines and comments in between have rules of their own.
    return scanner.at - scanner.column === end + 1 ? true : notPlain();
  }
}
