import { known } from "../../facts/fact";
import { memoize } from "../../facts/lazy";
import type { Host, Role } from "../../infrastructure/model";
import { showText } from "../../program/read";
import type { RequestContext } from "./conditions";
import { type Decision, evaluate } from "./evaluate";
import { type RequiredPermission, sessionPermissions, WITH_SOURCE_INSTANCE } from "./host-permissions";
import { hostContext, instanceArn, type Place, placeOf } from "./place";

export interface DecidedAction {
  readonly action: string;
  readonly decision: Decision;
}

export type SessionPermissions = (host: Host, role: Role) => readonly DecidedAction[];

/** What a role grants a host of the actions that a session needs. Hosts of one place share the answer. */
export function sessionPermissionsOfRoles(): SessionPermissions {
  const decidedAt = memoize((_role: Role) => new Map<string, readonly DecidedAction[]>());
  const needed = new Map<string, readonly RequiredPermission[]>();
  return (host, role) => {
    const place = placeOf(host, role);
    const key = showText([place.partition, " ", place.region, " ", place.account]);
    const permissions = needed.get(key) ?? sessionPermissions(place);
    needed.set(key, permissions);
    const decided = decidedAt(role).get(key) ?? decideAll(role, place, permissions);
    decidedAt(role).set(key, decided);
    return decided;
  };
}

/** What a role grants an agent that calls AWS from a place. */
export function decideAll(
  role: Role,
  place: Place,
  permissions: readonly RequiredPermission[],
  context: RequestContext = hostContext(role, place),
): readonly DecidedAction[] {
  const policies = { identityPolicies: role.policies, boundary: role.permissionsBoundary };
  return permissions.map(({ action, resource }) => ({
    action,
    decision: evaluate({ action, resource, context: withSourceInstance(action, context, place) }, policies),
  }));
}

const withSourceInstance = (action: string, context: RequestContext, place: Place): RequestContext =>
  WITH_SOURCE_INSTANCE.has(action)
    ? { get: (key) => (key === "ssm:sourceinstancearn" ? known([instanceArn(place)]) : context.get(key)) }
    : context;
