import type { Infrastructure, Principal } from "../../infrastructure/model";
import type { AccessProblem } from "../problems";
import { listed } from "../wording";
import { callerOf, isRefused, principalName } from "./caller";
import {
  judgeStart,
  type Nodes,
  type StartFailure,
  seenBy,
  startMentions,
  withinReach,
} from "./judge-start";
import { mentions, misspellings, statementName } from "./mentions";
import { ownSessionChecks } from "./own-sessions";
import { isForPeople, ownMentions } from "./people";
import { preferencesProblems } from "./preferences-rights";
import { ANY_HYBRID_NODE, ANY_INSTANCE, targetsOf } from "./target";

/** What is wrong with the rights of people who are meant to use Session Manager. */
export function accessProblems(infrastructure: Infrastructure): readonly AccessProblem[] {
  const people = infrastructure.principals.filter(isForPeople);
  if (people.length === 0) return [];
  const nodes = nodesOf(infrastructure);
  return [
    ...startProblems(people, nodes),
    ...people.flatMap((principal) => misspelt(principal, nodes)),
    ...people.flatMap((principal) => worthKnowing(principal, nodes)),
    ...preferencesProblems(people),
  ];
}

/** The declared nodes; where there are none, a statement is wrong only if it fits no node at all. */
function nodesOf(infrastructure: Infrastructure): Nodes {
  const { documents } = infrastructure;
  const targets = targetsOf(infrastructure);
  if (targets.length > 0) return { targets, none: "no declared host", documents };
  return { targets: [ANY_INSTANCE, ANY_HYBRID_NODE], none: "no host", documents };
}

interface NamedFailure {
  readonly failure: StartFailure;
  readonly names: string[];
}

/** One problem for each mistake in a policy, with everybody it concerns. */
function startProblems(people: readonly Principal[], nodes: Nodes): readonly AccessProblem[] {
  const mistakes = new Map<string, NamedFailure>();
  for (const principal of people) {
    for (const failure of failuresOf(principal, nodes)) {
      const { written } = failure.mention.policy;
      const key = [written.declaration.id, written.property, failure.outcome, failure.cause].join("\n");
      const known = mistakes.get(key);
      if (known === undefined) mistakes.set(key, { failure, names: [principalName(principal)] });
      else known.names.push(principalName(principal));
    }
  }
  return [...mistakes.values()].map(({ failure: { mention, outcome, cause, minor }, names }) => ({
    kind: "start-session-permission-missing",
    why: `${listed(names)} ${outcome}: ${cause}`,
    minor,
    place: mention.policy.written,
  }));
}

/** What a group lacks its members may have: it is at fault where each of those that are declared fails as well. */
function failuresOf(principal: Principal, nodes: Nodes): readonly StartFailure[] {
  const own = ownMentions(principal, startMentions);
  if (own.length === 0) return [];
  const failures = judgeStart(principal, own, nodes);
  const saved = principal.members.some((member) => judgeStart(member, own, nodes).length === 0);
  return saved ? [] : failures;
}

/** Actions that AWS does not have. That is a mistake, whatever else the policies allow. */
function misspelt(principal: Principal, nodes: Nodes): readonly AccessProblem[] {
  const found = ownMentions(principal, (policies) =>
    mentions(policies, (statement) => misspellings(statement).length > 0),
  );
  return found.flatMap((mention) =>
    misspellings(mention.statement).map(
      ({ written, meant }): AccessProblem => ({
        kind: "start-session-permission-missing",
        why: `${statementName(mention)} allows ${written}, which is no action of Systems Manager; did you mean ${meant}?`,
        minor: meant !== "ssm:StartSession" || withinReach(seenBy(principal, callerOf(principal), nodes)).length > 0,
        place: mention.policy.written,
      }),
    ),
  );
}

/** What keeps no session from starting as far as is documented, and is worth knowing all the same. */
function worthKnowing(principal: Principal, nodes: Nodes): readonly AccessProblem[] {
  if (principal.kind === "policy" || ownMentions(principal, startMentions).length === 0) return [];
  const everybody = principal.members.length > 0 ? principal.members : [principal];
  const [first, ...others] = everybody.map((one) => lackingOf(one, nodes));
  const lacking = (first ?? []).filter((clause) => others.every((clauses) => clauses.includes(clause)));
  if (lacking.length === 0) return [];
  return [
    {
      kind: "start-session-permission-missing",
      why: `${principalName(principal)} may start sessions, but its policies do not allow ${listed(lacking, "or")}`,
      minor: true,
      place: { declaration: principal.declaration },
    },
  ];
}

function lackingOf(principal: Principal, nodes: Nodes): readonly string[] {
  const caller = callerOf(principal);
  const usable = withinReach(seenBy(principal, caller, nodes));
  const [node] = usable;
  if (node === undefined || judgeStart(principal, startMentions(principal.policies), nodes).length > 0) return [];
  const noDocument = usable.every(({ checks }) => checks.refusesEveryDocument());
  const refused = ownSessionChecks(principal, caller, node.meant.call.place).filter(({ decision }) =>
    isRefused(decision),
  );
  const actions = refused.map(({ action }) => action);
  return [
    ...(noDocument ? ["ssm:StartSession on document SSM-SessionManagerRunShell"] : []),
    ...(actions.length > 0 ? [`${listed(actions, "or")} on sessions of its own`] : []),
  ];
}
