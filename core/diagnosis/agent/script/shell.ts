import { bracketTest } from "./bracket-test";
import { type Marks, variableMark } from "./marks";
import { ShellCursor } from "./shell-cursor";
import { ShellWords } from "./shell-words";
import { type Alternative, type Branch, type Statement, sequence } from "./statement";

/** Reads a POSIX shell or bash script. What it cannot make sense of it skips; it never fails. */
export const parseShell = (script: string, marks: Marks): Statement =>
  new ShellParser(script, new ShellWords(script, marks, (inner) => parseShell(inner, marks)).split()).parse();

const ASSIGNMENT = /^([A-Za-z_]\w*)(\+?)=([\s\S]*)$/;
const LIST_END = new Set(["then", "elif", "else", "fi", "do", "done", "esac", "}"]);

class ShellParser extends ShellCursor {
  parse(): Statement {
    const statements: Statement[] = [];
    while (this.index < this.tokens.length) {
      const before = this.index;
      statements.push(this.list());
      if (this.index === before) this.index += 1;
    }
    return sequence(statements);
  }

  private list(): Statement {
    const statements: Statement[] = [];
    while (this.index < this.tokens.length) {
      if (this.isOperator(";", "\n", "&")) {
        this.index += 1;
        continue;
      }
      if (this.isOperator(")", ";;", ";&", ";;&") || this.isWord(...LIST_END)) break;
      const before = this.index;
      statements.push(this.andOr());
      if (this.index === before) this.index += 1;
    }
    return sequence(statements);
  }

  private andOr(): Statement {
    let left = this.pipeline();
    while (this.isOperator("&&", "||")) {
      const kind = this.isOperator("&&") ? "and" : "or";
      this.index += 1;
      this.skipNewlines();
      left = { kind, left, right: this.pipeline() };
    }
    return left;
  }

  private pipeline(): Statement {
    if (this.isWord("!")) {
      this.index += 1;
      return { kind: "not", statement: this.pipeline() };
    }
    const stages = [this.command()];
    while (this.isOperator("|", "|&")) {
      this.index += 1;
      this.skipNewlines();
      stages.push(this.command());
    }
    const [only] = stages;
    return stages.length === 1 && only !== undefined ? only : { kind: "pipeline", stages };
  }

  private command(): Statement {
    const compound = this.compound();
    if (compound === undefined) return this.simple();
    this.skipRedirections();
    return compound;
  }

  private compound(): Statement | undefined {
    if (this.isOperator("(")) return this.group(")");
    if (this.isWord("{")) return this.group("}");
    if (this.isWord("if")) return this.conditional();
    if (this.isWord("while", "until")) return this.conditionalLoop();
    if (this.isWord("for", "select")) return this.countingLoop();
    if (this.isWord("case")) return this.choice();
    if (this.isWord("[[")) return this.doubleBracket();
    if (this.isWord("function")) {
      this.index += 1;
      return this.functionNamed(this.takeWord());
    }
    const next = this.tokens[this.index + 1];
    const afterNext = this.tokens[this.index + 2];
    const isDefinition = next?.kind === "operator" && next.text === "(" && afterNext?.text === ")";
    return this.isWord() && isDefinition ? this.functionNamed(this.takeWord()) : undefined;
  }

  private group(closing: string): Statement {
    this.index += 1;
    const body = this.list();
    if (this.isOperator(closing) || this.isWord(closing)) this.index += 1;
    return body;
  }

  private functionNamed(name: string): Statement {
    if (this.isOperator("(")) this.index += 2;
    this.skipNewlines();
    return { kind: "function", name, body: this.command() };
  }

  private conditional(): Statement {
    const branches: Branch[] = [];
    let otherwise: Statement | undefined;
    while (this.isWord("if", "elif")) {
      this.index += 1;
      const condition = this.list();
      if (this.isWord("then")) this.index += 1;
      branches.push({ condition, body: this.list() });
    }
    if (this.isWord("else")) {
      this.index += 1;
      otherwise = this.list();
    }
    if (this.isWord("fi")) this.index += 1;
    return { kind: "if", branches, ...(otherwise === undefined ? {} : { otherwise }) };
  }

  private conditionalLoop(): Statement {
    const start = this.here();
    const isUntil = this.isWord("until");
    this.index += 1;
    const condition = this.list();
    const text = this.textFrom(start);
    const body = this.doBlock();
    return { kind: "loop", text, condition: isUntil ? { kind: "not", statement: condition } : condition, body };
  }

