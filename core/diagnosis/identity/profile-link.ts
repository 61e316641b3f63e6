import { type Fact, is, union } from "../../facts/fact";
import type { Host, InstanceProfile, Role } from "../../infrastructure/model";
import { hostName, shortName } from "../../program/names";
import { at } from "../../program/read";
import type { ProfileProblem } from "../problems";
import { fail, pass, type Step, undecided, type Verdict } from "../verdict";
import { withAssumptions } from "../wording";
import type { HostManagement } from "./default-host-management";
import type { Decision } from "./evaluate";
import { judgeManaged } from "./managed-host";
import { butFor } from "./unmet";

type ProfileVerdict = Verdict<ProfileProblem>;

/** Whether EC2 may assume a role. */
export type TrustOf = (role: Role) => Decision;

/** Whether a host gets the credentials of a role: instance profile, role, trust policy, instance metadata service. */
export function judgeProfile(host: Host, management: Fact<HostManagement>, trustOf: TrustOf): ProfileVerdict {
  const verdict = judgeCredentials(host, management, trustOf);
  const { httpEndpoint } = host.metadataOptions;
  if (httpEndpoint.state === "unknown") {
    if (verdict.status === "fail") return verdict;
    const what = `whether the instance metadata service of ${hostName(host)} is on`;
    return undecided(`${what} is not known: ${httpEndpoint.reason}`, what, verdict.chain);
  }
  return is(httpEndpoint, "disabled") ? withoutMetadata(host, httpEndpoint.assuming, verdict) : verdict;
}

function withoutMetadata(host: Host, assuming: readonly string[], verdict: ProfileVerdict): ProfileVerdict {
  const decidedBy = whoSetsMetadata(host);
  const text = `the instance metadata service of ${hostName(host)} is turned off, so its role's credentials do not reach the SSM Agent`;
  const why = withAssumptions(text, assuming);
  const problem: ProfileProblem = { kind: "imds-disabled", decidedBy, why };
  const chain: readonly Step[] = [...verdict.chain, { text, status: "broken", declaration: decidedBy }];
  if (verdict.status !== "fail") return fail(why, [problem], assuming, chain);
  const all = union(verdict.assuming, assuming);
  return fail(`${verdict.reason}; ${why}`, [...verdict.problems, problem], all, chain);
}

/** The host's own options win over those of its launch template. */
function whoSetsMetadata(host: Host) {
  const own = at(host.declaration.properties, "MetadataOptions").kind !== "absent";
  const { launchedFrom } = host;
  return own || launchedFrom.state !== "known" ? host.declaration : launchedFrom.value.declaration;
}

function judgeCredentials(host: Host, management: Fact<HostManagement>, trustOf: TrustOf): ProfileVerdict {
  const { instanceProfile } = host.identity;
  const chain: readonly Step[] = [{ text: hostName(host), status: "ok", declaration: host.declaration }];
  if (instanceProfile.state === "absent") return judgeWithout(host, instanceProfile.assuming, management, chain);
  if (instanceProfile.state === "unknown") {
    const what = `the instance profile of ${hostName(host)}`;
    return undecided(`${what} is not known: ${instanceProfile.reason}`, what, chain);
  }
  const { value: profile, assuming } = instanceProfile;
  const step: Step = { text: profileName(profile, host), status: "ok", declaration: profile.declaration };
  const verdict = judgeRole(profileName(profile, host), profile, trustOf, assuming, [...chain, step]);
  return verdict.status === "fail" ? unlessManaged(verdict, management) : verdict;
}

/** Which profile, in a sentence. A profile that a service makes has no declaration of its own. */
const profileName = (profile: InstanceProfile, host: Host): string =>
  profile.declaration === host.declaration
    ? `the instance profile that the service makes for ${hostName(host)}`
    : `instance profile ${shortName(profile.declaration)}`;

