import { isInstallerAddress } from "./commands/effect";
import type { KnownFiles } from "./commands/known-files";
import { programName, unwrapped } from "./commands/wrappers";
import type { ScriptFollower } from "./follow-script";
import { releaseHolds } from "./os-release";
import { plainTest } from "./plain-test";
import type { Statement } from "./script/statement";
import type { System } from "./system";

/**
 * Whether a condition on the machine or on plain texts holds, where the script and the image's family decide it:
 * `command -v dnf`, `[ -f /etc/debian_version ]`, `grep -q ubuntu /etc/os-release`, `[ "$ID" = debian ]`. A command of a
 * package manager that is not there fails.
 */
export function systemAnswer(
  condition: Statement,
  { words, system, files }: Pick<ScriptFollower, "words" | "system" | "files">,
): boolean | undefined {
  if (condition.kind !== "command") return undefined;
  const known = (word: string): string | undefined => words.known(word);
  const plain = plainTest(condition.words, known);
  if (plain !== undefined) return plain;
  const [first = ""] = unwrapped(words.expand(condition.words));
  if (system.has(programName(first)) === false) return false;
  const texts = condition.words.flatMap((word) => known(word) ?? []);
  if (texts.length < condition.words.length) return undefined;
  const [program = "", ...rest] = texts;
  if (program === "[" || program === "[[" || program === "test") return fileAnswer(rest, system, files);
  if (system.distribution !== undefined && program === "grep") return releaseHolds(texts, system.distribution);
  const sought = lookedFor(program, rest);
  return sought === undefined ? undefined : system.has(sought);
}

/** `which dnf`, `command -v apt-get`, `type -P snap` */
function lookedFor(program: string, words: readonly string[]): string | undefined {
  const isLookUp = program === "command" ? /^-[vV]$/.test(words[0] ?? "") : /^(which|type|hash)$/.test(program);
  const [name, ...others] = words.filter((word) => !word.startsWith("-"));
  return isLookUp && others.length === 0 ? name : undefined;
}

/** `[ -f /etc/redhat-release ]`, `[ -x /usr/bin/yum ]`, and `[ -s /tmp/agent.deb ]` of an installer that was fetched before. */
function fileAnswer(words: readonly string[], system: System, files: KnownFiles): boolean | undefined {
  const [operator = "", path = "", ...others] = words.filter((word) => word !== "]" && word !== "]]");
  if (operator === "!") return negated(fileAnswer(words.slice(1), system, files));
  if (others.length > 0 || !/^-[efrsx]$/.test(operator)) return undefined;
  const source = files.isThere(path) ? files.find(path)?.fetchedFrom : undefined;
  if (source !== undefined && isInstallerAddress(source)) return true;
  const isProgram = /^\/(usr\/)?s?bin\/[\w-]+$/.test(path);
  return isProgram ? system.has(programName(path)) : system.hasFile(path);
}

const negated = (answer: boolean | undefined): boolean | undefined => (answer === undefined ? undefined : !answer);
