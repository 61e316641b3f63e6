import { chain, type Fact } from "../../facts/fact";
import { memoize } from "../../facts/lazy";
import type { Host, Infrastructure, Role } from "../../infrastructure/model";
import { hostName } from "../../program/names";
import type { PermissionsProblem, ProfileProblem } from "../problems";
import { fail, undecided, type Verdict } from "../verdict";
import { withAssumptions } from "../wording";
import { type HostManagement, hostManagementOf } from "./default-host-management";
import type { EndpointOf } from "./host-request";
import { judgeByUsers } from "./launches";
import { judgeManagedPermissions, orManaged } from "./managed-host";
import { judgePermissions } from "./permissions-link";
import { judgeProfile } from "./profile-link";
import { type SessionPermissions, sessionPermissionsOfRoles } from "./session-permissions";
import { mayAssume } from "./trust";

export interface IdentityVerdicts {
  readonly instanceProfile: Verdict<ProfileProblem>;
  readonly permissions: Verdict<PermissionsProblem>;
}

/** Judges the identity of hosts of one infrastructure; hosts that share a role share its evaluation. */
export function identityDiagnosis(
  infrastructure: Infrastructure,
  endpointOf?: EndpointOf,
): (host: Host) => IdentityVerdicts {
  const managementOf = hostManagementOf(infrastructure);
  const trustOf = memoize((role: Role) => mayAssume("ec2", role));
  const permissionsOf = sessionPermissionsOfRoles(endpointOf);
  const judgeItself = (host: Host, management: Fact<HostManagement>): IdentityVerdicts => ({
    instanceProfile: judgeProfile(host, management, trustOf),
    permissions: judgeGrants(host, management, permissionsOf),
  });
  const underway = new Set<Host>();
  const judge = memoize((host: Host): IdentityVerdicts => {
    if (underway.has(host)) return both(undecided(`${hostName(host)} launches from itself`));
    underway.add(host);
    const [user, ...users] = host.launches.filter(({ outOfScope }) => outOfScope === undefined);
    const verdicts =
      user === undefined
        ? judgeItself(host, managementOf(host))
        : {
            instanceProfile: judgeByUsers(host, [user, ...users], (launched) => judge(launched).instanceProfile),
            permissions: judgeByUsers(host, [user, ...users], (launched) => judge(launched).permissions),
          };
    underway.delete(host);
    return verdicts;
  });
  return (host) => (host.outOfScope === undefined ? judge(host) : both(undecided(`not judged: ${host.outOfScope}`)));
}

const both = (verdict: Verdict<never>): IdentityVerdicts => ({ instanceProfile: verdict, permissions: verdict });

function judgeGrants(
  host: Host,
  management: Fact<HostManagement>,
  permissionsOf: SessionPermissions,
): Verdict<PermissionsProblem> {
  const { instanceProfile } = host.identity;
  const role = chain(instanceProfile, (profile) => profile.role);
  if (role.state === "unknown") {
    const what = `the permissions of ${hostName(host)}`;
    return undecided(`${what} are not known: ${role.reason}`, what);
  }
  if (role.state === "absent") return judgeWithoutRole(host, role.assuming, management, permissionsOf);
  const actions = permissionsOf(host, role.value);
  return orManaged(judgePermissions(role.value, actions, role.assuming), actions, host, management, permissionsOf);
}

/** The problem is the profile's to report, so a failure here has none of its own. */
function judgeWithoutRole(
  host: Host,
  assuming: readonly string[],
  management: Fact<HostManagement>,
  permissionsOf: SessionPermissions,
): Verdict<PermissionsProblem> {
  const { instanceProfile } = host.identity;
  if (host.kind === "launchTemplate" && instanceProfile.state === "absent") {
    return undecided(`${hostName(host)} names no instance profile; a launch may bring its own`);
  }
  if (management.state === "known" && instanceProfile.state === "absent") {
    return judgeManagedPermissions(host, management, permissionsOf);
  }
  const without = `${hostName(host)} has no role to hold permissions`;
  if (management.state === "absent") return fail(withAssumptions(without, assuming), [], assuming);
  const why = management.state === "unknown" ? management.reason : "Default Host Management Configuration may step in";
  return undecided(`${without}; ${why}`);
}
