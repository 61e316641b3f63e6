import {
  agentReleasesKnownUntil,
  agentRequirements,
  compareAgentVersions,
  newestAgentOn,
} from "../../knowledge/agent-versions";
import type { AgentVersion } from "./agent-state";

const newestKnown = newestAgentOn(agentReleasesKnownUntil);

/** A clause that says how far the knowledge reaches. */
export const NEWEST_KNOWN = `the newest known is ${newestKnown} of ${agentReleasesKnownUntil} or before`;

/** `newest` is the newest version it can be. */
export type Recency = "yes" | "unknown" | "unreleased" | { readonly newest: string };

/** Whether an agent is at least as new as a minimum, `major.minor.patch.build`. */
export function isRecentEnough(version: AgentVersion, minimum: string): Recency {
  if (newestKnown !== undefined && compareAgentVersions(newestKnown, minimum) < 0) return "unreleased";
  if (version.kind === "newest") return "yes";
  if (version.kind === "release") {
    return compareAgentVersions(version.number, minimum) >= 0 ? "yes" : { newest: version.number };
  }
  // Images and repositories of unknown date are taken to know sessions at all, which came in 2018.
  return compareAgentVersions(minimum, agentRequirements.sessionManager.version) <= 0 ? "yes" : "unknown";
}
