import { type Marks, variableMark } from "./marks";
import { listItems, PowershellReader } from "./powershell-words";
import { type Alternative, type Branch, command, type Statement, sequence } from "./statement";

/** Reads a PowerShell script. Conditions stay text, as the word after `powershell-condition`; it never fails. */
export const parsePowershell = (script: string, marks: Marks): Statement =>
  new PowershellParser(new PowershellReader(script, marks, (inner) => parsePowershell(inner, marks)), marks).parse();

const ASSIGNMENT = /^(?:\[[\w.[\]]+\]\s*)?\$((?:env:|script:|global:)?[A-Za-z_]\w*)[ \t]*\+?=[ \t]*(?!=)/i;
/** What begins a value rather than a command: a string, list, number, variable, type or group. */
const VALUE = /^["'@\d$[(-]/;

class PowershellParser {
  constructor(
    private readonly reader: PowershellReader,
    private readonly marks: Marks,
  ) {}

  parse(): Statement {
    const statements: Statement[] = [];
    while (!this.reader.isAtEnd) {
      this.reader.skipBlanks(true);
      const before = this.reader.position;
      if (!this.reader.isAtEnd) statements.push(this.statement());
      if (this.reader.position === before) this.reader.position += 1;
    }
    return sequence(statements);
  }

  private statement(): Statement {
    const { reader } = this;
    if (reader.isKeyword("if")) return this.conditional();
    if (reader.isKeyword("try")) return this.guarded();
    if (reader.isKeyword("foreach", "for", "while", "do")) return this.loop();
    if (reader.isKeyword("switch")) return this.choice();
    if (reader.isKeyword("function", "filter")) return this.definition();
    if (reader.isKeyword("param", "trap")) {
      reader.takeKeyword();
      reader.takeBracket("(");
      return sequence([]);
    }
    if (reader.isKeyword("return", "exit", "throw")) return this.end();
    const assignment = ASSIGNMENT.exec(reader.rest);
    return assignment === null ? this.pipeline() : this.assignment(assignment[0], assignment[1] ?? "");
  }

  private conditional(): Statement {
    const branches: Branch[] = [];
    let otherwise: Statement | undefined;
    while (this.reader.isKeyword("if", "elseif")) {
      this.reader.takeKeyword();
      const condition = this.condition();
      branches.push({ condition, body: this.block() });
      this.skipToKeyword("elseif", "else");
      if (!this.reader.isKeyword("else")) continue;
      this.reader.takeKeyword();
      otherwise = this.block();
      break;
    }
    return { kind: "if", branches, ...(otherwise === undefined ? {} : { otherwise }) };
  }

  private condition(): Statement {
    const text = this.reader.takeBracket("(");
    this.reader.skipBlanks(true);
    return command(["powershell-condition"], text);
  }

  private block(): Statement {
    this.reader.skipBlanks(true);
    return parsePowershell(this.reader.takeBracket("{"), this.marks);
  }

  /** `try { … } catch { … } finally { … }` */
  private guarded(): Statement {
    this.reader.takeKeyword();
    const statements = [this.block()];
    this.skipToKeyword("catch", "finally");
    while (this.reader.isKeyword("catch", "finally")) {
      const isCatch = this.reader.isKeyword("catch");
      this.reader.takeKeyword();
      while (/^\[/.test(this.reader.rest)) this.reader.takeWord();
      const body = this.block();
      statements.push(isCatch ? { kind: "doubtful", why: "a part of it runs only after an error", body } : body);
      this.skipToKeyword("catch", "finally");
    }
    return sequence(statements);
  }

  private loop(): Statement {
    const isDo = this.reader.isKeyword("do");
    const isWhile = this.reader.isKeyword("while");
    this.reader.takeKeyword();
    if (isDo) {
      const body = this.block();
      this.skipToKeyword("while", "until");
      if (this.reader.isKeyword("while", "until")) {
        this.reader.takeKeyword();
        this.condition();
      }
      return body;
    }
    const text = this.reader.takeBracket("(");
    const body = this.block();
    if (isWhile) return { kind: "loop", text, body, condition: command(["powershell-condition"], text) };
    const each = /^\s*\$(\w+)\s+in\s+([\s\S]*)$/i.exec(text);
    if (each === null) return { kind: "loop", text, body };
    return { kind: "loop", text, body, variable: (each[1] ?? "").toLowerCase(), items: loopItems(each[2] ?? "") };
  }

  private choice(): Statement {
    this.reader.takeKeyword();
    while (/^-/.test(this.reader.rest)) {
      this.reader.takeWord();
      this.reader.skipBlanks(true);
    }
    const text = this.reader.takeBracket("(");
    this.reader.skipBlanks(true);
    const arms = new PowershellReader(this.reader.takeBracket("{"), this.marks, () => sequence([]));
    const alternatives: Alternative[] = [];
    let exhaustive = false;
    arms.skipBlanks(true);
    while (!arms.isAtEnd) {
      const before = arms.position;
      exhaustive ||= arms.isKeyword("default");
      while (!arms.isAtEnd && !arms.rest.startsWith("{")) arms.position += 1;
      alternatives.push({ patterns: [], body: parsePowershell(arms.takeBracket("{"), this.marks) });
      arms.skipBlanks(true);
      if (arms.position === before) break;
    }
    return { kind: "choice", text, alternatives, exhaustive };
  }

  private definition(): Statement {
    this.reader.takeKeyword();
    const name = /^[\w:-]+/.exec(this.reader.rest)?.[0] ?? "";
    this.reader.position += name.length;
    this.reader.skipBlanks(true);
    this.reader.takeBracket("(");
    return { kind: "function", name: name.toLowerCase(), body: this.block() };
  }

  private end(): Statement {
    const words: string[] = [];
    while (!this.reader.isAtEnd && !/^[\r\n;}]/.test(this.reader.rest)) {
      words.push(this.reader.takeWord());
      this.reader.skipBlanks(false);
    }
    return command([words[0]?.toLowerCase() === "throw" ? "exit" : (words[0] ?? ""), words[1] ?? "0"]);
  }

  /** `$x = …`: a command on the right runs, and a condition on `$x` later asks what that command told. */
  private assignment(opening: string, name: string): Statement {
    this.reader.position += opening.length;
    const start = this.reader.position;
    const isValue = VALUE.test(this.reader.rest);
    const isCall = /^\(/.test(this.reader.rest);
    const right = this.pipeline();
    const text = this.reader.source.slice(start, this.reader.position).trim();
    const literal = right.kind === "command" ? right.words.join(" ") : text;
    const value = isValue && !isCall ? literal : `(${text})`;
    const assigned: Statement = { kind: "assignment", name: name.toLowerCase(), value };
    return isValue ? assigned : sequence([right, assigned]);
  }

  private pipeline(): Statement {
    const stages = [this.simple()];
    while (/^\|(?!\|)/.test(this.reader.rest)) {
      this.reader.position += 1;
      this.reader.skipBlanks(true);
      stages.push(this.simple());
    }
    const [only] = stages;
    return stages.length === 1 && only !== undefined ? only : { kind: "pipeline", stages };
  }

  private simple(): Statement {
    const start = this.reader.position;
    const words: string[] = [];
    this.reader.skipBlanks(false);
    while (!this.reader.isAtEnd && !/^(?:[\r\n;|}#]|&&)/.test(this.reader.rest)) {
      const before = this.reader.position;
      words.push(this.reader.takeWord());
      this.reader.skipBlanks(false);
      if (this.reader.position === before) this.reader.position += 1;
    }
    if (/^(#|&&)/.test(this.reader.rest)) this.reader.position += this.reader.rest.startsWith("&&") ? 2 : 0;
    return command(words, this.reader.source.slice(start, this.reader.position).trim());
  }

  private skipToKeyword(...keywords: readonly string[]): void {
    const before = this.reader.position;
    this.reader.skipBlanks(true);
    if (!this.reader.isKeyword(...keywords)) this.reader.position = before;
  }
}

function loopItems(text: string): readonly string[] {
  const variable = /^\s*\$(\w+)\s*$/.exec(text);
  if (variable !== null) return [variableMark((variable[1] ?? "").toLowerCase(), false)];
  if (/^\s*(@\(|["'])/.test(text)) return listItems(text.replace(/^\s*@\(|\)\s*$/g, ""));
  return [];
}
