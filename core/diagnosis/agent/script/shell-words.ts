import { type Marks, UNKNOWN_TEXT, variableMark } from "./marks";
import type { Statement } from "./statement";

export interface Token {
  readonly kind: "word" | "operator" | "hereDocument";
  readonly text: string;
  /** Written without quotes or expansions, so it can be a reserved word. */
  readonly bare: boolean;
  /** Of a here-document: its text, once the whole script is split. */
  readonly body?: () => string;
  readonly start: number;
  readonly end: number;
}

const OPERATORS = ["<<<", "&>>", ";;&", "&&", "||", ";;", ";&", "|&", "&>", ">>", ">&", "<&", ">|", "<>"];
const SINGLE_OPERATORS = ";&|()<>\n";
const WORD_END = /[\s;&|()<>]/;

/** Splits a POSIX shell or bash script into tokens. Never fails: a quote that is not closed runs to the end. */
export class ShellWords {
  private position = 0;
  private readonly tokens: Token[] = [];
  private readonly pending: { delimiter: string; stripTabs: boolean; raw: boolean; set: (body: string) => void }[] = [];

  /** `parse` reads the script of a command substitution. */
  constructor(
    private readonly source: string,
    private readonly marks: Marks,
    private readonly parse: (script: string) => Statement,
  ) {}

  split(): readonly Token[] {
    while (this.position < this.source.length) this.next();
    this.takeHereDocuments();
    return this.tokens;
  }

