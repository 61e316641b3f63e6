import type { Distribution } from "../../knowledge/distributions";
import type { Marks } from "./script/marks";
import type { Command, Statement } from "./script/statement";

const OS_RELEASE = /^(\/etc|\/usr\/lib)\/os-release$/;

/** `. /etc/os-release` */
export const readsRelease = (words: readonly string[]): boolean =>
  (words[0] === "." || words[0] === "source") && OS_RELEASE.test(words[1] ?? "");

/** What the file sets that is the same in all releases of a distribution. */
export const releaseVariables = ({ id, like }: Distribution): ReadonlyMap<string, string> =>
  new Map([["ID", id], ...(like === undefined ? [] : [["ID_LIKE", like] as const])]);

/** What a substitution prints of the file: `$(. /etc/os-release && echo $ID)`, `$(grep ^ID= /etc/os-release | cut -d= -f2)`. */
export function printedRelease(statement: Statement, distribution: Distribution, marks: Marks): string | undefined {
  const commands = commandsOf(statement);
  const [first] = commands;
  const last = commands.at(-1);
  if (first === undefined || last === undefined) return undefined;
  if (readsRelease(first.words)) return last.words[0] === "echo" ? printed(last, distribution, marks) : undefined;
  const text = commands.map((command) => command.text).join(" | ");
  if (!first.words.some((word) => OS_RELEASE.test(word)) || !/(^|[^\w])ID=/.test(text)) return undefined;
  return UNQUOTED.has(distribution.id) || /tr -d|gsub|s\/"/.test(text) ? distribution.id : undefined;
}

/** Distributions that write `ID` without quotes, which a script then need not take away. */
const UNQUOTED = new Set(["debian", "ubuntu", "fedora"]);

function printed(command: Command, distribution: Distribution, marks: Marks): string | undefined {
  const variables = releaseVariables(distribution);
  const names: string[] = [];
  const text = command.words.slice(1).flatMap((word) =>
    marks.expand(word, (name) => {
      names.push(name);
      return variables.get(name);
    }),
  );
  return names.every((name) => variables.has(name)) ? text.join(" ") : undefined;
}

function commandsOf(statement: Statement): readonly Command[] {
  switch (statement.kind) {
    case "command":
      return [statement];
    case "sequence":
      return statement.statements.flatMap(commandsOf);
    case "pipeline":
      return statement.stages.flatMap(commandsOf);
    case "and":
      return [statement.left, statement.right].flatMap(commandsOf);
    default:
      return [];
  }
}

/**
 * Whether `grep` finds a word in the file. Only words for which it is plain are answered: those of the distribution's own
 * name and ids, and the ids of Debian and Ubuntu elsewhere, which no other family speaks of.
 */
export function releaseHolds(words: readonly string[], distribution: Distribution): boolean | undefined {
  if (words[0] !== "grep" || !words.some((word) => OS_RELEASE.test(word))) return undefined;
  const [pattern, ...others] = words.slice(1).filter((word) => !word.startsWith("-") && !OS_RELEASE.test(word));
  const wanted = /^(?:\^?ID=)?"?([\w /]+)"?$/.exec(pattern ?? "")?.[1];
  if (wanted === undefined || others.length > 0) return undefined;
  const ignoresCase = words.some((word) => /^-[a-zA-Z]*i/.test(word));
  const same = (text: string): string => (ignoresCase ? text.toLowerCase() : text);
  const { name, id, like = "" } = distribution;
  if (same(name).includes(same(wanted)) || [id, ...like.split(" ")].includes(same(wanted))) return true;
  const isDebian = (other: string): boolean => other === "debian" || other === "ubuntu";
  return isDebian(same(wanted)) && (!isDebian(id) || same(wanted) === "ubuntu") ? false : undefined;
}
