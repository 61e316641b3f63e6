import { absent, assumptionsOf, type Fact, union } from "../../facts/fact";
import { memoize } from "../../facts/lazy";
import type { Host, Infrastructure } from "../../infrastructure/model";
import { hostName } from "../../program/names";
import { HOST_MANAGEMENT_AGENT, hostManagementOf } from "../identity/default-host-management";
import { judgeByUsers } from "../identity/launches";
import type { AgentProblem, DiagnosisOptions } from "../problems";
import { fail, pass, type Step, undecided, type Verdict } from "../verdict";
import { withAssumptions } from "../wording";
import { type AgentState, isReady } from "./agent-state";
import { keepsAgentCurrent } from "./agent-updates";
import { isRecentEnough, NEWEST_KNOWN } from "./agent-version";
import { type HostImage, recogniseHostImage } from "./host-image";
import { familyOf, imageStates, packagingOf } from "./image-states";
import { type afterUserData, userDataFollower } from "./user-data";

type AgentVerdict = Verdict<AgentProblem>;

export interface AgentDiagnosis {
  /** Whether the agent is on a host, runs there, and is new enough. */
  readonly host: (host: Host) => AgentVerdict;
  /** The same for a feature that takes a version of its own, `major.minor.patch.build`. */
  readonly atLeast: (host: Host, version: string) => AgentVerdict;
}

/** Answers for all hosts of one infrastructure. */
export function agentDiagnosis(infrastructure: Infrastructure, options: DiagnosisOptions): AgentDiagnosis {
  const follow = userDataFollower();
  const managementOf = hostManagementOf(infrastructure);
  const evidence = memoize((host: Host) => evidenceOn(host, infrastructure, follow));
  const atLeast = (host: Host, minimum: string) => verdictOn({ ...evidence(host), minimum });
  const judgeItself = (host: Host): AgentVerdict => {
    const verdict = atLeast(host, options.minimumAgentVersion);
    const isManaged = host.identity.instanceProfile.state === "absent" && managementOf(host).state === "known";
    return isManaged && verdict.status === "pass" ? forManagement(verdict, evidence(host)) : verdict;
  };
  const judge: (host: Host) => AgentVerdict = memoize((host) => {
    if (host.outOfScope !== undefined) return undecided(`not judged: ${host.outOfScope}`);
    const [user, ...users] = host.launches.filter(({ outOfScope }) => outOfScope === undefined);
    return user === undefined ? judgeItself(host) : judgeByUsers(host, [user, ...users], judge);
  });
  return { host: judge, atLeast };
}

/** {@link agentDiagnosis} for a single host. */
export const diagnoseAgent = (host: Host, infrastructure: Infrastructure, options: DiagnosisOptions): AgentVerdict =>
  agentDiagnosis(infrastructure, options).host(host);

/** What is known of the agent on one host. */
interface Evidence {
  readonly host: Host;
  readonly states: readonly AgentState[];
  readonly image: HostImage | undefined;
  readonly assuming: readonly string[];
  readonly current: () => Fact<boolean>;
  readonly chain: readonly Step[];
}

/** What a verdict on one host rests on. */
interface Case extends Evidence {
  readonly minimum: string;
  /** What needs the minimum, where that is not sessions as such. */
  readonly purpose?: string;
}

/** An agent that is too old to ask for the role never registers, so that no command updates it. */
function forManagement(verdict: AgentVerdict, evidence: Evidence): AgentVerdict {
  const purpose = "for Default Host Management Configuration to give the host a role";
  const asking = verdictOn({ ...evidence, minimum: HOST_MANAGEMENT_AGENT, purpose, current: () => absent() });
  return asking.status === "fail" ? asking : verdict;
}

function evidenceOn(host: Host, infrastructure: Infrastructure, follow: typeof afterUserData): Evidence {
  const image = host.image.state === "known" ? recogniseHostImage(host.image.value) : undefined;
  const before = imageStates(host.image, image);
  const boot = { userData: host.userData, init: host.init, family: familyOf(image), packaging: packagingOf(image) };
  const states = follow(boot, before);
  const assuming = [assumptionsOf(host.image), assumptionsOf(host.userData), ...states.map((state) => state.assuming)];
  return {
    host,
    states,
    image,
    assuming: [...assuming, leftAlone(host, states)].reduce(union, []),
    current: () => keepsAgentCurrent(host, infrastructure),
    chain: chainOf(host, image, before, states),
  };
}

/** User data out of sight is taken not to remove an agent that the image brings. */
const leftAlone = (host: Host, states: readonly AgentState[]): readonly string[] =>
  host.userData.state === "unknown" && states.every(isReady)
    ? ["its user data, which is not known, leaves the SSM Agent alone"]
    : [];

function verdictOn(it: Case): AgentVerdict {
  const judged = it.states.map((state) => judgeState(state, it));
  const [first, ...others] = judged;
  if (first === undefined) return undecided(`what becomes of the SSM Agent on ${hostName(it.host)} is not known`);
  if (others.some(({ status }) => status !== first.status)) return mixed(judged, it);
  const reason = withAssumptions(first.reason, it.assuming);
  switch (first.status) {
    case "ready":
      return pass(reason, it.assuming, it.chain);
    case "missing": {
      const property = it.states[0]?.lastAction === undefined ? "ImageId" : "UserData";
      const problem = { kind: "agent-missing", image: imageName(it), why: reason, property } as const;
      return fail(reason, [problem], it.assuming, it.chain);
    }
    case "outdated":
      return fail(
        reason,
        [{ kind: "agent-outdated", newest: first.newest, minimum: it.minimum, why: reason }],
        it.assuming,
        it.chain,
      );
    case "open":
      return undecided(first.reason, first.missing, it.chain);
  }
}