  private next(): void {
    const character = this.source.charAt(this.position);
    const descriptor = /^\d+(?=[<>])/.exec(this.source.slice(this.position, this.position + 4));
    if (descriptor !== null) {
      this.position += descriptor[0].length;
    } else if (character === "\\" && /^\\\r?\n/.test(this.source.slice(this.position, this.position + 3))) {
      this.position = this.source.indexOf("\n", this.position) + 1;
    } else if (character === " " || character === "\t" || character === "\r") {
      this.position += 1;
    } else if (character === "#") {
      this.position = this.lineEnd();
    } else if (this.source.startsWith("<<", this.position) && !this.source.startsWith("<<<", this.position)) {
      this.hereDocument();
    } else if (/^[<>]\(/.test(this.source.slice(this.position, this.position + 2))) {
      this.word();
    } else if (SINGLE_OPERATORS.includes(character)) {
      this.operator(character);
    } else {
      this.word();
    }
  }

  private operator(character: string): void {
    const start = this.position;
    const text = OPERATORS.find((operator) => this.source.startsWith(operator, start)) ?? character;
    this.position += text.length;
    this.tokens.push({ kind: "operator", text, bare: true, start, end: this.position });
    if (text === "\n") this.takeHereDocuments();
  }

  private hereDocument(): void {
    const start = this.position;
    const opening = /^<<(-?)[ \t]*(\\?)(["']?)([^\s;&|<>()"']+)\3/.exec(this.source.slice(start));
    if (opening === null) {
      this.position += 2;
      return;
    }
    this.position += opening[0].length;
    let body = "";
    this.pending.push({
      delimiter: opening[4] ?? "",
      stripTabs: opening[1] === "-",
      raw: opening[2] !== "" || opening[3] !== "",
      set: (text) => {
        body = text;
      },
    });
    this.tokens.push({ kind: "hereDocument", text: "", bare: false, body: () => body, start, end: this.position });
  }

  private takeHereDocuments(): void {
    for (const document of this.pending.splice(0)) {
      const lines: string[] = [];
      while (this.position < this.source.length) {
        const end = this.lineEnd();
        const line = this.source.slice(this.position, end).replace(/\r$/, "");
        this.position = end + 1;
        const text = document.stripTabs ? line.replace(/^\t+/, "") : line;
        // Templates indent the whole script, so the delimiter may stand deeper than the shell would accept.
        if (text.trim() === document.delimiter) break;
        lines.push(text);
      }
      const body = lines.join("\n");
      document.set(document.raw ? body : body.replace(/\\([$`\\])/g, "$1"));
    }
  }

  private lineEnd(): number {
    const end = this.source.indexOf("\n", this.position);
    return end === -1 ? this.source.length : end;
  }

  private word(): void {
    const start = this.position;
    let text = "";
    let bare = true;
    while (this.position < this.source.length) {
      const character = this.source.charAt(this.position);
      if (/^[<>]\($/.test(this.source.slice(this.position, this.position + 2)) && this.position === start) {
        this.position += 1;
        text += this.substitution();
        continue;
      }
      if (WORD_END.test(character)) break;
      if (character === "'" || character === '"' || character === "\\" || character === "$" || character === "`") {
        bare = false;
      }
      text += this.piece(character);
    }
    this.tokens.push({ kind: "word", text, bare, start, end: this.position });
  }

  /** One character of a word, or a quoted stretch, a variable, a substitution. */
  private piece(character: string): string {
    if (character === "'") return this.singleQuoted();
    if (character === '"') return this.doubleQuoted();
    if (character === "$") return this.dollar(false);
    if (character === "`") return this.backquoted();
    if (character === "\\") {
      this.position += 2;
      const escaped = this.source.charAt(this.position - 1);
      return escaped === "\n" ? "" : escaped;
    }
    this.position += 1;
    return character;
  }

  private singleQuoted(): string {
    const closing = this.source.indexOf("'", this.position + 1);
    const end = closing === -1 ? this.source.length : closing;
    const text = this.source.slice(this.position + 1, end);
    this.position = end + 1;
    return text;
  }

  private doubleQuoted(): string {
    let text = "";
    this.position += 1;
    while (this.position < this.source.length) {
      const character = this.source.charAt(this.position);
      if (character === '"') {
        this.position += 1;
        return text;
      }
      if (character === "\\" && !/[$`"\\\n]/.test(this.source.charAt(this.position + 1))) {
        text += "\\";
        this.position += 1;
      } else if (character === "$") {
        text += this.dollar(true);
      } else {
        text += character === "\\" || character === "`" ? this.piece(character) : character;
        if (character !== "\\" && character !== "`") this.position += 1;
      }
    }
    return text;
  }

  private dollar(quoted: boolean): string {
    const rest = this.source.slice(this.position, this.position + 120);
    if (rest.startsWith("$((")) {
      this.position = closingParenthesis(this.source, this.position + 1) + 1;
      return UNKNOWN_TEXT;
    }
    if (rest.startsWith("$(")) {
      this.position += 1;
      return this.substitution();
    }
    const braced = /^\$\{([A-Za-z_]\w*|[@*#?])(?:\[[@*]\])?(?::?-([^}]*))?[^}]*\}/.exec(rest);
    if (braced !== null) {
      this.position += braced[0].length;
      const isList = /\[[@*]\]|\{[@*]/.test(braced[0]);
      const reference = braced[2] === undefined ? `${braced[1]}` : `${braced[1]}:${braced[2].replace(/["']/g, "")}`;
      return variableMark(reference, quoted && !isList);
    }
    const plain = /^\$([A-Za-z_]\w*|[@*?#0-9])/.exec(rest);
    if (plain !== null) {
      this.position += plain[0].length;
      return variableMark(`${plain[1]}`, quoted && plain[1] !== "@");
    }
    if (rest.startsWith("$'")) {
      this.position += 1;
      return this.singleQuoted();
    }
    this.position += 1;
    return rest.startsWith('$"') ? "" : "$";
  }

  /** At an opening parenthesis. */
  private substitution(): string {
    const closing = closingParenthesis(this.source, this.position);
    const script = this.source.slice(this.position + 1, closing);
    this.position = closing + 1;
    return this.marks.addSubstitution(this.parse(script));
  }

  private backquoted(): string {
    const closing = this.source.indexOf("`", this.position + 1);
    const end = closing === -1 ? this.source.length : closing;
    const script = this.source.slice(this.position + 1, end);
    this.position = end + 1;
    return this.marks.addSubstitution(this.parse(script));
  }
}

/** The parenthesis that closes the one at `opening`, past quotes and nested ones; the end of the text when there is none. */
export function closingParenthesis(source: string, opening: number): number {
  let depth = 0;
  let quote = "";
  for (let index = opening; index < source.length; index += 1) {
    const character = source.charAt(index);
    if (character === "\\" && quote !== "'") index += 1;
    else if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === "'" || character === '"') quote = character;
    else if (character === "(") depth += 1;
    else if (character === ")") {
      depth -= 1;
      if (depth === 0) return index;
    }
  }
  return source.length;
}
