import { type Marks, UNKNOWN_TEXT, variableMark } from "./marks";
import type { Statement } from "./statement";

const VARIABLE = /^\$\{?((?:env:|script:|global:)?[A-Za-z_]\w*)\}?/i;
const HERE_STRING = /^@(["'])\r?\n([\s\S]*?)\r?\n[ \t]*\1@/;

/** Reads PowerShell text stretch by stretch. A quote or bracket that is not closed runs to the end. */
export class PowershellReader {
  position = 0;

  /** `parse` reads the script of a block or subexpression. */
  constructor(
    readonly source: string,
    private readonly marks: Marks,
    private readonly parse: (script: string) => Statement,
  ) {}

  get rest(): string {
    return this.source.slice(this.position);
  }

  get isAtEnd(): boolean {
    return this.position >= this.source.length;
  }

  /** Blanks, comments and escaped line ends; with `lines` also line ends and semicolons. */
  skipBlanks(lines: boolean): void {
    const pattern = lines ? /^(?:[\s;]|`\r?\n|<#[\s\S]*?#>|#[^\n]*)+/ : /^(?:[ \t\r]|`\r?\n|<#[\s\S]*?#>)+/;
    this.position += pattern.exec(this.rest)?.[0].length ?? 0;
  }

  isKeyword(...keywords: readonly string[]): boolean {
    const word = /^[A-Za-z]+(?![\w-])/.exec(this.rest)?.[0].toLowerCase();
    return word !== undefined && keywords.includes(word);
  }

  takeKeyword(): void {
    this.position += /^[A-Za-z]+/.exec(this.rest)?.[0].length ?? 0;
    this.skipBlanks(true);
  }

  /** The text inside the bracket that opens here; empty when none does. */
  takeBracket(opening: string): string {
    if (!this.rest.startsWith(opening)) return "";
    const start = this.position;
    const end = closingBracket(this.source, start);
    this.position = Math.min(end + 1, this.source.length);
    return this.source.slice(start + 1, end);
  }

  /** One word of a command, with marks for variables and blocks. */
  takeWord(): string {
    let word = "";
    while (!this.isAtEnd && !/^[\s;|}]/.test(this.rest) && !this.rest.startsWith("&&")) {
      const before = this.position;
      word += this.piece();
      if (this.position === before) this.position += 1;
    }
    return word;
  }

  private piece(): string {
    const character = this.source.charAt(this.position);
    if (character === "'") return this.singleQuoted();
    if (character === '"') return this.doubleQuoted();
    if (character === "$") return this.variable();
    if (character === "(") return `(${this.takeBracket("(")})`;
    if (character === "{") return this.marks.addSubstitution(this.parse(this.takeBracket("{")));
    if (character === "@") return this.listOrHereString();
    if (character === ",") {
      this.position += 1;
      this.skipBlanks(false);
      return ",";
    }
    this.position += character === "`" ? 2 : 1;
    return character === "`" ? this.source.charAt(this.position - 1) : character;
  }

  private listOrHereString(): string {
    const hereString = HERE_STRING.exec(this.rest);
    if (hereString !== null) {
      this.position += hereString[0].length;
      return hereString[2] ?? "";
    }
    this.position += 1;
    if (this.rest.startsWith("{")) {
      this.takeBracket("{");
      return UNKNOWN_TEXT;
    }
    return this.rest.startsWith("(") ? listItems(this.takeBracket("(")).join(",") : "@";
  }

  private singleQuoted(): string {
    const text = /^'((?:[^']|'')*)'?/.exec(this.rest);
    this.position += text?.[0].length ?? 1;
    return (text?.[1] ?? "").replaceAll("''", "'");
  }

  private doubleQuoted(): string {
    let text = "";
    this.position += 1;
    while (!this.isAtEnd) {
      const character = this.source.charAt(this.position);
      if (character === '"') {
        this.position += 1;
        return text;
      }
      if (character === "$") {
        text += this.variable();
        continue;
      }
      this.position += character === "`" ? 2 : 1;
      text += character === "`" ? this.source.charAt(this.position - 1) : character;
    }
    return text;
  }

  private variable(): string {
    const match = VARIABLE.exec(this.rest);
    if (match !== null) {
      this.position += match[0].length;
      return variableMark((match[1] ?? "").toLowerCase(), true);
    }
    this.position += 1;
    if (!this.rest.startsWith("(")) return "$";
    return this.marks.addSubstitution(this.parse(this.takeBracket("(")));
  }
}

/** The quoted or bare items of `'a', "b"`. */
export const listItems = (text: string): readonly string[] =>
  [...text.matchAll(/'([^']*)'|"([^"]*)"|([^\s,'"]+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");

/** The bracket that closes the one at `opening`, past quotes, comments and nested ones. */
function closingBracket(source: string, opening: number): number {
  const open = source.charAt(opening);
  const close = open === "(" ? ")" : "}";
  let depth = 0;
  let index = opening;
  while (index < source.length) {
    const character = source.charAt(index);
    const skipped = /^(?:`[\s\S]|'[^']*'|"(?:`[\s\S]|[^"`])*"|<#[\s\S]*?#>|#[^\n]*|@'[\s\S]*?\n'@|@"[\s\S]*?\n"@)/;
    const stretch = /[`'"<#@]/.test(character) ? skipped.exec(source.slice(index))?.[0] : undefined;
    if (character === open) depth += 1;
    if (character === close) depth -= 1;
    if (depth === 0) return index;
    index += stretch?.length ?? 1;
  }
  return source.length;
}