const imageName = ({ image }: Case): string => image?.name ?? "an image that is not known";

/** Some states are well and some are not: the doubt that sets them apart is the reason. */
function mixed(judged: readonly Judged[], it: Case): AgentVerdict {
  const open = judged.find((each) => each.status === "open");
  const doubt = it.states.find((state) => state.doubt !== undefined)?.doubt;
  const bad = judged.find((each) => each.status === "outdated" || each.status === "missing");
  const what = bad?.status === "outdated" ? `is as new as ${it.minimum}` : "runs";
  const reason = `whether the SSM Agent ${what} on ${hostName(it.host)} is not known: ${doubt ?? open?.reason ?? bad?.reason}`;
  return undecided(reason, missingFact(it), it.chain);
}

function missingFact({ host, image }: Case): string {
  if (image === undefined) return `the image of ${hostName(host)}`;
  return image.missing ?? `whether user data leaves the SSM Agent of ${hostName(host)} running`;
}

type Judged =
  | { readonly status: "ready" | "missing"; readonly reason: string }
  | { readonly status: "outdated"; readonly reason: string; readonly newest: string }
  | { readonly status: "open"; readonly reason: string; readonly missing?: string };

function judgeState(state: AgentState, it: Case): Judged {
  if (!isReady(state)) return { status: "missing", reason: whyMissing(state, it) };
  const recent = isRecentEnough(state.version, it.minimum);
  if (recent === "unreleased") {
    return { status: "open", reason: `no release of the SSM Agent as new as ${it.minimum} is known; ${NEWEST_KNOWN}` };
  }
  if (recent === "unknown") {
    const reason = `which SSM Agent ${imageName(it)} carries is not known, so neither is whether it is as new as ${it.minimum}`;
    return { status: "open", reason, missing: `the date of the image of ${hostName(it.host)}` };
  }
  const reason = whyReady(state, it);
  if (recent === "yes") return { status: "ready", reason };
  return judgeUpdates(recent.newest, state, it);
}

/** An agent too old for sessions still takes commands, so AWS-UpdateSSMAgent reaches it. */
function judgeUpdates(newest: string, state: AgentState, it: Case): Judged {
  const purpose = it.purpose === undefined ? "" : ` ${it.purpose}`;
  const tooOld = `${whyOld(newest, state, it)}, and ${it.minimum} is needed${purpose}`;
  const current = it.current();
  if (current.state === "unknown") return { status: "open", reason: `${tooOld}; ${current.reason}` };
  if (current.state === "known" && current.value) {
    return { status: "ready", reason: `${whyOld(newest, state, it)}; AWS-UpdateSSMAgent brings a newer one` };
  }
  return { status: "outdated", newest, reason: tooOld };
}

const whyOld = (newest: string, state: AgentState, it: Case): string =>
  state.lastAction === undefined
    ? `the image of ${hostName(it.host)} (${imageName(it)}, ${it.image?.imageDate}) carries SSM Agent ${newest} at most`
    : `user data of ${hostName(it.host)} installs SSM Agent ${newest} (\`${state.lastAction}\`)`;

function whyReady(state: AgentState, it: Case): string {
  if (state.lastAction !== undefined) return `user data brings or starts the SSM Agent: \`${state.lastAction}\``;
  return it.image?.why ?? `${imageName(it)} carries the SSM Agent`;
}

function whyMissing(state: AgentState, it: Case): string {
  const name = hostName(it.host);
  if (state.lastAction !== undefined) {
    return `user data of ${name} leaves the SSM Agent ${howItStands(state)}: \`${state.lastAction}\``;
  }
  const without = it.host.userData.state === "absent" ? "there is no user data to" : "its user data does not";
  const action = state.futile ?? `${without} install it`;
  return `${name} has no SSM Agent: ${it.image?.why ?? "its image leaves it out"}, and ${action}`;
}

function howItStands(state: AgentState): string {
  if (!state.installed) return "removed";
  if (state.masked) return "masked";
  return state.running ? "disabled, so that it does not come back after a restart" : "stopped";
}

function chainOf(
  host: Host,
  image: HostImage | undefined,
  before: readonly AgentState[],
  states: readonly AgentState[],
): readonly Step[] {
  const { declaration } = host;
  const statusOf = (each: readonly AgentState[]): Step["status"] =>
    each.every(isReady) ? "ok" : each.some(isReady) ? "unknown" : "broken";
  const imageStep: Step = { text: `image: ${image?.why ?? "not known"}`, status: statusOf(before), declaration };
  if (host.userData.state === "absent") return [imageStep];
  const [action] = states.flatMap(({ lastAction, futile }) => lastAction ?? futile ?? []);
  return [
    imageStep,
    {
      text: `user data${action === undefined ? " leaves the agent alone" : `: ${action}`}`,
      status: statusOf(states),
      declaration,
    },
  ];
}
