import type { Policies } from "@pulumi/policy";
import { RULES } from "../../../core/rules";
import { inputsPolicy } from "./inputs-policy";
import { rulePolicy } from "./rule-policy";
import { SharedDiagnosis, type Surroundings } from "./shared-diagnosis";
import { summaryPolicy } from "./summary-policy";

/**
 * The policies of the pack: one that listens, one per rule, one that counts. All look at one diagnosis, made by whichever runs first.
 */
export function sessionManagerPolicies(surroundings: Surroundings): Policies {
  const diagnosis = new SharedDiagnosis(surroundings);
  return [inputsPolicy(diagnosis), ...RULES.map((rule) => rulePolicy(rule, diagnosis)), summaryPolicy(diagnosis)];
}
