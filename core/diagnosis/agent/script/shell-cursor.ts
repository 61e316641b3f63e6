import type { Token } from "./shell-words";

/** A place in the tokens of a shell script. */
export class ShellCursor {
  protected index = 0;

  constructor(
    private readonly source: string,
    protected readonly tokens: readonly Token[],
  ) {}

  /** A redirection or here-document, if one stands here. */
  protected takeRedirection(): { readonly input?: string; readonly output?: string } | undefined {
    const token = this.tokens[this.index];
    if (token?.kind === "hereDocument") {
      this.index += 1;
      return { input: token.body?.() ?? "" };
    }
    if (token === undefined || !this.isRedirection()) return undefined;
    this.index += 1;
    const target = this.isWord() ? this.takeWord() : "";
    if (token.text === "<<<") return { input: target };
    const isFile = token.text.includes(">") && !/^(&?\d*|-)$/.test(target);
    return isFile ? { output: target } : {};
  }

  protected isRedirection(): boolean {
    return this.isOperator("<", ">", ">>", ">&", "<&", "&>", "&>>", ">|", "<>", "<<<");
  }

  protected skipRedirections(): void {
    while (this.takeRedirection() !== undefined);
  }

  protected skipNewlines(): void {
    while (this.isOperator("\n")) this.index += 1;
  }

  protected skipSeparators(): void {
    while (this.isOperator("\n", ";")) this.index += 1;
  }

  protected takeWord(): string {
    const token = this.tokens[this.index];
    this.index += 1;
    return token?.kind === "word" ? token.text : "";
  }

  /** A word, or one of these reserved words. */
  protected isWord(...reserved: readonly string[]): boolean {
    const token = this.tokens[this.index];
    if (token?.kind !== "word") return false;
    return reserved.length === 0 || (token.bare && reserved.includes(token.text));
  }

  protected isOperator(...texts: readonly string[]): boolean {
    const token = this.tokens[this.index];
    return token?.kind === "operator" && texts.includes(token.text);
  }

  protected here(): number {
    return this.tokens[this.index]?.start ?? this.source.length;
  }

  protected textFrom(start: number): string {
    const end = this.tokens[this.index - 1]?.end ?? start;
    return this.source.slice(start, end);
  }
}
