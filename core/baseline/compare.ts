import {
  type Assessment,
  atLeast,
  type BaselineEntry,
  type Finding,
  type HostVerdict,
  type Suppression,
} from "../assessment/assessment";
import type { Baseline } from "./baseline";
import { type BaselineScope, type Subject, subjectsOf } from "./subjects";

export interface ComparisonScope extends BaselineScope {
  /** Whether there is no file of that path any more, so that what stood in it may have moved to another. */
  readonly isGone: (file: string) => boolean;
}

/**
 * The assessment in which the findings that a baseline has are suppressed by it. Of findings with one fingerprint as many are
 * known as the baseline counts, and none that weighs more than the baseline says. Which entries are gone only a judgement of
 * everything tells.
 */
export function againstBaseline(assessment: Assessment, baseline: Baseline, scope: ComparisonScope): Assessment {
  const subjects = subjectsOf(assessment, scope);
  const { known, gone } = match([...subjects.values()].flat(), baseline, scope);
  const isKnown = (item: Finding | HostVerdict): boolean =>
    subjects.get(item)?.every((subject) => known.has(subject)) ?? false;
  const suppressed: Suppression = { by: "baseline", reason: `in the baseline ${baseline.file}` };
  return {
    ...assessment,
    findings: assessment.findings.map((finding) => (isKnown(finding) ? { ...finding, suppressed } : finding)),
    hosts: assessment.hosts.map((host) => (isKnown(host) ? { ...host, inBaseline: true } : host)),
    baseline: { file: baseline.file, gone: assessment.changes === undefined ? goneFor(scope, gone) : [] },
  };
}

/** Of links that are not known only a gate that fails on them is told. */
const goneFor = ({ unknowns }: ComparisonScope, entries: readonly BaselineEntry[]): readonly BaselineEntry[] =>
  entries.filter(({ level }) => unknowns || level !== undefined);

interface Match {
  readonly known: ReadonlySet<Subject>;
  /** What is left of the entries. */
  readonly gone: readonly BaselineEntry[];
}

/** First by the fingerprint as it is, then as it was in a file that is no more. */
function match(subjects: readonly Subject[], { entries }: Baseline, { isGone }: ComparisonScope): Match {
  const left = new Map(entries.map((entry) => [entry.fingerprint, entry]));
  const take = (fingerprint: string, { level }: Subject): boolean => {
    const entry = left.get(fingerprint);
    if (entry === undefined || entry.count === 0 || weighsMore(level, entry)) return false;
    left.set(fingerprint, { ...entry, count: entry.count - 1 });
    return true;
  };
  const goneOf = () => [...left.values()].filter(({ count }) => count > 0);
  const unmoved = new Set(subjects.filter((subject) => take(subject.fingerprint, subject)));
  const files = [...new Set(goneOf().flatMap(({ file }) => file ?? []))].filter(isGone);
  const moved = subjects.filter(
    (subject) => !unmoved.has(subject) && files.some((file) => take(subject.fingerprintIn(file), subject)),
  );
  return { known: new Set([...unmoved, ...moved]), gone: goneOf() };
}

const weighsMore = (level: Subject["level"], entry: BaselineEntry): boolean =>
  level !== undefined && (entry.level === undefined || !atLeast(entry.level, level));
