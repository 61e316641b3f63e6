import type { Finding, HostVerdict, LinkVerdict, Suppression } from "../assessment/assessment";
import { fingerprintsOf } from "../assessment/fingerprint";
import { LINKS } from "../diagnosis/diagnose";
import type { Fact } from "../facts/fact";
import type { NotJudged } from "../infrastructure/not-judged";
import type { DeclarationHead } from "../program/declaration";
import { baselineState } from "./baseline";
import { type MissingFact, missingFacts } from "./missing-facts";
import { positionOf } from "./position";
import type { ReportInput } from "./report";

/** Version of the document's shape; it grows only when a reader of the old shape would go wrong. */
const SCHEMA = 1;

/** The report as one JSON document, always in the same order. */
export function jsonReport({ assessment, summary, options }: ReportInput): string {
  const fingerprints = fingerprintsOf(assessment.findings, options.baseFolder);
  const document = {
    schema: SCHEMA,
    hosts: assessment.hosts.map(hostEntry),
    findings: assessment.findings.map((finding) => ({
      ...findingEntry(finding, fingerprints.get(finding)),
      ...baselineState(assessment, finding),
    })),
    summary,
    ...(assessment.baseline === undefined ? {} : { baseline: assessment.baseline }),
    ...(assessment.notJudged.length === 0 ? {} : { notJudged: assessment.notJudged.map(notJudgedEntry) }),
    ...(options.explainUnknown ? { missingFacts: missingFacts(assessment.hosts).map(missingFactEntry) } : {}),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const hostEntry = ({ declaration, session, links, inBaseline }: HostVerdict) => ({
  id: declaration.name,
  type: declaration.sourceType,
  ...source(declaration),
  ...certain("region", declaration.region),
  ...certain("account", declaration.account),
  session,
  ...(inBaseline === undefined ? {} : { baselineState: "unchanged" }),
  links: Object.fromEntries(LINKS.map((link) => [link, linkEntry(links[link])])),
});

const notJudgedEntry = ({ declaration, reason }: NotJudged) => ({
  id: declaration.name,
  type: declaration.sourceType,
  ...source(declaration),
  reason,
});

const missingFactEntry = ({ fact, supply, decides, concerns }: MissingFact) => ({
  fact,
  supply,
  decides: decides.map(({ declaration }) => declaration.name),
  concerns: concerns.map(({ declaration }) => declaration.name),
});

/** Left out where it is not known, or only taken for granted. */
const certain = (name: "region" | "account", fact: Fact<string>) =>
  fact.state === "known" && fact.assuming.length === 0 ? { [name]: fact.value } : {};

const linkEntry = ({ status, reason, missing }: LinkVerdict) => ({
  status,
  reason,
  ...(missing === undefined ? {} : { missing }),
});

const findingEntry = (finding: Finding, fingerprint: string | undefined) => ({
  rule: finding.rule,
  level: finding.level,
  resource: finding.resource.name,
  ...placeEntry(finding),
  message: finding.message,
  why: finding.why,
  fix: finding.fix,
  docs: finding.docs,
  fingerprint,
  suppressed: finding.suppressed === null ? null : suppressionEntry(finding.suppressed),
});

const suppressionEntry = ({ reason, expires, owner }: Suppression) => ({ reason, expires, owner });

/** Where to change something; `property` is a path in CloudFormation's names, whatever the language. */
export const placeEntry = (finding: Finding) => ({
  ...(finding.place === finding.resource ? {} : { place: finding.place.name }),
  ...(finding.property === undefined ? {} : { property: finding.property }),
  ...(finding.place.file === undefined ? {} : { file: finding.place.file }),
  ...positionOf(finding),
  ...(finding.place.sourceLocation === undefined ? {} : { sourceLocation: finding.place.sourceLocation }),
});

const source = (declaration: DeclarationHead) => ({
  stack: declaration.stack,
  ...(declaration.file === undefined ? {} : { file: declaration.file }),
  ...(declaration.position === undefined ? {} : { line: declaration.position.line }),
  ...(declaration.constructPath === undefined ? {} : { constructPath: declaration.constructPath }),
});
