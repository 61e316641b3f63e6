import { isPrincipalCalled, principalKind } from "../../infrastructure/called";
import type { Principal } from "../../infrastructure/model";
import type { AccessProblem, MeantPerson } from "../problems";
import { principalName } from "./caller";
import { mayBeCompleted, type Nodes } from "./judge-start";
import { isForPeople } from "./people";
import { sayCheck } from "./said";
import { failuresOf } from "./start-problems";
import { type AccessCheck, mayStartSession, statusOfCheck } from "./start-session";

/** Principals that the configuration names, and who says so: `ssm-preflight.yaml:12`. */
export type Meant = ReadonlyMap<Principal, string>;

/** The principals that entries name. A group stands for its users, where the program declares some. */
export function meantBy(principals: readonly Principal[], people: readonly MeantPerson[]): Meant {
  const meant = new Map<Principal, string>();
  for (const { name, origin } of people) {
    const named = principals.filter((principal) => isPrincipalCalled(principal, name) || isHolder(principal, name));
    const concerned = named.flatMap((principal) => (principal.members.length > 0 ? principal.members : [principal]));
    for (const principal of concerned) if (!meant.has(principal)) meant.set(principal, origin);
  }
  return meant;
}

/** A policy names the people who hold it, and not the roles of services that hold it too. */
const isHolder = (principal: Principal, name: string): boolean =>
  isForPeople(principal) &&
  principal.policies.some(({ written }) => {
    if (written === undefined || principalKind(written.declaration) !== "policy") return false;
    return isPrincipalCalled({ declaration: written.declaration, kind: "policy" }, name);
  });

/** Those named who may start no session on any node, where their own statements have not been found at fault already. */
export const meantForSessions = (meant: Meant, nodes: Nodes): readonly AccessProblem[] =>
  [...meant].flatMap(([principal, origin]) => {
    const judged = [principal, ...principal.groups];
    return judged.some((one) => failuresOf(one, nodes).length > 0) ? [] : noSession(principal, origin, nodes);
  });

function noSession(principal: Principal, origin: string, nodes: Nodes): readonly AccessProblem[] {
  const decided = nodes.seenBy(principal).map(({ target }) => ({
    node: target.name,
    ...mayStartSession(principal, target, nodes.documents),
  }));
  const who = `${principalName(principal)}, who is meant to start sessions (${origin}),`;
  const problem = (why: string, minor: boolean): readonly AccessProblem[] => [
    { kind: "start-session-permission-missing", why, minor, place: { declaration: principal.declaration } },
  ];
  const [refused] = decided.flatMap(({ checks }) => checks.filter((check) => statusOfCheck(check) === "fail"));
  if (refused !== undefined && decided.every(({ status }) => status === "fail")) {
    const why = `${who} can start a session on ${nodes.none}: ${sayCheck(refused).reason}`;
    return problem(why, mayBeCompleted(principal));
  }
  const undecided = decided
    .filter(({ status }) => status !== "fail")
    .map(({ node, checks }) => ({ node, reason: openReason(checks) }));
  const [open] = undecided;
  if (open?.reason === undefined || undecided.some(({ reason }) => reason === undefined)) return [];
  return problem(`whether ${who} may start a session on ${open.node} is not known: ${open.reason}`, true);
}

/** Of the policies alone: what AWS does not document about a refusal is told of all who may start sessions. */
const openReason = (checks: readonly AccessCheck[]): string | undefined =>
  checks.flatMap(({ decision }) => (decision.effect === "unknown" ? [decision.reason] : []))[0];
