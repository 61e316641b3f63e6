import { FACTS_VERSION, type FactsFile, type KnownResource, type Scope, type Snapshot } from "./facts-file";

/**
 * The facts with what was found to be so on a day. A thing that was known and is the same keeps its day, so that a file in
 * which nothing is new stays as it is.
 */
export function addFacts(facts: FactsFile, scope: Scope, today: string, found: readonly KnownResource[]): FactsFile {
  const known = new Map(resourcesIn(facts, scope).map((resource) => [keyOf(resource), textOf(resource)]));
  const changed = found.filter((resource) => known.get(keyOf(resource)) !== textOf(resource));
  if (changed.length === 0) return facts;
  const gone = new Set(changed.map(keyOf));
  const kept = filterFacts(facts, scope, (resource) => !gone.has(keyOf(resource)));
  return inOrder([...kept.snapshots, { ...scope, taken: today, resources: changed }]);
}

/** The facts without those of a place that do not pass. */
export const filterFacts = (
  { snapshots }: FactsFile,
  scope: Scope,
  stays: (resource: KnownResource) => boolean,
): FactsFile =>
  inOrder(
    snapshots.map((snapshot) =>
      isIn(snapshot, scope) ? { ...snapshot, resources: snapshot.resources.filter(stays) } : snapshot,
    ),
  );

/** Everything that is known of a place. */
export const resourcesIn = ({ snapshots }: FactsFile, scope: Scope): readonly KnownResource[] =>
  snapshots.filter((snapshot) => isIn(snapshot, scope)).flatMap(({ resources }) => resources);

/** The same facts always give the same text. */
export const factsText = (facts: FactsFile): string =>
  `${JSON.stringify({ version: FACTS_VERSION, snapshots: inOrder(facts.snapshots).snapshots }, null, 2)}\n`;

/** What tells a thing from all others of its place. */
export const keyOf = ({ type, ids }: KnownResource): string => `${type} ${ids[0]}`;

const isIn = (snapshot: Snapshot, { account, region }: Scope): boolean =>
  snapshot.account === account && snapshot.region === region;

const dayOf = ({ account, region, taken }: Snapshot): string => `${account} ${region} ${taken}`;

/** One snapshot for each place and day, none of them empty. */
function inOrder(snapshots: readonly Snapshot[]): FactsFile {
  const days = new Map<string, Snapshot>();
  for (const snapshot of snapshots) {
    const { account, region, taken, resources } = snapshot;
    const before = days.get(dayOf(snapshot))?.resources ?? [];
    days.set(dayOf(snapshot), { account, region, taken, resources: [...before, ...resources] });
  }
  const sorted = [...days.values()]
    .filter(({ resources }) => resources.length > 0)
    .sort((left, right) => compare(dayOf(left), dayOf(right)))
    .map((snapshot) => ({ ...snapshot, resources: snapshot.resources.map(sortedKeys).sort(byKey) }));
  return { snapshots: sorted };
}

const byKey = (left: KnownResource, right: KnownResource): number => compare(keyOf(left), keyOf(right));

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

const sortedKeys = ({ type, ids, properties }: KnownResource): KnownResource => ({
  type,
  ids,
  properties: Object.fromEntries(Object.entries(properties).sort(([left], [right]) => compare(left, right))),
});

const textOf = (resource: KnownResource): string => JSON.stringify(sortedKeys(resource));
