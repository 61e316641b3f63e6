import { newestAgentOn } from "./agent-versions";
import { covers, intersects } from "./glob";
import data from "./images.json";

/** What is known of the SSM Agent in an image. */
export interface RecognisedImage {
  /** `Amazon Linux 2023 minimal`; `unrecognised` where no published family fits. */
  readonly family: string;
  readonly agent: AgentPresence;
  /** `YYYY-MM-DD`, where the name tells it. */
  readonly imageDate?: string;
  /** The newest agent an image of that date can carry; it may carry an older one. */
  readonly newestAgent?: string;
  /**
   * How the agent gets newer without anyone's doing, given a way to the repository: a snap refreshes by itself, and
   * Amazon Linux AMI and 2 install security updates at launch (EC2 user guide, "Amazon Linux", security updates).
   */
  readonly upgradesItself?: "snap" | "security-updates";
  /** A clause that can follow "because". */
  readonly why: string;
  /** The page or repository the verdict rests on. */
  readonly source: string;
}

export type AgentPresence = "ships" | "absent" | "unknown";

interface Family {
  readonly family: string;
  readonly publisher: string;
  readonly agent: AgentPresence;
  /** The agent is in images from this day on. */
  readonly since?: string;
  /** The agent is surely not in images before this day; between the two nothing is known. */
  readonly absentBefore?: string;
  /** Newer images exist under names that the same filter matches, and a lookup takes the newest. */
  readonly superseded?: boolean;
  readonly upgradesItself?: "snap" | "security-updates";
  readonly names: readonly string[];
  readonly parameters: readonly string[];
  readonly why: string;
  readonly source: string;
}

const isPresence = (text: string): text is AgentPresence => ["ships", "absent", "unknown"].includes(text);

const isUpgrade = (text: string): text is "snap" | "security-updates" => ["snap", "security-updates"].includes(text);

const families: readonly Family[] = data.families.map(({ agent, upgradesItself, ...row }) => ({
  ...row,
  agent: isPresence(agent) ? agent : "unknown",
  ...(upgradesItself !== undefined && isUpgrade(upgradesItself) ? { upgradesItself } : {}),
}));

const publishers: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(data.publishers));

const owners: ReadonlySet<string> = new Set(Object.values(data.publishers).flat());

export const PREINSTALLED_PAGE =
  "https://docs.aws.amazon.com/systems-manager/latest/userguide/ami-preinstalled-agent.html";

export const unrecognised = (why: string): RecognisedImage => ({
  family: "unrecognised",
  agent: "unknown",
  why,
  source: PREINSTALLED_PAGE,
});

/** Whether the catalogue knows the images of an account or alias. */
export const isPublisher = (owner: string): boolean => owners.has(owner);

/** The verdict of a row by its name, for services that choose the image themselves. */
export function imageOfFamily(name: string, imageDate?: string): RecognisedImage {
  const family = families.find((row) => row.family === name);
  return family === undefined ? unrecognised(`no image family is called ${name}`) : judge(family, imageDate);
}

const matchedParameters = new Map<string, RecognisedImage>();

/** Matches a parameter path, or a pattern of one, against the catalogue. Most hosts of a program name the same few. */
export function matchParameter(path: string): RecognisedImage {
  const matched = matchedParameters.get(path) ?? match(path, families, (family) => family.parameters);
  matchedParameters.set(path, matched);
  return matched;
}

/** Matches an AMI name, or a pattern of one, against the images of the given owners; without owners against all. */
export function matchName(name: string, by: readonly string[], imageDate?: string): RecognisedImage {
  const candidates = by.length === 0 ? families : families.filter((family) => isPublishedBy(family, by));
  return match(name, candidates, (family) => family.names, imageDate);
}

const isPublishedBy = ({ publisher }: Family, by: readonly string[]): boolean =>
  (publishers.get(publisher) ?? []).some((owner) => by.includes(owner));

// The first row that covers the pattern decides, unless an earlier row catches a part of it and says otherwise.
function match(
  pattern: string,
  candidates: readonly Family[],
  globsOf: (family: Family) => readonly string[],
  imageDate = dateIn(pattern),
): RecognisedImage {
  const wide = /[*?]/.test(pattern);
  const overlapping: Family[] = [];
  for (const family of candidates) {
    const globs = globsOf(family);
    if (globs.some((glob) => covers(glob, pattern))) {
      const other = overlapping.find(({ agent }) => agent !== family.agent);
      return other === undefined ? judge(family, imageDate) : ambiguous(pattern, [other, family]);
    }
    if (wide && !family.superseded && globs.some((glob) => intersects(glob, pattern))) overlapping.push(family);
  }
  if (overlapping.length > 0) return ambiguous(pattern, overlapping);
  return unrecognised(`"${pattern}" is none of the published images that are known`);
}

function ambiguous(pattern: string, matched: readonly Family[]): RecognisedImage {
  const names = matched.map(({ family }) => family).slice(0, 3);
  return unrecognised(
    `"${pattern}" is too wide to tell which image it takes: it matches ${names.join(", ")} and maybe others`,
  );
}

function judge(family: Family, imageDate: string | undefined): RecognisedImage {
  const agent = presenceOn(family, imageDate);
  const newestAgent = agent === "ships" && imageDate !== undefined ? newestAgentOn(imageDate) : undefined;
  return {
    family: family.family,
    agent,
    ...(imageDate === undefined ? {} : { imageDate }),
    ...(newestAgent === undefined ? {} : { newestAgent }),
    ...(agent !== "ships" || family.upgradesItself === undefined ? {} : { upgradesItself: family.upgradesItself }),
    why: agent === family.agent ? family.why : `${family.why}, and this image is of ${imageDate}`,
    source: family.source,
  };
}

function presenceOn({ agent, since, absentBefore }: Family, imageDate: string | undefined): AgentPresence {
  if (agent !== "ships" || imageDate === undefined || since === undefined || imageDate >= since) return agent;
  return absentBefore !== undefined && imageDate < absentBefore ? "absent" : "unknown";
}

const DATE = /(?<!\d)(20\d\d)([.-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)/g;

/** The build date (`YYYY-MM-DD`) in an AMI name or parameter path: `20180811`, `2018.08.11`, `2018-08-11`; the last one counts. */
export function dateIn(text: string): string | undefined {
  const last = [...text.matchAll(DATE)].at(-1);
  return last === undefined ? undefined : `${last[1]}-${last[3]}-${last[4]}`;
}