  private countingLoop(): Statement {
    const start = this.here();
    this.index += 1;
    const items: string[] = [];
    const variable = this.isWord() ? this.takeWord() : undefined;
    if (this.isWord("in")) {
      this.index += 1;
      while (this.isWord()) items.push(this.takeWord());
    }
    while (this.index < this.tokens.length && !this.isWord("do")) this.index += 1;
    const text = this.textFrom(start);
    return { kind: "loop", text, body: this.doBlock(), items, ...(variable === undefined ? {} : { variable }) };
  }

  private doBlock(): Statement {
    this.skipSeparators();
    if (this.isWord("do")) this.index += 1;
    const body = this.list();
    if (this.isWord("done")) this.index += 1;
    return body;
  }

  private choice(): Statement {
    const start = this.here();
    this.index += 1;
    const subject = this.isWord() ? this.takeWord() : "";
    while (this.index < this.tokens.length && !this.isWord("in")) this.index += 1;
    const text = this.textFrom(start);
    this.index += 1;
    const alternatives: Alternative[] = [];
    while (this.index < this.tokens.length && !this.isWord("esac")) {
      const patterns = this.patterns();
      if (!this.isOperator(")")) break;
      this.index += 1;
      alternatives.push({ patterns, body: this.list() });
      if (this.isOperator(";;", ";&", ";;&")) this.index += 1;
      this.skipSeparators();
    }
    if (this.isWord("esac")) this.index += 1;
    const exhaustive = alternatives.some(({ patterns }) => patterns.includes("*"));
    return { kind: "choice", text, subject, alternatives, exhaustive };
  }

  /** Up to the parenthesis that closes them. */
  private patterns(): readonly string[] {
    const patterns: string[] = [];
    while (this.index < this.tokens.length && !this.isOperator(")") && !this.isWord("esac")) {
      if (this.isWord()) patterns.push(this.takeWord());
      else this.index += 1;
    }
    return patterns;
  }

  private doubleBracket(): Statement {
    this.index += 1;
    const words: string[] = [];
    while (this.index < this.tokens.length && !this.isWord("]]")) {
      words.push(this.tokens[this.index]?.text ?? "");
      this.index += 1;
    }
    this.index += 1;
    return bracketTest(words);
  }

  private simple(): Statement {
    const start = this.here();
    const words: string[] = [];
    const outputs: string[] = [];
    let input: string | undefined;
    while (this.index < this.tokens.length) {
      const token = this.tokens[this.index];
      if (token?.kind === "word") {
        words.push(this.isArrayOpening() ? this.takeArray() : this.takeWord());
        continue;
      }
      const redirection = this.takeRedirection();
      if (redirection === undefined) break;
      input = redirection.input ?? input;
      if (redirection.output !== undefined) outputs.push(redirection.output);
    }
    const text = this.textFrom(start);
    const assignments = leadingAssignments(words);
    const rest = words.slice(assignments.length);
    if (rest.length === 0 && outputs.length === 0) return sequence(assignments);
    return { kind: "command", words: rest, text, outputs, ...(input === undefined ? {} : { input }) };
  }

  /** `NAME=(a b c)` becomes `NAME=a b c`, and `NAME+=(d)` adds ` d`. */
  private takeArray(): string {
    const name = this.takeWord();
    this.index += 1;
    const items: string[] = [];
    while (this.index < this.tokens.length && !this.isOperator(")")) {
      if (this.isWord()) items.push(this.takeWord());
      else this.index += 1;
    }
    this.index += 1;
    const separator = name.endsWith("+=") ? " " : "";
    return name + separator + items.join(" ");
  }

  private isArrayOpening(): boolean {
    const token = this.tokens[this.index];
    const next = this.tokens[this.index + 1];
    return token?.text.endsWith("=") === true && next?.text === "(" && next.start === token.end;
  }
}

function leadingAssignments(words: readonly string[]): readonly Statement[] {
  const assignments: Statement[] = [];
  for (const word of words) {
    const match = ASSIGNMENT.exec(word);
    if (match === null) break;
    const [, name = "", plus, value = ""] = match;
    assignments.push({ kind: "assignment", name, value: plus === "+" ? variableMark(name, true) + value : value });
  }
  return assignments;
}
