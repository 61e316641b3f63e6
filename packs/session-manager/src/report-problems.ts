import type { ReportViolation } from "@pulumi/policy";
import type { SharedDiagnosis } from "./shared-diagnosis";

/** Tells what could not be judged, unless another policy has told it. */
export function reportProblems(diagnosis: SharedDiagnosis, reportViolation: ReportViolation): void {
  for (const { message, declaration } of diagnosis.takeProblems()) reportViolation(`${message}.`, declaration);
}
