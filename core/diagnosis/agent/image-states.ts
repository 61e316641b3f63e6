import type { Fact } from "../../facts/fact";
import type { Image } from "../../infrastructure/model";
import { type AgentState, NEWEST, release, settle, UNKNOWN_VERSION, WITHOUT_AGENT, withAgent } from "./agent-state";
import type { Packaging } from "./commands/effect";
import type { HostImage } from "./host-image";

export const familyOf = (image: HostImage | undefined): string | undefined =>
  image === undefined || image.family === "unrecognised" ? undefined : image.family;

export const packagingOf = (image: HostImage | undefined): Packaging | undefined => {
  if (image?.agent !== "ships" || familyOf(image) === undefined) return undefined;
  return image.upgradesItself === "snap" ? "snap" : "package";
};

/** The states a machine may start in, by its image. */
export function imageStates(fact: Fact<Image>, image: HostImage | undefined): readonly AgentState[] {
  if (image === undefined) return eitherWay(fact.state === "unknown" ? fact.reason : "the program names no image");
  if (image.agent === "unknown") return eitherWay(image.why);
  if (image.agent === "absent") {
    // FreeBSD's base images install the agent and leave it off.
    return image.family === "FreeBSD" ? [WITHOUT_AGENT, { ...WITHOUT_AGENT, installed: true }] : [WITHOUT_AGENT];
  }
  const shipped = withAgent(shippedVersion(image));
  if (image.upgradesItself === undefined || shipped.version.kind !== "release") return [shipped];
  return settle([shipped], [shipped, withAgent(NEWEST)], UPGRADES[image.upgradesItself]);
}

const UPGRADES = {
  snap: "the agent is a snap, which refreshes itself where it reaches the snap store",
  "security-updates": "the security updates at its first boot may bring a newer agent",
} as const;

const eitherWay = (doubt: string): readonly AgentState[] =>
  [withAgent(UNKNOWN_VERSION), WITHOUT_AGENT].map((state) => ({ ...state, doubt }));

/** An image later than the last known release carries something at least as new. */
function shippedVersion({ newestAgent, imageDate, isLatest }: HostImage): AgentState["version"] {
  if (newestAgent !== undefined) return release(newestAgent);
  return isLatest || imageDate !== undefined ? NEWEST : UNKNOWN_VERSION;
}
