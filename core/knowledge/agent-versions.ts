import features from "./agent-features.json";
import versions from "./agent-versions.json";

export type AgentFeature = keyof typeof features.features;

/** The first agent version that has a feature, as AWS documents it. */
export interface AgentRequirement {
  readonly version: string;
  /** The page or release notes that say so. */
  readonly source: string;
  /** Where AWS's own pages disagree. */
  readonly note?: string;
}

export const agentRequirements: Readonly<Record<AgentFeature, AgentRequirement>> = features.features;

interface Release {
  readonly version: string;
  /** `YYYY-MM-DD`: the version cannot have been built before. */
  readonly date: string;
}

const releases: readonly Release[] = versions.releases.flatMap(([version, date]) =>
  version === undefined || date === undefined ? [] : [{ version, date }],
);

/** The last day for which {@link newestAgentOn} knows all releases. */
export const agentReleasesKnownUntil: string = versions.asOf;

/**
 * The newest agent an image built on a day (`YYYY-MM-DD`) can carry. An upper bound: the image may hold an older one.
 * Undefined where no bound is known, before the first release and after {@link agentReleasesKnownUntil}.
 */
export function newestAgentOn(date: string): string | undefined {
  if (date > agentReleasesKnownUntil) return undefined;
  return releases.findLast((release) => release.date <= date)?.version;
}

/** Negative where `left` is older than `right`, 0 where they are the same version. Both are dotted numbers. */
export function compareAgentVersions(left: string, right: string): number {
  const leftParts = left.split(".").map(Number);
  const rightParts = right.split(".").map(Number);
  const length = Math.max(leftParts.length, rightParts.length);
  for (let index = 0; index < length; index++) {
    const difference = (leftParts[index] ?? 0) - (rightParts[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** `3.2.582.0`, not `latest` or `$LATEST`. */
export const isAgentVersion = (text: string): boolean => /^\d+(\.\d+){1,3}$/.test(text);
