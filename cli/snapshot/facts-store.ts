import { renameSync, writeFileSync } from "node:fs";
import type { Lacking } from "../../core/assessment/lacking";
import { type FactsFile, GLOBAL, type KnownResource, type Scope } from "../../core/facts-file/facts-file";
import { addFacts, factsText, filterFacts, keyOf, resourcesIn } from "../../core/facts-file/merge";

/** The facts of a run: those in the file, and those among them that count as known. */
export interface FactsStore {
  readonly known: () => FactsFile;
  readonly knows: (thing: Lacking) => boolean;
  /** Writes at once, so that whatever ends the run loses nothing. */
  readonly add: (found: readonly KnownResource[], isGlobal: boolean) => void;
  /** Takes what does not count as known out of the file. */
  readonly dropOthers: () => void;
  /** Whether the file has changed. */
  readonly hasChanged: () => boolean;
}

export interface StoreOptions {
  readonly file: string;
  readonly account: string;
  readonly region: string;
  readonly today: string;
  /** Whether what the file says of the place counts as known. */
  readonly trusting: boolean;
}

export function factsStore(initial: FactsFile, { file, account, region, today, trusting }: StoreOptions): FactsStore {
  const scopes: readonly Scope[] = [
    { account, region },
    { account, region: GLOBAL },
  ];
  let written = initial;
  let known = trusting ? initial : scopes.reduce((facts, scope) => filterFacts(facts, scope, () => false), initial);
  const write = (facts: FactsFile) => {
    if (factsText(facts) === factsText(written)) return;
    written = facts;
    replace(file, factsText(facts));
  };
  return {
    known: () => known,
    knows: ({ type, names }) =>
      scopes
        .flatMap((scope) => resourcesIn(known, scope))
        .some((resource) => resource.type === type && names.some((name) => resource.ids.includes(name))),
    add: (found, isGlobal) => {
      const scope = { account, region: isGlobal ? GLOBAL : region };
      known = addFacts(known, scope, today, found);
      write(addFacts(written, scope, today, found));
    },
    dropOthers: () => write(scopes.reduce((facts, scope) => keepOnly(facts, scope, known), written)),
    hasChanged: () => written !== initial,
  };
}

function keepOnly(facts: FactsFile, scope: Scope, known: FactsFile): FactsFile {
  const keys = new Set(resourcesIn(known, scope).map(keyOf));
  return filterFacts(facts, scope, (resource) => keys.has(keyOf(resource)));
}

/** A reader sees the old file or the new one, and nothing in between. */
function replace(file: string, text: string): void {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, text);
  renameSync(unfinished, file);
}
