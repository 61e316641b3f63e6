import type { Principal } from "../../infrastructure/model";
import type { Mention } from "./mentions";

/**
 * Whether people are meant: users, groups, permission sets, policies that may be given to them, and roles that somebody
 * with an identity of his own assumes. A role that a service may assume is the service's, a host's for example.
 */
export function isForPeople({ kind, trustPolicy }: Principal): boolean {
  if (kind !== "role") return true;
  if (trustPolicy.state !== "known") return false;
  const kinds = trustPolicy.value.statements.flatMap((statement) =>
    statement.state === "known" && statement.value.principals.state === "known"
      ? [...statement.value.principals.value.byKind.keys()]
      : ["Service"],
  );
  return !kinds.includes("Service") && kinds.some((name) => name === "AWS" || name === "Federated");
}

/** Mentions in policies that a user holds itself, not through a group, which is judged for itself. */
export function ownMentions(
  principal: Principal,
  find: (policies: Principal["policies"]) => readonly Mention[],
): readonly Mention[] {
  const inherited = new Set(principal.groups.flatMap(({ policies }) => policies));
  return find(principal.policies.filter((policy) => !inherited.has(policy)));
}
