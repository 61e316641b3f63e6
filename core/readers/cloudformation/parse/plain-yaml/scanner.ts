import { plainKey } from "../scalar";

/** Thrown at the first thing that is not plain; the caller then reads the whole text with the `yaml` package. */
export class NotPlain extends Error {}

const NOT_PLAIN = new NotPlain("not plain YAML");

export function notPlain(): never {
  throw NOT_PLAIN;
}

const TAB = 9;
const LINE_FEED = 10;
const SPACE = 32;
const HASH = 35;
const LONGEST_KEY = 1000;
/** What no plain scalar begins with. */
const INDICATORS = "!&*|>'\"%@`#,[]{}?:-\t";

/** Linear: what may be a key ends at the first character that no key holds. */
const FLOW_KEY =
  /(?:"(?:[^"\\\n]|\\.)*" *|'(?:[^'\n]|'')*' *|[^,[\]{}"'\n:]*(?::(?![ \n])[^,[\]{}"'\n:]*)*):(?=[ \n])/y;

/** Moves over a text by lines and words; knows nothing of what they mean. */
export class Scanner {
  at = 0;
  /** Column of the content that `at` stands on after {@link toContent}; -1 at the end. */
  column = -1;

  constructor(readonly text: string) {}

  get isDone(): boolean {
    return this.at >= this.text.length;
  }

  /** Leaves this line, of which only a comment may be left, for the next one that says something. */
  nextContent(): void {
    const end = this.text.indexOf("\n", this.at);
    this.toContent(end < 0 ? this.text.length : end + 1);
  }

  /** Goes to the first line from `lineStart` on that is neither empty nor a comment. */
  toContent(lineStart: number): void {
    let start = lineStart;
    for (;;) {
      let at = start;
      while (this.text.charCodeAt(at) === SPACE) at++;
      const code = this.text.charCodeAt(at);
      if (code === LINE_FEED) {
        start = at + 1;
      } else if (code === HASH) {
        const end = this.text.indexOf("\n", at);
        start = end < 0 ? this.text.length : end + 1;
      } else {
        if (code === TAB) notPlain();
        this.at = at;
        this.column = Number.isNaN(code) ? -1 : at - start;
        return;
      }
    }
  }

  skipSpaces(): void {
    while (this.text.charCodeAt(this.at) === SPACE) this.at++;
  }

  /** True where the line has nothing more to say: at its end, or at a comment. */
  isLineEnd(): boolean {
    const code = this.text.charCodeAt(this.at);
    if (code === HASH) return this.at === 0 || this.isSpace(this.at - 1);
    return code === LINE_FEED || Number.isNaN(code);
  }

  lineEnd(): number {
    const end = this.text.indexOf("\n", this.at);
    return end < 0 ? this.text.length : end;
  }

  /** Where the line's content ends: before a comment, else at its end. */
  contentEnd(): number {
    const end = this.lineEnd();
    // Within the line only: a search through the text would cost its length for each line without a comment.
    const comment = this.text.slice(this.at, end).indexOf(" #");
    return comment < 0 ? end : this.at + comment;
  }

  isDash(): boolean {
    return this.text[this.at] === "-" && this.isSpace(this.at + 1);
  }

  /** Whether what stands here may begin a plain scalar. */
  isPlainStart(): boolean {
    const first = this.text[this.at] ?? "";
    if (!INDICATORS.includes(first)) return true;
    return "-?:".includes(first) && !this.isSpace(this.at + 1);
  }

  /** Whether a key and its colon stand here. */
  isKey(): boolean {
    const first = this.text[this.at];
    if (first === '"' || first === "'") {
      const end = this.closingQuote();
      if (this.text.slice(this.at, end).includes("\n")) return false;
      let colon = end + 1;
      while (this.text[colon] === " ") colon++;
      return this.text[colon] === ":" && this.isSpace(colon + 1);
    }
    return this.isPlainStart() && this.colon() >= 0;
  }

  /** Whether the item of a flow list that stands here is a key with its value. */
  isFlowKey(): boolean {
    FLOW_KEY.lastIndex = this.at;
    return FLOW_KEY.test(this.text);
  }

  /** Reads a key up to behind its colon. */
  key(): string {
    const first = this.text[this.at];
    if (first === '"' || first === "'") {
      const quoted = this.quoted();
      this.skipSpaces();
      this.at++;
      return quoted;
    }
    const colon = this.colon();
    const key = withoutSpaces(this.text.slice(this.at, colon));
    if (key.includes("\t") || key.length > LONGEST_KEY) notPlain();
    this.at = colon + 1;
    return plainKey(key);
  }

  /**
   * Reads a text in quotes. Its further lines may be indented less than YAML asks for: CloudFormation's own parser takes
   * them, as templates in public use show, and the `yaml` package does not.
   */
  quoted(): string {
    const end = this.closingQuote();
    const inner = folded(this.text.slice(this.at + 1, end));
    const value = this.text[this.at] === "'" ? inner.replaceAll("''", "'") : unescaped(inner);
    this.at = end + 1;
    return value;
  }

  private colon(): number {
    const content = this.text.slice(this.at, this.contentEnd());
    let colon = content.indexOf(":");
    while (colon >= 0 && !this.isSpace(this.at + colon + 1)) colon = content.indexOf(":", colon + 1);
    return colon < 0 ? -1 : this.at + colon;
  }

  private closingQuote(): number {
    const quote = this.text[this.at];
    for (let end = this.at + 1; end < this.text.length; end++) {
      const found = this.text[end];
      if (quote === '"' && found === "\\") end++;
      else if (found === quote) {
        if (quote === '"' || this.text[end + 1] !== "'") return end;
        end++;
      }
    }
    return notPlain();
  }

  private isSpace(index: number): boolean {
    const code = this.text.charCodeAt(index);
    return code === SPACE || code === LINE_FEED || Number.isNaN(code);
  }
}

/** YAML knows no other white space: a no-break space at the end of a word is part of it. */
export function withoutSpaces(text: string): string {
  let end = text.length;
  while (text.charCodeAt(end - 1) === SPACE) end--;
  return end === text.length ? text : text.slice(0, end);
}

const LINE_BREAKS = /(?<![ \t])[ \t]*\n[ \t\n]*/g;
const DOCUMENT_MARKER = /\n(?:---|\.\.\.)/;

/** The lines of a text in quotes as one: a line end is a space, and each empty line after it a line end. */
function folded(inner: string): string {
  if (!inner.includes("\n")) return inner;
  if (inner.includes("\\\n") || DOCUMENT_MARKER.test(inner)) notPlain();
  return inner.replace(LINE_BREAKS, (breaks) => "\n".repeat(breaks.split("\n").length - 2) || " ");
}

/** Escapes that JSON and YAML share; YAML has more, which are rare. */
function unescaped(inner: string): string {
  if (inner.includes("\t")) notPlain();
  if (!inner.includes("\\")) return inner;
  try {
    return String(JSON.parse(`"${inner}"`));
  } catch {
    return notPlain();
  }
}
