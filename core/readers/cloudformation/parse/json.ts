import { type Entry, type Node, numberOrText, type Parsed, type SyntaxIssue, SyntaxStop } from "./node";

/** No template nests deeper; the limit keeps hostile input from exhausting the stack. */
const MAX_DEPTH = 1000;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORDS: readonly (readonly [word: string, value: boolean | null])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
];
const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/**
 * JSON with the place of every key and value, which `JSON.parse` does not give. Linear in time; files of 50 MB are fine.
 * A comma behind the last member is no mistake: CloudFormation takes it.
 */
export function parseJson(text: string): Parsed {
  const parser = new JsonParser(text);
  try {
    return { root: parser.document(), issues: parser.issues };
  } catch (error) {
    if (!(error instanceof SyntaxStop)) throw error;
    return { issues: [{ message: error.message, offset: error.offset, fatal: true }] };
  }
}

class JsonParser {
  readonly issues: SyntaxIssue[] = [];
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  document(): Node {
    const root = this.value();
    if (this.next() >= 0) this.stop("the end of the file");
    return root;
  }

  private value(): Node {
    const code = this.next();
    if (code === OPEN_BRACE) return this.map();
    if (code === OPEN_BRACKET) return this.list();
    const offset = this.at;
    if (code === QUOTE) return { kind: "scalar", value: this.string(), offset };
    return { kind: "scalar", value: this.numberOrWord(), offset };
  }

  private map(): Node {
    const offset = this.open();
    const entries = new Map<string, Entry>();
    while (this.next() !== CLOSE_BRACE) {
      if (this.next() !== QUOTE) this.stop("a key in double quotes");
      const keyOffset = this.at;
      const key = this.string();
      if (this.next() !== COLON) this.stop(`a colon after the key "${key}"`);
      this.at++;
      if (entries.has(key)) this.duplicate(key, keyOffset);
      entries.set(key, { keyOffset, value: this.value() });
      if (!this.hasComma(CLOSE_BRACE)) this.stop("a comma or } after the value");
    }
    return this.close({ kind: "map", entries, offset });
  }

  private list(): Node {
    const offset = this.open();
    const items: Node[] = [];
    while (this.next() !== CLOSE_BRACKET) {
      items.push(this.value());
      if (!this.hasComma(CLOSE_BRACKET)) this.stop("a comma or ] after the item");
    }
    return this.close({ kind: "list", items, offset });
  }

  /** Moves past the comma behind a member; where the end stands none is needed. */
  private hasComma(closing: number): boolean {
    const code = this.next();
    if (code === COMMA) this.at++;
    return code === COMMA || code === closing;
  }

  private open(): number {
    if (++this.depth > MAX_DEPTH) throw new SyntaxStop(`it is nested deeper than ${MAX_DEPTH} levels`, this.at);
    return this.at++;
  }

  private close(node: Node): Node {
    this.depth--;
    this.at++;
    return node;
  }

  private string(): string {
    const start = this.at;
    let end = start + 1;
    let escaped = false;
    for (;;) {
      const code = this.text.charCodeAt(end);
      if (code === QUOTE) break;
      if (code === BACKSLASH) {
        escaped = true;
        end++;
      } else if (!(code >= SPACE)) {
        throw new SyntaxStop("the text that begins here has no closing quote on its line", start);
      }
      end++;
    }
    this.at = end + 1;
    return escaped ? this.unescape(start, end + 1) : this.text.slice(start + 1, end);
  }

  private unescape(start: number, end: number): string {
    try {
      return String(JSON.parse(this.text.slice(start, end)));
    } catch {
      throw new SyntaxStop("the text that begins here has an escape that JSON does not know", start);
    }
  }

  private numberOrWord(): string | number | boolean | null {
    NUMBER.lastIndex = this.at;
    const number = NUMBER.exec(this.text)?.[0];
    if (number !== undefined) {
      this.at += number.length;
      return numberOrText(number);
    }
    for (const [word, value] of WORDS) {
      if (!this.text.startsWith(word, this.at)) continue;
      this.at += word.length;
      return value;
    }
    return this.stop("a value");
  }

  /** Moves to the next character that is no white space and returns its code, NaN at the end. */
  private next(): number {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== SPACE && code !== LINE_FEED && code !== CARRIAGE_RETURN && code !== TAB) return code;
      this.at++;
    }
  }

  private duplicate(key: string, offset: number): void {
    this.issues.push({ message: `the key "${key}" stands here a second time`, offset, fatal: false });
  }

  private stop(expected: string): never {
    const found =
      this.at < this.text.length
        ? `"${String.fromCodePoint(this.text.codePointAt(this.at) ?? 0)}"`
        : "the end of the file";
    throw new SyntaxStop(`${expected} was expected, and ${found} stands here`, this.at);
  }
}
