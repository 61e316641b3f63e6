import { known, unknown } from "../../facts/fact";
import { memoize } from "../../facts/lazy";
import type { Host, Role } from "../../infrastructure/model";
import { showText } from "../../program/read";
import type { RequiredService } from "../problems";
import type { RequestContext } from "./conditions";
import { type Decision, evaluate } from "./evaluate";
import { type RequiredPermission, sessionPermissions, WITH_SOURCE_INSTANCE } from "./host-permissions";
import { type EndpointOf, hostKeys } from "./host-request";
import { hostContext, instanceArn, type Place, placeOf } from "./place";

export interface DecidedAction {
  readonly action: string;
  readonly decision: Decision;
}

export type SessionPermissions = (host: Host, role: Role) => readonly DecidedAction[];

/**
 * What a role grants a host of the actions that a session needs. Hosts of one place share the answer, unless a condition
 * asks for what sets them apart.
 */
export function sessionPermissionsOfRoles(endpointOf: EndpointOf = ANY_WAY): SessionPermissions {
  const decidedAt = memoize((_role: Role) => new Map<string, readonly DecidedAction[]>());
  const needed = new Map<string, readonly RequiredPermission[]>();
  return (host, role) => {
    const place = placeOf(host, role);
    const key = showText([place.partition, " ", place.region, " ", place.account]);
    const permissions = needed.get(key) ?? sessionPermissions(place);
    needed.set(key, permissions);
    const shared = decidedAt(role).get(key);
    if (shared !== undefined) return shared;
    let isShared = true;
    const common = hostContext(role, place);
    const decided = SERVICES.flatMap((service) => {
      const own = hostKeys(host, role, service, endpointOf);
      const get = (name: string) => {
        const value = own.get(name);
        if (value === undefined) return common.get(name);
        isShared = false;
        return value();
      };
      const needed = permissions.filter(({ action }) => action.startsWith(`${service}:`));
      return decideAll(role, place, needed, { get });
    });
    if (isShared) decidedAt(role).set(key, decided);
    return decided;
  };
}

const SERVICES: readonly RequiredService[] = ["ssm", "ssmmessages"];

const ANY_WAY: EndpointOf = () => unknown("which way the host takes is not known");

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

/** The context of an action that may carry the instance it is asked from. */
export const withSourceInstance = (action: string, context: RequestContext, place: Place): RequestContext =>
  WITH_SOURCE_INSTANCE.has(action)
    ? { get: (key) => (key === "ssm:sourceinstancearn" ? known([instanceArn(place)]) : context.get(key)) }
    : context;

/** What the other ways to write an ARN prove is granted. */
export const orProven = (
  decided: readonly DecidedAction[],
  otherwise: readonly DecidedAction[],
): readonly DecidedAction[] =>
  decided.map(({ action, decision }) => {
    const proof = otherwise.find((other) => other.action === action && other.decision.effect === "allowed");
    return { action, decision: decision.effect === "unknown" && proof !== undefined ? proof.decision : decision };
  });
