import { compareAgentVersions } from "../../knowledge/agent-versions";

/**
 * One way a machine can stand, as far as the SSM agent goes. Where a script forks on something unknown there are several,
 * and a verdict is certain only where all of them agree.
 */
export interface AgentState {
  readonly installed: boolean;
  readonly running: boolean;
  /** Comes back after a restart. */
  readonly enabled: boolean;
  readonly masked: boolean;
  readonly version: AgentVersion;
  /** The last command that changed it, as written. */
  readonly lastAction?: string;
  /** Why a command that would have installed it did nothing: a sentence without its stop. */
  readonly futile?: string;
  /** Why another state is possible too: a clause that completes "not known: …". */
  readonly doubt?: string;
  /** What was taken for granted to get here. */
  readonly assuming: readonly string[];
}

/** `newest` is what AWS published last; `unknown` may be any. */
export type AgentVersion =
  | { readonly kind: "release"; readonly number: string }
  | { readonly kind: "newest" }
  | { readonly kind: "unknown" };

export const NEWEST: AgentVersion = { kind: "newest" };
export const UNKNOWN_VERSION: AgentVersion = { kind: "unknown" };
export const release = (number: string): AgentVersion => ({ kind: "release", number });

export const withAgent = (version: AgentVersion): AgentState => ({
  installed: true,
  running: true,
  enabled: true,
  masked: false,
  version,
  assuming: [],
});

export const WITHOUT_AGENT: AgentState = {
  installed: false,
  running: false,
  enabled: false,
  masked: false,
  version: UNKNOWN_VERSION,
  assuming: [],
};

/** The agent is there, runs, and will again after a restart. */
export const isReady = (state: AgentState): boolean =>
  state.installed && state.running && state.enabled && !state.masked;

/**
 * What a command does to the agent.
 * AWS's packages enable and start the agent when they are installed and again when they are upgraded.
 * Source: packaging/linux/amazon-ssm-agent.spec and packaging/ubuntu/postinst of github.com/aws/amazon-ssm-agent.
 */
export type AgentEffect =
  | { readonly kind: "install" | "upgrade"; readonly version: AgentVersion; readonly assuming?: string }
  | { readonly kind: "start" | "enable" | "stop" | "disable" | "mask" | "unmask" | "remove" | "restartMachine" };

/** The state after an effect; `action` is the command as written. */
export function after(state: AgentState, effect: AgentEffect, action: string): AgentState {
  const changed = applied(state, effect);
  return isSame(state, changed) && effect.kind !== "install" ? state : { ...changed, lastAction: action };
}

function applied(state: AgentState, effect: AgentEffect): AgentState {
  switch (effect.kind) {
    case "install":
      return installed(state, effect.version, effect.assuming);
    case "upgrade":
      return state.installed ? installed(state, effect.version, effect.assuming) : state;
    case "start":
      return { ...state, running: state.running || (state.installed && !state.masked) };
    case "enable":
      return { ...state, enabled: state.installed };
    case "stop":
      return { ...state, running: false };
    case "disable":
      return { ...state, enabled: false };
    case "mask":
      return { ...state, masked: state.installed };
    case "unmask":
      return { ...state, masked: false };
    case "remove":
      return { ...state, installed: false, running: false, enabled: false, masked: false };
    case "restartMachine":
      return { ...state, running: state.installed && state.enabled && !state.masked };
  }
}

function installed(state: AgentState, version: AgentVersion, assuming: string | undefined): AgentState {
  return {
    ...state,
    installed: true,
    running: state.running || !state.masked,
    enabled: true,
    version: state.installed ? newer(state.version, version) : version,
    // An agent that was there already stays there whether or not the installation works.
    assuming: assuming === undefined || isReady(state) ? state.assuming : [...state.assuming, assuming],
  };
}

/** A package manager does not replace a package by an older one. */
function newer(left: AgentVersion, right: AgentVersion): AgentVersion {
  if (left.kind === "newest" || right.kind === "newest") return NEWEST;
  if (left.kind === "unknown" || right.kind === "unknown") return UNKNOWN_VERSION;
  return compareAgentVersions(left.number, right.number) >= 0 ? left : right;
}

const keyOf = (state: AgentState): string =>
  [
    state.installed,
    state.running,
    state.enabled,
    state.masked,
    state.version.kind === "release" ? state.version.number : state.version.kind,
    state.assuming.join(";"),
  ].join(",");

const isSame = (left: AgentState, right: AgentState): boolean => keyOf(left) === keyOf(right);

/** The states without repetitions. */
export function distinct(states: readonly AgentState[]): readonly AgentState[] {
  if (states.length < 2) return states;
  const byKey = new Map<string, AgentState>();
  for (const state of states) {
    const key = keyOf(state);
    if (!byKey.has(key)) byKey.set(key, state);
  }
  return [...byKey.values()];
}

/**
 * The states after a stretch of script of which not all is sure to run. Where it makes no difference nothing is in doubt;
 * else every state that is possible carries the doubt.
 */
export function settle(
  before: readonly AgentState[],
  outcomes: readonly AgentState[],
  doubt: string,
): readonly AgentState[] {
  const states = distinct(outcomes);
  const known = new Set(before.map(keyOf));
  if (states.length === known.size && states.every((state) => known.has(keyOf(state)))) return before;
  if (states.length < 2) return states;
  return states.map((state) => (state.doubt === undefined ? { ...state, doubt } : state));
}
