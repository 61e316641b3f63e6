import type { WordReader } from "./agent-query";
import type { Choice, Statement } from "./script/statement";

const NAMES: ReadonlyMap<string, "x86" | "arm"> = new Map([
  ["x86_64", "x86"],
  ["amd64", "x86"],
  ["aarch64", "arm"],
  ["arm64", "arm"],
]);

/** What a condition compares the machine's architecture with: `x86_64` of `[ "$(uname -m)" = x86_64 ]`. */
export function architectureTested(condition: Statement, reader: WordReader): string | undefined {
  if (condition.kind !== "command") return undefined;
  const [program = "", left = "", operator = "", right = ""] = condition.words;
  const isEquality = /^(\[\[?|test)$/.test(program) && /^==?$/.test(operator);
  return isEquality && asksArchitecture(left, reader) ? reader.expand([right]).join(" ") : undefined;
}

/** Both kinds of machines that EC2 has with 64 bits. */
export const areAllArchitectures = (names: readonly (string | undefined)[]): boolean =>
  new Set(names.flatMap((name) => NAMES.get(name ?? "") ?? [])).size === 2;

/** `case $(uname -m) in x86_64) … ;; aarch64) … ;; esac` */
export const coversArchitectures = ({ subject, alternatives }: Choice, reader: WordReader): boolean =>
  subject !== undefined &&
  asksArchitecture(subject, reader) &&
  areAllArchitectures(alternatives.flatMap(({ patterns }) => patterns));

function asksArchitecture(word: string, reader: WordReader): boolean {
  const [asked, ...others] = reader.substitutionsIn(word);
  if (asked?.kind !== "command" || others.length > 0) return false;
  const [program = "", option = ""] = asked.words;
  if (program === "uname") return /^-[mpi]$/.test(option);
  return program === "arch" || (program === "dpkg" && option === "--print-architecture");
}
