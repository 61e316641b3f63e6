import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Assessment, Finding, HostVerdict } from "../../core/assessment/assessment";
import { LINKS } from "../../core/diagnosis/diagnose";
import type { DeclarationHead } from "../../core/program/declaration";
import { shortName } from "../../core/program/names";
import { positionOf } from "../../core/report/position";

/** `error instance-profile-missing WebServer 4:3 instance WebServer has …`, and `unknown network WebServer where …`. */
export function goldenText({ findings, hosts }: Assessment): string {
  const lines = [...findings.map(findingLine), ...hosts.flatMap(unknownLines)];
  return lines.map((line) => `${line}\n`).join("");
}

function findingLine(finding: Finding): string {
  const { level, rule, resource, place, message, suppressed } = finding;
  const at = place === resource ? "" : ` at ${shownName(place)}`;
  return [`${level} ${rule} ${shownName(resource)}${at}`, positionText(finding), message, suppressed && "(suppressed)"]
    .filter((part) => part)
    .join(" ");
}

const unknownLines = ({ declaration, links }: HostVerdict): readonly string[] =>
  LINKS.filter((link) => links[link].status === "unknown").map((link) => {
    const { reason, missing } = links[link];
    return `unknown ${link} ${shownName(declaration)} ${reason}${missing === undefined ? "" : ` (decides: ${missing})`}`;
  });

/** The construct where there is one: its path stays when the ways of making logical ids change. */
const shownName = (declaration: DeclarationHead): string => declaration.constructPath ?? shortName(declaration);

/** Lines of a synthesised template say nothing about a program. */
function positionText(finding: Finding): string | undefined {
  const position = finding.place.language === "cloudformation" ? positionOf(finding) : undefined;
  return position && `${position.line}:${position.column}`;
}

/** Compares with a golden file, or writes it when UPDATE_GOLDEN is set. */
export function expectGolden(file: string, text: string): void {
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, text);
  expect(text).toBe(
    existsSync(file) ? readFileSync(file, "utf8") : "there is no golden file; run with UPDATE_GOLDEN=1",
  );
}
