import type { ResourceValidationPolicy } from "@pulumi/policy";
import type { SharedDiagnosis } from "./shared-diagnosis";

/**
 * Remembers what the program sets. The stack policies see outputs, in which the provider has filled what the program left
 * out; only here is a property that was not set really absent.
 */
export const inputsPolicy = (diagnosis: SharedDiagnosis): ResourceValidationPolicy => ({
  name: "session-manager-inputs",
  displayName: "Session Manager: program inputs",
  description:
    "Remembers what the program sets, for the other policies of the pack. Reports nothing itself; do not disable it.",
  validateResource: (resource) => diagnosis.record(resource),
});
