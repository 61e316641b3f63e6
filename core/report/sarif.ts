import type { Assessment, Finding, HostVerdict, Suppression } from "../assessment/assessment";
import { fileUri, pathWithin, uriReference } from "../assessment/file-path";
import { fingerprintsOf } from "../assessment/fingerprint";
import { LINKS } from "../diagnosis/diagnose";
import type { NotJudged } from "../infrastructure/not-judged";
import type { DeclarationHead, ReadingProblem } from "../program/declaration";
import { shortName } from "../program/names";
import { baselineState, goneText } from "./baseline";
import { LINK_NAMES } from "./link-names";
import { type SourcePlace, sourceOfDeclaration, sourceOfFinding } from "./position";
import type { ReportInput } from "./report";
import { type SarifRule, sarifRules } from "./sarif-rules";
import { sentence } from "./text";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** The name of the folder that relative URIs count from. */
const BASE = "SRCROOT";

/** A log in SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. */
export function sarifReport({ assessment, rules, summary, options }: ReportInput): string {
  const { baseFolder, toolVersion } = options;
  const fingerprints = fingerprintsOf(assessment.findings, baseFolder);
  const descriptors = sarifRules(rules, assessment.findings);
  const log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "ssm-preflight", semanticVersion: toolVersion, rules: descriptors } },
        automationDetails: { id: "ssm-preflight/" },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { [BASE]: { uri: `${fileUri("", baseFolder).replace(/\/$/, "")}/` } },
        invocations: [
          {
            executionSuccessful: assessment.problems.length === 0,
            toolExecutionNotifications: [
              ...assessment.problems.map((problem) => problemEntry(problem, baseFolder)),
              ...assessment.hosts.flatMap((host) => unknownEntries(host, baseFolder)),
              ...assessment.notJudged.map((entry) => notJudgedEntry(entry, baseFolder)),
              ...goneEntries(assessment),
            ],
          },
        ],
        results: assessment.findings.map((finding) => ({
          ...resultEntry(finding, fingerprints.get(finding) ?? "", descriptors, baseFolder),
          ...baselineState(assessment, finding),
        })),
        properties: { summary },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultEntry(finding: Finding, fingerprint: string, rules: readonly SarifRule[], baseFolder: string) {
  const { rule, level, resource, place, message, fix, suppressed } = finding;
  const source = sourceOfFinding(finding);
  const elsewhere = { ...location(resource, sourceOfDeclaration(resource), baseFolder), id: 1 };
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level,
    message: { text: `${sentence(message)}\nFix: ${fix}` },
    locations: [location(place, source, baseFolder)],
    ...(place === resource
      ? {}
      : { relatedLocations: [{ ...elsewhere, message: { text: `${shortName(resource)} is concerned` } }] }),
    partialFingerprints: {
      "ssmPreflight/v1": fingerprint,
      // GitHub tells alerts apart by this one. Its upload action makes it from the line's text, where there is a line.
      ...(source?.line === undefined ? { primaryLocationLineHash: fingerprint } : {}),
    },
    suppressions: suppressed === null ? [] : [suppressionEntry(suppressed)],
  };
}

const suppressionEntry = ({ by, reason, expires, owner }: Suppression) => ({
  kind: by === "program" ? "inSource" : "external",
  status: "accepted",
  justification: reason,
  ...(expires === undefined && owner === undefined
    ? {}
    : { properties: { ...(expires === undefined ? {} : { expires }), ...(owner === undefined ? {} : { owner }) } }),
});

const location = (declaration: DeclarationHead, source: SourcePlace | undefined, baseFolder: string) => ({
  ...(source === undefined ? {} : { physicalLocation: physicalLocation(source, baseFolder) }),
  logicalLocations: [
    {
      name: shortName(declaration),
      fullyQualifiedName: qualifiedName(declaration),
      kind: "resource",
    },
  ],
});

function qualifiedName({ language, name, stack, constructPath }: DeclarationHead): string {
  return language === "pulumi" ? name : (constructPath ?? `${stack}/${name}`);
}

function physicalLocation({ file, line, column }: SourcePlace, baseFolder: string) {
  const path = pathWithin(file, baseFolder);
  return {
    artifactLocation:
      path === undefined ? { uri: fileUri(file, baseFolder) } : { uri: uriReference(path), uriBaseId: BASE },
    ...(line === undefined
      ? {}
      : { region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) } }),
  };
}

function problemEntry({ file, position, message }: ReadingProblem, baseFolder: string) {
  return {
    level: "error",
    message: { text: sentence(message) },
    ...(file === undefined
      ? {}
      : { locations: [{ physicalLocation: physicalLocation({ file, ...position }, baseFolder) }] }),
  };
}

const notJudgedEntry = ({ declaration, reason }: NotJudged, baseFolder: string) => ({
  level: "note",
  message: { text: `${shortName(declaration)} is not judged: ${sentence(reason)}` },
  locations: [location(declaration, sourceOfDeclaration(declaration), baseFolder)],
});

function goneEntries({ baseline }: Assessment) {
  const text = goneText(baseline);
  return text === undefined ? [] : [{ level: "note", message: { text: sentence(text) } }];
}

/** No alert, as there is nothing to mend, but no silence either. */
const unknownEntries = ({ declaration, links }: HostVerdict, baseFolder: string) =>
  LINKS.filter((link) => links[link].status === "unknown").map((link) => {
    const { reason, missing } = links[link];
    const decides = missing === undefined ? "" : ` Decides: ${sentence(missing)}`;
    return {
      level: "note",
      message: { text: `${LINK_NAMES[link]} of ${shortName(declaration)} not known: ${sentence(reason)}${decides}` },
      locations: [location(declaration, sourceOfDeclaration(declaration), baseFolder)],
    };
  });
