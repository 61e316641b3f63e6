import { memoize } from "../../facts/lazy";
import type { Infrastructure, Principal } from "../../infrastructure/model";
import type { AccessProblem, MeantPerson } from "../problems";
import { besideStarting } from "./beside-starting";
import { type Nodes, seeTargets } from "./judge-start";
import { meantBy, meantForSessions } from "./meant";
import { isForPeople } from "./people";
import { preferencesProblems } from "./preferences-rights";
import { misspellingProblems, startProblems } from "./start-problems";
import { ANY_HYBRID_NODE, ANY_INSTANCE, targetsOf } from "./target";

/** What is wrong with the rights of people who are meant to use Session Manager: their policies show it, or `named` says so. */
export function accessProblems(
  infrastructure: Infrastructure,
  named: readonly MeantPerson[] = [],
): readonly AccessProblem[] {
  const { principals } = infrastructure;
  const forSessions = meantBy(
    principals,
    named.filter(({ sessions }) => sessions),
  );
  const forPreferences = meantBy(
    principals,
    named.filter(({ preferences }) => preferences),
  );
  const people = principals.filter(
    (principal) => isForPeople(principal) || forSessions.has(principal) || forPreferences.has(principal),
  );
  if (people.length === 0) return [];
  const nodes = nodesOf(infrastructure);
  return [
    ...startProblems(people, nodes),
    ...misspellingProblems(people, nodes),
    ...meantForSessions(forSessions, nodes),
    ...besideStarting(people, nodes, forSessions),
    ...preferencesProblems(people, forPreferences),
  ];
}

/** The declared nodes; where there are none, a statement is wrong only if it fits no node at all. */
function nodesOf(infrastructure: Infrastructure): Nodes {
  const { documents } = infrastructure;
  const declared = targetsOf(infrastructure);
  const targets = declared.length > 0 ? declared : [ANY_INSTANCE, ANY_HYBRID_NODE];
  return {
    none: declared.length > 0 ? "no declared host" : "no host",
    documents,
    seenBy: memoize((principal: Principal) => seeTargets(principal, targets, documents)),
  };
}
