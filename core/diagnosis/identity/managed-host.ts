import { type Fact, is, isNot, type Known, union } from "../../facts/fact";
import type { Host, Role } from "../../infrastructure/model";
import { hostName, shortName } from "../../program/names";
import type { PermissionsProblem } from "../problems";
import { pass, type Step, undecided, type Verdict } from "../verdict";
import { listed, withAssumptions } from "../wording";
import { HOST_MANAGEMENT_AGENT, type HostManagement } from "./default-host-management";
import { judgePermissions } from "./permissions-link";
import type { DecidedAction, SessionPermissions } from "./session-permissions";
import { mayAssume } from "./trust";
import { butFor } from "./unmet";

const managementName = (declaration: HostManagement["declaration"]): string =>
  `Default Host Management Configuration (${shortName(declaration)})`;

/**
 * A host that Systems Manager gives a role itself. The configuration works with IMDSv2 only. `optional` offers version 2
 * beside version 1, and the documentation does not say that this suffices.
 * Source: Systems Manager user guide, "Default Host Management Configuration".
 */
export function judgeManaged<P>(
  host: Host,
  { value: { declaration }, assuming }: Known<HostManagement>,
  outcome: string,
  chain: readonly Step[],
): Verdict<P> {
  const { httpTokens } = host.metadataOptions;
  const name = managementName(declaration);
  if (httpTokens.state !== "absent" && !is(httpTokens, "required")) {
    const why = httpTokens.state === "unknown" ? httpTokens.reason : "HttpTokens is optional, which also offers IMDSv1";
    return undecided(
      `${name} works with IMDSv2 only, and whether ${hostName(host)} counts as using it is not known: ${why}`,
      `HttpTokens: required in the metadata options of ${hostName(host)}`,
      chain,
    );
  }
  const agent = `its SSM Agent is ${HOST_MANAGEMENT_AGENT} or newer`;
  const needs = isNot(httpTokens, "required") ? [agent, "it uses IMDSv2"] : [agent];
  const all = union(assuming, needs);
  const step: Step = { text: `${name} gives it a role, as long as ${listed(needs)}`, status: "ok", declaration };
  return pass(withAssumptions(`${outcome}: ${name} gives it a role`, all), all, [...chain, step]);
}

/** What the role of the configuration grants. One that the program does not declare is taken to be the one AWS proposes. */
export function judgeManagedPermissions(
  host: Host,
  management: Known<HostManagement>,
  permissionsOf: SessionPermissions,
): Verdict<PermissionsProblem> {
  const { declaration, role } = management.value;
  if (role !== undefined) return judgeDeclaredRole(host, role, management, permissionsOf);
  const standard = { ...management, assuming: union(management.assuming, [STANDARD_ROLE]) };
  return judgeManaged(host, standard, `${managementName(declaration)} grants what a session needs`, []);
}

const STANDARD_ROLE = "the role it names has AmazonSSMManagedEC2InstanceDefaultPolicy";

function judgeDeclaredRole(
  host: Host,
  role: Role,
  { assuming }: Known<HostManagement>,
  permissionsOf: SessionPermissions,
): Verdict<PermissionsProblem> {
  const trust = mayAssume("ssm", role);
  if (trust.effect === "allowed")
    return judgePermissions(role, permissionsOf(host, role), union(assuming, trust.assuming));
  const name = `role ${shortName(role.declaration)}`;
  const unmet = trust.effect === "notAllowed" ? butFor(trust.unmet) : "";
  const refused = `its trust policy does not let ssm.amazonaws.com assume it${unmet}`;
  const why = trust.effect === "unknown" ? trust.reason : refused;
  return undecided(
    `whether Default Host Management Configuration can use ${name} is not known: ${why}`,
    `the trust policy of ${name}`,
  );
}

/**
 * The agent tries the instance profile first and turns to Default Host Management when that may not register; when it may,
 * the agent stays with the profile, whatever else that lacks.
 * Source: Systems Manager user guide, "Default Host Management Configuration".
 */
export function orManaged(
  own: Verdict<PermissionsProblem>,
  actions: readonly DecidedAction[],
  host: Host,
  management: Fact<HostManagement>,
  permissionsOf: SessionPermissions,
): Verdict<PermissionsProblem> {
  const registers = actions.find(({ action }) => action === "ssm:UpdateInstanceInformation")?.decision.effect;
  if (own.status === "pass" || management.state === "absent" || registers === "allowed") return own;
  if (management.state === "known" && registers !== "unknown") {
    return judgeManagedPermissions(host, management, permissionsOf);
  }
  const why = management.state === "unknown" ? management.reason : "Default Host Management Configuration may step in";
  return undecided(`${own.reason}; ${why}`, own.status === "unknown" ? own.missing : undefined, own.chain);
}
