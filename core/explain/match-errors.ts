import type { Rule } from "../rules/rule";
import type { ErrorEntry } from "./error-entry";
import { finder, type Stretch, squeeze } from "./squeeze";

export interface ErrorMatch {
  readonly entry: ErrorEntry;
  /** Rules that prevent this very text and are not among the causes of the entry. */
  readonly otherRules: readonly Rule[];
}

export interface Explanation {
  /** The closest first. */
  readonly matches: readonly ErrorMatch[];
  /** Rules that prevent the text, where no entry knows it. */
  readonly rules: readonly Rule[];
}

/** More would be a log, of which the end counts. */
const LONGEST_TEXT = 20_000;

/** What is known of a pasted error text; both lists are empty where nothing is. */
export function matchErrors(text: string, entries: readonly ErrorEntry[], rules: readonly Rule[]): Explanation {
  const squeezed = squeeze(text.slice(-LONGEST_TEXT));
  const found = entries.flatMap((entry) => {
    const stretch = heaviest(entry.texts, squeezed);
    return stretch === undefined ? [] : [{ entry, stretch }];
  });
  const matches = withoutLesser(found).sort((left, right) => right.stretch.weight - left.stretch.weight);
  const preventing = rules.filter(({ errorTexts }) => heaviest(errorTexts, squeezed) !== undefined);
  if (matches.length === 0) return { matches: [], rules: preventing };
  const [first, ...rest] = matches.map(({ entry }) => ({ entry, otherRules: [] }));
  const named = new Set(matches.flatMap(({ entry }) => entry.causes.flatMap((cause) => cause.rules ?? [])));
  const otherRules = preventing.filter(({ id }) => !named.has(id));
  return { matches: first === undefined ? [] : [{ ...first, otherRules }, ...rest], rules: [] };
}

interface Found {
  readonly entry: ErrorEntry;
  readonly stretch: Stretch;
}

function heaviest(texts: readonly string[], squeezed: string): Stretch | undefined {
  return texts
    .map((text) => finder(text)(squeezed))
    .filter((stretch) => stretch !== undefined)
    .sort((left, right) => right.weight - left.weight)[0];
}

/** Without what another match covers, and without what is vague beside what is not. */
function withoutLesser(found: readonly Found[]): Found[] {
  const clear = found.filter(({ entry }) => entry.vague === undefined);
  const kept = clear.length === 0 ? found : clear;
  return kept.filter((one) => !kept.some((other) => other !== one && covers(other.stretch, one.stretch)));
}

const covers = (outer: Stretch, inner: Stretch): boolean =>
  outer.start <= inner.start && outer.end >= inner.end && outer.weight > inner.weight;
