/**
 * A script in any language that user data can hold, reduced to what decides whether a command runs.
 *
 * Words keep their variables and command substitutions as marks (see {@link Marks}), because their values are known only
 * when the script is followed step by step.
 */
export type Statement =
  | Command
  | { readonly kind: "assignment"; readonly name: string; readonly value: string }
  | { readonly kind: "sequence"; readonly statements: readonly Statement[] }
  | { readonly kind: "pipeline"; readonly stages: readonly Statement[] }
  | { readonly kind: "and" | "or"; readonly left: Statement; readonly right: Statement }
  | { readonly kind: "not"; readonly statement: Statement }
  | { readonly kind: "if"; readonly branches: readonly Branch[]; readonly otherwise?: Statement }
  | Choice
  | Loop
  | { readonly kind: "function"; readonly name: string; readonly body: Statement }
  | { readonly kind: "writeFile"; readonly path: string; readonly content: string }
  /** Something that runs and cannot be read; `why` completes "…, which may install the agent". */
  | { readonly kind: "opaque"; readonly why: string }
  /** Runs or does not, for the reason given. */
  | { readonly kind: "doubtful"; readonly why: string; readonly body: Statement };

export interface Command {
  readonly kind: "command";
  readonly words: readonly string[];
  /** The command as written, for messages. */
  readonly text: string;
  /** What it reads from standard input: a here-document or here-string. */
  readonly input?: string;
  /** Files that its output is redirected to. */
  readonly outputs: readonly string[];
}

export interface Branch {
  readonly condition: Statement;
  readonly body: Statement;
}

/** `case`, `switch`: one of several. */
export interface Choice {
  readonly kind: "choice";
  readonly text: string;
  /** The word that decides, of `case`. */
  readonly subject?: string;
  readonly alternatives: readonly Alternative[];
  readonly exhaustive: boolean;
}

export interface Alternative {
  /** Of `case`. */
  readonly patterns: readonly string[];
  readonly body: Statement;
}

export interface Loop {
  readonly kind: "loop";
  readonly text: string;
  readonly body: Statement;
  /** Of a counting loop: the variable and the words it takes. */
  readonly variable?: string;
  readonly items?: readonly string[];
  /** Of a conditional loop. */
  readonly condition?: Statement;
}

export type ScriptLanguage = "shell" | "powershell" | "batch";

export const sequence = (statements: readonly Statement[]): Statement =>
  statements.length === 1 && statements[0] !== undefined ? statements[0] : { kind: "sequence", statements };

export const command = (words: readonly string[], text = words.join(" ")): Command => ({
  kind: "command",
  words,
  text,
  outputs: [],
});

/** A bare `exit` ends with the status of the command before, which has failed where it stands behind `||`. */
export const afterFailure = (right: Statement): Statement =>
  right.kind === "command" && right.words.length === 1 && /^(exit|return)$/.test(right.words[0] ?? "")
    ? { ...right, words: [...right.words, "1"] }
    : right;

/** The body of a loop may end it. */
export function breaksOff(body: Statement): boolean {
  switch (body.kind) {
    case "command":
      return body.words[0] === "break";
    case "sequence":
      return body.statements.some(breaksOff);
    case "and":
    case "or":
      return breaksOff(body.left) || breaksOff(body.right);
    case "if":
      return [
        ...body.branches.map((branch) => branch.body),
        ...(body.otherwise === undefined ? [] : [body.otherwise]),
      ].some(breaksOff);
    default:
      return false;
  }
}
