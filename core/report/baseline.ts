import type { Assessment, BaselineUse, Finding } from "../assessment/assessment";
import { isKnown } from "../assessment/summary";
import { shortName } from "../program/names";
import { groupBy } from "./causes";
import { counted, namesText } from "./text";

/** Resources of which a baseline has the same. */
export interface KnownGroup {
  /** Id of a rule, or what is said of a host that is not known. */
  readonly rule: string;
  readonly names: readonly string[];
}

/** Of a finding that was held against a baseline, in the words of SARIF. Exempted ones are in no baseline. */
export function baselineState(
  { baseline }: Assessment,
  { suppressed }: Finding,
): { readonly baselineState?: "new" | "unchanged" } {
  if (baseline === undefined || (suppressed !== null && suppressed.by !== "baseline")) return {};
  return { baselineState: suppressed === null ? "new" : "unchanged" };
}

/** What of an assessment is in the baseline. */
export function knownGroups({ findings, hosts }: Assessment): readonly KnownGroup[] {
  const known = [
    ...findings.filter(isKnown).map(({ rule, resource }) => ({ rule, resource })),
    ...hosts
      .filter(({ inBaseline }) => inBaseline === true)
      .map(({ declaration }) => ({ rule: "session unknown", resource: declaration })),
  ];
  return groupBy(known, ({ rule }) => rule).flatMap((group) => {
    const [first] = group;
    const names = [...new Set(group.map(({ resource }) => shortName(resource)))];
    return first === undefined ? [] : [{ rule: first.rule, names }];
  });
}

const MOST_ENTRIES = 5;

/** What to do about entries that nothing matches any more; undefined where there are none. */
export function goneText(baseline: BaselineUse | undefined): string | undefined {
  if (baseline === undefined) return undefined;
  const { file, gone } = baseline;
  const count = gone.reduce((sum, entry) => sum + entry.count, 0);
  if (count === 0) return undefined;
  const names = gone.map(({ rule, resource }) => `${rule} of ${resource}`);
  const finding = `${counted(count, "entry", "entries")} of the baseline ${file}`;
  return `${finding} ${count === 1 ? "was" : "were"} not met in what was read (${namesText(names, MOST_ENTRIES)}): if it is mended, write the baseline anew with --write-baseline`;
}
