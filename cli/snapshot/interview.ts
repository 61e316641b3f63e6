import type { Lacking } from "../../core/assessment/lacking";
import { reasonOf } from "../../input/reason";
import { type Aws, Denied } from "./aws";
import type { FactsStore } from "./facts-store";
import type { Progress } from "./progress";
import { accountIn, called, nameOf, type Question, questionsAbout } from "./questions";

/** Questions to AWS over the rounds of a run, each asked once. */
export interface Interview {
  /** Asks about what is lacking; false where there was nothing new to ask, or the run cannot go on. */
  readonly ask: (lacking: readonly Lacking[]) => Promise<boolean>;
  /** What could not be read, in words. */
  readonly failures: () => readonly string[];
  /** What was left out on purpose, in words. */
  readonly notes: () => readonly string[];
  /** How many things were read, by their noun. */
  readonly counts: () => ReadonlyMap<string, number>;
}

export function interview(aws: Aws, store: FactsStore, progress: Progress): Interview {
  const { account } = aws.caller;
  const asked = new Set<string>();
  const failures = new Set<string>();
  const notes = new Set<string>();
  const counts = new Map<string, number>();
  let hasStopped = false;

  const isNew = (thing: Lacking): boolean => {
    const key = `${thing.type} ${nameOf(thing)}`;
    if (asked.has(key) || store.knows(thing)) return false;
    asked.add(key);
    const owner = accountIn(thing);
    if (owner === undefined || owner === account) return true;
    notes.add(`${nameOf(thing)} is of account ${owner}; run snapshot with a profile of that account too`);
    return false;
  };

  const put = async ({ kind, things }: Question): Promise<void> => {
    const found = await kind.ask(aws, things.map(nameOf));
    store.add(found, kind.isGlobal);
    const ids = new Set(found.flatMap((resource) => resource.ids));
    for (const thing of things) {
      if (thing.names.some((name) => ids.has(name))) counts.set(kind.noun, (counts.get(kind.noun) ?? 0) + 1);
      else
        failures.add(
          `${called(kind, thing)} is not there in account ${account}${kind.isGlobal ? "" : `, ${aws.region}`}`,
        );
    }
  };

  const attempt = async (question: Question): Promise<void> => {
    try {
      await put(question);
    } catch (error) {
      const names = question.things.map((thing) => called(question.kind, thing)).join(", ");
      const reason = reasonOf(error);
      hasStopped = !(error instanceof Denied);
      failures.add(
        error instanceof Denied
          ? `${reason} to ${aws.caller.arn}: ${names} was not read`
          : `stopped at ${names}: ${reason}; what was read is kept, and the next run goes on from there`,
      );
    }
  };

  const ask = async (lacking: readonly Lacking[]): Promise<boolean> => {
    const open = lacking.filter(isNew);
    progress.grow(open.length);
    for (const question of questionsAbout(open)) {
      if (hasStopped) return false;
      await attempt(question);
      progress.advance(question.things.length);
    }
    return open.length > 0 && !hasStopped;
  };

  return { ask, failures: () => [...failures], notes: () => [...notes], counts: () => counts };
}
