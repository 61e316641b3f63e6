import { oneOf, UsageError } from "../options";

export type Shell = "bash" | "zsh" | "fish";
export const SHELLS: readonly Shell[] = ["bash", "zsh", "fish"];

export interface CompletionArguments {
  readonly command: "completion";
  readonly shell: Shell;
}

export function parseCompletion(argv: readonly string[]): CompletionArguments {
  const [shell, ...others] = argv;
  if (shell === undefined || others.length > 0) {
    throw new UsageError(`completion takes one shell: ${SHELLS.join(", ")}`);
  }
  return { command: "completion", shell: oneOf("the shell of completion", shell, SHELLS) };
}
