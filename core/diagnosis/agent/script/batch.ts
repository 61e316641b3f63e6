import { variableMark } from "./marks";
import { command, type Statement, sequence } from "./statement";

/** Reads a Windows command prompt script. Conditions stay text, as the word after `batch-condition`; it never fails. */
export const parseBatch = (script: string): Statement =>
  new BatchParser(script.replace(/\^\r?\n/g, " ").split(/\r?\n/)).parse();

class BatchParser {
  private line = 0;

  constructor(private readonly lines: readonly string[]) {}

  parse(): Statement {
    const statements: Statement[] = [];
    while (this.line < this.lines.length) statements.push(this.statement(this.take()));
    return sequence(statements);
  }

  private take(): string {
    this.line += 1;
    return (this.lines[this.line - 1] ?? "").trim().replace(/^@/, "");
  }

  private statement(line: string): Statement {
    if (line === "" || /^(rem\b|:|\)$)/i.test(line)) return sequence([]);
    const conditional =
      /^if\s+((?:\/i\s+)?(?:not\s+)?(?:exist\s+(?:"[^"]*"|\S+)|defined\s+\S+|errorlevel\s+\d+|.+?(?:==|\s(?:equ|neq|lss|leq|gtr|geq)\s)\s*(?:"[^"]*"|\S+)))\s*(.*)$/i.exec(
        line,
      );
    if (conditional !== null) return this.conditional(conditional[1] ?? "", conditional[2] ?? "");
    const loop = /^for\s+.+?\s+do\s+(.*)$/i.exec(line);
    if (loop !== null) return { kind: "loop", text: line, body: this.body(loop[1] ?? "") };
    return this.commands(line);
  }

  private conditional(condition: string, rest: string): Statement {
    const body = this.body(rest);
    const closing = this.lines[this.line - 1]?.trim() ?? "";
    const otherwise = /^\)\s*else\s*(.*)$/i.exec(closing);
    return {
      kind: "if",
      branches: [{ condition: command(["batch-condition"], condition), body }],
      ...(otherwise === null ? {} : { otherwise: this.body(otherwise[1] ?? "") }),
    };
  }

  /** What follows a condition on its line, or the lines of the group that opens there. */
  private body(rest: string): Statement {
    if (!rest.startsWith("(")) return this.commands(rest);
    const inner = rest.slice(1).trim();
    if (inner.endsWith(")")) return this.commands(inner.slice(0, -1));
    const statements = [this.commands(inner)];
    while (this.line < this.lines.length) {
      const line = this.take();
      if (line.startsWith(")")) break;
      statements.push(this.statement(line));
    }
    return sequence(statements);
  }

  private commands(line: string): Statement {
    const parts = line.split(/\s*(&&|\|\||&)\s*/);
    let left = this.simple(parts[0] ?? "");
    for (let index = 1; index < parts.length; index += 2) {
      const right = this.simple(parts[index + 1] ?? "");
      const operator = parts[index];
      if (operator === "&") left = sequence([left, right]);
      else left = { kind: operator === "&&" ? "and" : "or", left, right };
    }
    return left;
  }

  private simple(line: string): Statement {
    const text = line.trim().replace(/^@/, "");
    const assignment = /^set\s+"?([^=\s"]+)=([^"]*)"?$/i.exec(text);
    if (assignment !== null) {
      const name = (assignment[1] ?? "").toLowerCase();
      return { kind: "assignment", name, value: withVariables(assignment[2] ?? "") };
    }
    const stages = text.split(/\s*\|\s*/).map(batchCommand);
    const [only] = stages;
    return stages.length === 1 && only !== undefined ? only : { kind: "pipeline", stages };
  }
}

function batchCommand(text: string): Statement {
  const words = [...text.matchAll(/(?:"[^"]*"|[^\s"])+/g)].map(([word]) => withVariables(word.replaceAll('"', "")));
  return command(words, text);
}

const withVariables = (word: string): string =>
  word.replace(/%([A-Za-z_]\w*)%/g, (_, name: string) => variableMark(name.toLowerCase(), true));
