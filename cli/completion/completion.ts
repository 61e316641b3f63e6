import { ERRORS } from "../../core/explain/errors";
import { RULES } from "../../core/rules";
import { CHECKS } from "../doctor/checks";
import type { Shell } from "./arguments";
import { bashScript } from "./bash";
import { fishScript } from "./fish";
import { commandWords } from "./words";
import { zshScript } from "./zsh";

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

/** The script that makes a shell complete the command line which `help` describes. */
export function completion(shell: Shell, help: string): string {
  const topics = [...RULES, ...CHECKS, ...ERRORS].map(({ id }) => id);
  return SCRIPTS[shell](commandWords(help, topics));
}