function judgeRole(
  name: string,
  profile: InstanceProfile,
  trustOf: TrustOf,
  assumingProfile: readonly string[],
  chain: readonly Step[],
): ProfileVerdict {
  const { role } = profile;
  if (role.state === "unknown") {
    return undecided(`the role of ${name} is not known: ${role.reason}`, `the role of ${name}`, chain);
  }
  const assuming = union(assumingProfile, role.assuming);
  if (role.state === "absent") {
    const broken: Step = { text: "no role", status: "broken", declaration: profile.declaration };
    const why = withAssumptions(`${name} holds no role`, assuming);
    const problem: ProfileProblem = { kind: "instance-profile-without-role", profile, why };
    return fail(why, [problem], assuming, [...chain, broken]);
  }
  return judgeTrust(role.value, trustOf(role.value), name, assuming, chain);
}

function judgeTrust(
  role: Role,
  decision: Decision,
  profile: string,
  assuming: readonly string[],
  chain: readonly Step[],
): ProfileVerdict {
  const name = `role ${shortName(role.declaration)}`;
  const step = (text: string, status: Step["status"]): readonly Step[] => [
    ...chain,
    { text, status, declaration: role.declaration },
  ];
  if (decision.effect === "unknown") {
    const reason = `whether EC2 may assume ${name} is not known: ${decision.reason}`;
    return undecided(reason, decision.by.text, step(reason, "unknown"));
  }
  const all = union(assuming, decision.assuming);
  if (decision.effect === "allowed") {
    const reason = withAssumptions(`${profile} holds ${name}, which EC2 may assume`, all);
    return pass(reason, all, step(`${name}, which EC2 may assume`, "ok"));
  }
  const text =
    decision.effect === "denied"
      ? `${decision.by.text} denies EC2 to assume ${name}`
      : `the trust policy of ${name} does not let EC2 assume it${butFor(decision.unmet)}`;
  const why = withAssumptions(text, all);
  return fail(why, [{ kind: "role-trust-missing", role, why }], all, step(text, "broken"));
}

function judgeWithout(
  host: Host,
  assuming: readonly string[],
  management: Fact<HostManagement>,
  chain: readonly Step[],
): ProfileVerdict {
  const name = hostName(host);
  const { decidedBy, roleInPlace } = host.identity;
  if (host.kind === "launchTemplate") {
    return undecided(
      `${name} names no instance profile and nothing in this program launches from it; a launch may bring its own`,
      `what launches from ${name}`,
      chain,
    );
  }
  if (roleInPlace !== undefined) {
    const refused = `${name} names ${roleInPlace} in place of an instance profile, and EC2 launches nothing with it`;
    return missing(host, refused, assuming, chain);
  }
  if (management.state === "known") return judgeManaged(host, management, `${name} needs no instance profile`, chain);
  if (management.state === "unknown") {
    return undecided(
      `${name} has no instance profile, and ${management.reason}`,
      "the role that Default Host Management Configuration gives",
      chain,
    );
  }
  const template =
    decidedBy === host.declaration ? "" : `: ${shortName(decidedBy)}, from which it launches, names none`;
  return missing(host, `${name} has no instance profile${template}`, assuming, chain);
}

function missing(host: Host, text: string, assuming: readonly string[], chain: readonly Step[]): ProfileVerdict {
  const { decidedBy, property } = host.identity;
  const why = withAssumptions(text, assuming);
  const broken: Step = { text: "no instance profile", status: "broken", declaration: decidedBy };
  const problem: ProfileProblem = { kind: "instance-profile-missing", why, decidedBy, property };
  return fail(why, [problem], assuming, [...chain, broken]);
}

/** The agent turns to Default Host Management when it gets no credentials; that a broken profile leaves it that way is not documented. */
function unlessManaged(verdict: ProfileVerdict, management: Fact<HostManagement>): ProfileVerdict {
  if (management.state === "absent") return verdict;
  const why = management.state === "unknown" ? management.reason : "Default Host Management Configuration may step in";
  return undecided(`${verdict.reason}; ${why}`, "a profile with a working role, or none", verdict.chain);
}
