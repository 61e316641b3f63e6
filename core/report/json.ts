import { type Assessment, atLeast, type Finding, type HostVerdict, type LinkVerdict } from "../assessment/assessment";
import { LINKS } from "../diagnosis/diagnose";
import type { Declaration } from "../program/declaration";
import { positionOf } from "./position";

/** Version of the document's shape; it grows only when a reader of the old shape would go wrong. */
const SCHEMA = 1;

/** The report as one JSON document, always in the same order. */
export function jsonReport(assessment: Assessment): string {
  const document = {
    schema: SCHEMA,
    hosts: assessment.hosts.map(hostEntry),
    findings: assessment.findings.map(findingEntry),
    summary: summarise(assessment),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

export interface Summary {
  readonly hosts: number;
  readonly ready: number;
  readonly blocked: number;
  readonly unknown: number;
  readonly errors: number;
  readonly warnings: number;
  readonly suppressed: number;
}

export function summarise({ hosts, findings }: Assessment): Summary {
  const sessions = (session: HostVerdict["session"]) => hosts.filter((host) => host.session === session).length;
  const open = findings.filter((finding) => finding.suppressed === null);
  return {
    hosts: hosts.length,
    ready: sessions("ready"),
    blocked: sessions("blocked"),
    unknown: sessions("unknown"),
    errors: open.filter((finding) => finding.level === "error").length,
    warnings: open.filter((finding) => finding.level === "warning").length,
    suppressed: findings.length - open.length,
  };
}

/** Whether anything stands against a gate that fails on `threshold` and worse. */
export function fails(assessment: Assessment, threshold: "error" | "warning" | "note" | "unknown" | "never"): boolean {
  if (threshold === "never") return false;
  if (threshold === "unknown" && assessment.hosts.some((host) => host.session === "unknown")) return true;
  const level = threshold === "unknown" ? "error" : threshold;
  return assessment.findings.some((finding) => finding.suppressed === null && atLeast(finding.level, level));
}

const hostEntry = ({ declaration, session, links }: HostVerdict) => ({
  id: declaration.name,
  type: declaration.sourceType,
  ...source(declaration),
  session,
  links: Object.fromEntries(LINKS.map((link) => [link, linkEntry(links[link])])),
});

const linkEntry = ({ status, reason, missing }: LinkVerdict) => ({
  status,
  reason,
  ...(missing === undefined ? {} : { missing }),
});

const findingEntry = (finding: Finding) => ({
  rule: finding.rule,
  level: finding.level,
  resource: finding.resource.name,
  ...(finding.place === finding.resource ? {} : { place: finding.place.name }),
  ...(finding.place.file === undefined ? {} : { file: finding.place.file }),
  ...positionOf(finding),
  message: finding.message,
  why: finding.why,
  fix: finding.fix,
  docs: finding.docs,
  suppressed: finding.suppressed,
});

const source = (declaration: Declaration) => ({
  stack: declaration.stack,
  ...(declaration.file === undefined ? {} : { file: declaration.file }),
  ...(declaration.position === undefined ? {} : { line: declaration.position.line }),
  ...(declaration.constructPath === undefined ? {} : { constructPath: declaration.constructPath }),
});
