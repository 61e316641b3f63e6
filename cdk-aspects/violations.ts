import type { PolicyViolatingResource, PolicyViolation } from "aws-cdk-lib";
import { atLeast, type Finding, type HostVerdict } from "../core/assessment/assessment";
import { compareHosts } from "../core/assessment/order";
import { summarise } from "../core/assessment/summary";
import { LINKS } from "../core/diagnosis/diagnose";
import type { DeclarationHead } from "../core/program/declaration";
import { shortName } from "../core/program/short-name";
import { suppressionText } from "../core/report/suppressions";
import { counted, namesText, sentence } from "../core/report/text";
import type { Level } from "../core/rules/rule";
import { NOT_JUDGED, UNKNOWN_HOSTS } from "../input/cloud-assembly-acknowledgements";
import type { ConstructTree } from "./construct-tree";
import type { Judgement } from "./judge";

/**
 * Whether a finding goes into the plugin's report: also an acknowledged one where CDK itself passes it over, for CDK then
 * lists what it passes over. `id` is the finding's `plugin::rule`.
 */
export function isReported({ resource, suppressed }: Finding, id: string, tree: ConstructTree | undefined): boolean {
  if (suppressed === null) return true;
  return resource.constructPath !== undefined && tree?.acknowledgedToCdk(id, resource.constructPath) === true;
}

/** The level from which on a finding stops the synthesis. */
export type Threshold = Level | "never";

/**
 * A finding as CDK reports it. CDK works out anew whether the synthesis goes on as soon as anything is acknowledged, and
 * then stops for whatever has severity `error`: so exactly what shall stop it has.
 */
export function violationOf(finding: Finding, failOn: Threshold): PolicyViolation {
  const { resource, place, property, message, why, fix, docs, level } = finding;
  const locations = place === resource && property !== undefined ? [`Properties.${property}`] : [];
  return {
    ruleName: finding.rule,
    description: `${sentence(message)} ${why}`,
    fix,
    severity: severityOf(level, failOn),
    ruleMetadata: {
      level,
      docs,
      ...(place === resource ? {} : { change: place.constructPath ?? place.name }),
    },
    violatingResources: [{ ...resourceOf(resource), locations }],
  };
}

function severityOf(level: Level, failOn: Threshold): "error" | "warning" | "info" {
  if (stops(level, failOn)) return "error";
  return level === "note" ? "info" : "warning";
}

export const stops = (level: Level, failOn: Threshold): boolean => failOn !== "never" && atLeast(level, failOn);

const resourceOf = (
  declaration: DeclarationHead,
): Pick<PolicyViolatingResource, "resourceLogicalId" | "templatePath"> => ({
  resourceLogicalId: declaration.name,
  ...(declaration.file === undefined ? {} : { templatePath: declaration.file }),
});

const MOST_NAMES = 5;

/** One line for all hosts of which not enough is known, and one for each thing that may hold others, so that silence always means ready. */
export const unknownHosts = (judgement: Judgement): readonly PolicyViolation[] => [
  ...openHosts(judgement),
  ...judgement.notJudged
    .filter(({ declaration }) => declaration.outOfSight !== undefined)
    .map(({ declaration, reason }) => unknownAt(declaration, `Of ${shortName(declaration)}: ${sentence(reason)}`)),
];

function openHosts(judgement: Judgement): readonly PolicyViolation[] {
  const open = judgement.hosts.filter(({ session }) => session === "unknown").sort(compareHosts);
  const [first] = open;
  if (first === undefined) return [];
  const { hosts, ready, blocked, unknown } = summarise(judgement);
  const counts = `${counted(hosts, "host")}: ${ready} ready, ${blocked} blocked, ${unknown} unknown`;
  const names = open.map(({ declaration }) => shortName(declaration));
  const whose = `Whether Session Manager will reach ${namesText(names, MOST_NAMES)}`;
  return [
    unknownAt(first.declaration, `${whose} cannot be told from the app alone (${counts}). ${firstReason(first)}`),
  ];
}

const unknownAt = (declaration: DeclarationHead, description: string): PolicyViolation => ({
  ruleName: UNKNOWN_HOSTS,
  description,
  severity: "info",
  violatingResources: [{ ...resourceOf(declaration), locations: [] }],
});

function firstReason({ declaration, links }: HostVerdict): string {
  const link = LINKS.find((name) => links[name].status === "unknown");
  if (link === undefined) return "";
  const { reason, missing } = links[link];
  const decides = missing === undefined ? "" : ` What would decide: ${sentence(missing)}`;
  return `Of ${shortName(declaration)}: ${sentence(reason)}${decides}`;
}

/** What could not be read or judged, as a warning that names it. CDK shows what is said about a stack, but not about the app. */
export function complaintsOf({ complaints, problems }: Judgement, stackPath: string): readonly PolicyViolation[] {
  const resource: PolicyViolatingResource = { constructPath: stackPath, locations: [] };
  return [
    ...complaints.map((complaint) => ({ description: sentence(complaint), violatingResources: [resource] })),
    ...problems.map(({ message, file }) => ({
      description: `${sentence(message)} The rest was judged.`,
      violatingResources: [file === undefined ? resource : { ...resource, templatePath: file }],
    })),
  ].map((violation) => ({ ruleName: NOT_JUDGED, severity: "warning", ...violation }));
}

/** What the report says of the whole app, and of findings that it leaves out with a reason. */
export function metadataOf(judgement: Judgement): Readonly<Record<string, string>> {
  const { hosts, ready, blocked, unknown } = summarise(judgement);
  const passedOver = judgement.findings.flatMap(({ rule, resource, suppressed }): [string, string][] =>
    suppressed === null
      ? []
      : [[`passed over: ${rule} of ${resource.constructPath ?? resource.name}`, suppressionText(suppressed)]],
  );
  return {
    hosts: String(hosts),
    ready: String(ready),
    blocked: String(blocked),
    unknown: String(unknown),
    ...Object.fromEntries(passedOver),
  };
}
