import type { TextOptions } from "../../core/explain/explanation-text";
import { reasonOf } from "../../input/reason";
import { UsageError } from "../options";
import type { DoctorArguments } from "./arguments";
import { CHECKS } from "./checks";
import { doctorJson, doctorText, type Finding } from "./doctor-report";
import { type ReportHost, readReport } from "./report-hosts";
import { survey } from "./survey";
import type { Workstation } from "./workstation";

export interface DoctorResult {
  readonly report: string;
  readonly status: 0 | 1 | 2;
}

/**
 * Looks at a workstation. Status 0: no problem; 1: problems; 2: nothing could be judged.
 * @throws {UsageError} where the report that is given cannot be read.
 */
export function doctor(options: DoctorArguments, workstation: Workstation, text: TextOptions): DoctorResult {
  const view = survey(workstation, options, reportHosts(options.report, workstation));
  const findings = CHECKS.map((check) => ({ check, outcome: check.run(view) }));
  const report = options.format === "json" ? doctorJson(findings) : doctorText(findings, text);
  return { report, status: statusOf(findings) };
}

function statusOf(findings: readonly Finding[]): 0 | 1 | 2 {
  if (findings.some(({ outcome }) => outcome.status === "problem")) return 1;
  return findings.some(({ outcome }) => outcome.status === "ok") ? 0 : 2;
}

function reportHosts(file: string | undefined, { readText }: Workstation): readonly ReportHost[] | undefined {
  if (file === undefined) return undefined;
  let text: string | undefined;
  try {
    text = readText(file);
  } catch (error) {
    throw new UsageError(`--report ${file}: it cannot be read: ${reasonOf(error)}`);
  }
  return readReport(file, text);
}
