import { portablePath } from "../assessment/file-path";
import { fingerprintsOf } from "../assessment/fingerprint";
import { shortName } from "../program/names";
import type { Level } from "../rules/rule";
import { sourceOfFinding } from "./position";
import type { ReportInput } from "./report";
import { sentence } from "./text";

const SEVERITIES: Readonly<Record<Level, string>> = { error: "critical", warning: "minor", note: "info" };

/** A Code Quality report, https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format. What is suppressed is left out. */
export function gitlabReport({ assessment, options: { baseFolder } }: ReportInput): string {
  const fingerprints = fingerprintsOf(assessment.findings, baseFolder);
  const issues = assessment.findings
    .filter(({ suppressed }) => suppressed === null)
    .map((finding) => {
      const source = sourceOfFinding(finding);
      return {
        description: `${shortName(finding.resource)}: ${sentence(finding.message)} Fix: ${finding.fix}`,
        check_name: finding.rule,
        fingerprint: fingerprints.get(finding),
        severity: SEVERITIES[finding.level],
        // Both are required; a Pulumi preview has no lines.
        location: {
          path: source === undefined ? finding.place.stack : portablePath(source.file, baseFolder),
          lines: { begin: source?.line ?? 1 },
        },
      };
    });
  return `${JSON.stringify(issues, null, 2)}\n`;
}
