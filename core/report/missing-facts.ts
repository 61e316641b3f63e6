import type { HostVerdict } from "../assessment/assessment";
import { LINKS } from "../diagnosis/diagnose";
import { shortName } from "../program/names";
import { groupBy, withoutName } from "./causes";
import { type NeededFact, neededFact } from "./fact-kinds";

/** A fact that hosts wait for. */
export interface MissingFact extends NeededFact {
  /** Hosts that wait for nothing else, as far as can be seen. */
  readonly decides: readonly HostVerdict[];
  /** Hosts that wait for it, those included. */
  readonly concerns: readonly HostVerdict[];
}

const DECLARED = ", declared in this program";

function neededInProgram(fact: string): NeededFact {
  if (!fact.endsWith(DECLARED)) {
    return { fact, supply: "no option supplies it: say it in the program, or check what is deployed afterwards" };
  }
  return {
    fact: fact.slice(0, -DECLARED.length),
    supply: "declare it, or check the program that does in the same run",
  };
}

/** What hosts of unknown verdict wait for: first the facts that decide most of them. A blocked host waits for nothing. */
export function missingFacts(hosts: readonly HostVerdict[]): readonly MissingFact[] {
  const waiting = hosts.filter(({ session }) => session === "unknown").flatMap(needsOf);
  const facts = groupBy(waiting, ({ key }) => key).flatMap((needs): readonly MissingFact[] => {
    const [first] = needs;
    if (first === undefined) return [];
    const { fact, supply } = first;
    const concerns = needs.map(({ host }) => host);
    return [{ fact, supply, concerns, decides: needs.filter(({ isOnly }) => isOnly).map(({ host }) => host) }];
  });
  return facts.sort(
    (left, right) => right.decides.length - left.decides.length || right.concerns.length - left.concerns.length,
  );
}

interface Need extends NeededFact {
  readonly host: HostVerdict;
  /** The same for the same fact of another host. */
  readonly key: string;
  /** Whether the host waits for nothing else. */
  readonly isOnly: boolean;
}

/** Each fact once, however many links of the host wait for it. */
function needsOf(host: HostVerdict): readonly Need[] {
  const name = shortName(host.declaration);
  const facts = LINKS.filter((link) => host.links[link].status === "unknown").map((link): NeededFact => {
    const { reason, missing } = host.links[link];
    return neededFact(reason) ?? neededInProgram(missing ?? reason);
  });
  const distinct = [...new Map(facts.map((needed) => [withoutName(needed.fact, name), needed]))];
  return distinct.map(([key, needed]) => ({ ...needed, host, key, isOnly: distinct.length === 1 }));
}
