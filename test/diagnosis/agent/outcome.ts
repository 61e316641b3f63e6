import {
  type AgentState,
  isReady,
  NEWEST,
  UNKNOWN_VERSION,
  WITHOUT_AGENT,
  withAgent,
} from "../../../core/diagnosis/agent/agent-state";
import { afterUserData } from "../../../core/diagnosis/agent/user-data";
import { known } from "../../../core/facts/fact";
import type { Value } from "../../../core/program/value";
import { NOTHING } from "../../../core/program/value";
import { text } from "../../support/model";

/** `agent` it surely runs, `none` it surely does not, `maybe` otherwise. */
export type Outcome = "agent" | "none" | "maybe";

/** Where a machine starts: with the agent of today, without one, or with an image of which nothing is known. */
export const BARE: readonly AgentState[] = [WITHOUT_AGENT];
export const SHIPPED: readonly AgentState[] = [withAgent(NEWEST)];
export const UNKNOWN_IMAGE: readonly AgentState[] = [withAgent(UNKNOWN_VERSION), WITHOUT_AGENT];

interface Setting {
  readonly family?: string;
  readonly init?: Value;
}

/** Holes of the program are written `«AWS::Region»`. */
export function statesAfter(
  userData: string,
  before: readonly AgentState[],
  { family, init = NOTHING }: Setting = {},
): readonly AgentState[] {
  return afterUserData({ userData: known({ parts: text(userData) }), init, family }, before);
}

export function outcomeOf(states: readonly AgentState[]): Outcome {
  if (states.every(isReady)) return "agent";
  return states.some(isReady) ? "maybe" : "none";
}

export const outcome = (userData: string, before: readonly AgentState[], setting?: Setting): Outcome =>
  outcomeOf(statesAfter(userData, before, setting));
