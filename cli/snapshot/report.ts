import { listed } from "../../core/diagnosis/wording";

interface Outcome {
  /** `account 123456789012, eu-west-1` */
  readonly place: string;
  /** How many things were read, by their noun. */
  readonly counts: ReadonlyMap<string, number>;
  /** Number of hosts that are not decided, before and after. */
  readonly undecided: readonly number[];
  readonly file: string;
  readonly hasChanged: boolean;
}

/** What was asked and what came of it, in a few lines. */
export function reportOf({ place, counts, undecided: [before = 0, after = 0], file, hasChanged }: Outcome): string {
  const things = [...counts].map(([noun, count]) => `${count} ${count === 1 ? noun : plural(noun)}`);
  const read = things.length === 0 ? "nothing was read" : `read ${listed(things)}`;
  const written = hasChanged ? `${file} is written` : things.length === 0 ? "" : `${file} is as it was`;
  return [
    `${place}: ${read}`,
    `hosts not decided: ${before}${before === after ? "" : `, now ${after}`}`,
    ...(written === "" ? [] : [written]),
    "",
  ].join("\n");
}

const plural = (noun: string): string => (noun.endsWith("y") ? `${noun.slice(0, -1)}ies` : `${noun}s`);
