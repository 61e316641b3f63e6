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
  /** `case`, `switch`: one of several, on a value that is not followed. */
  | {
      readonly kind: "choice";
      readonly text: string;
      readonly alternatives: readonly Statement[];
      readonly exhaustive: boolean;
    }
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
