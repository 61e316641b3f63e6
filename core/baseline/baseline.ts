import { type Assessment, atLeast, type BaselineEntry } from "../assessment/assessment";
import { type BaselineScope, type Subject, subjectsOf } from "./subjects";

/** The findings of one day, which a team knows of and lives with, so that from then on only new ones fail. */
export interface Baseline {
  /** As shown to the user. */
  readonly file: string;
  /** One for each fingerprint. */
  readonly entries: readonly BaselineEntry[];
}

/** A baseline that has everything that stands open in an assessment. */
export function baselineOf(assessment: Assessment, file: string, scope: BaselineScope): Baseline {
  const entries = new Map<string, BaselineEntry>();
  for (const subject of [...subjectsOf(assessment, scope).values()].flat()) {
    const earlier = entries.get(subject.fingerprint);
    entries.set(subject.fingerprint, earlier === undefined ? entryOf(subject) : withAnother(earlier, subject));
  }
  return { file, entries: [...entries.values()].sort(compareEntries) };
}

const entryOf = ({ rule, resource, file, level, fingerprint }: Subject): BaselineEntry => ({
  rule,
  resource,
  ...(file === undefined ? {} : { file }),
  ...(level === undefined ? {} : { level }),
  count: 1,
  fingerprint,
});

/** Each of them is in the baseline at the worst level that one of them has. */
function withAnother(entry: BaselineEntry, { level }: Subject): BaselineEntry {
  const isWorse = level !== undefined && entry.level !== undefined && atLeast(level, entry.level);
  return { ...entry, ...(isWorse ? { level } : {}), count: entry.count + 1 };
}

/** By what does not change when stacks are renamed and lines move, so that the difference of two baselines is short. */
function compareEntries(left: BaselineEntry, right: BaselineEntry): number {
  const key = ({ file = "", resource, rule, fingerprint }: BaselineEntry) =>
    [file, resource, rule, fingerprint].join("\u0000");
  return key(left) < key(right) ? -1 : 1;
}
