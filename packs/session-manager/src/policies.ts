import type { Policies } from "@pulumi/policy";
import { RULES } from "../../../core/rules";
import type { Rule } from "../../../core/rules/rule";
import { inputsPolicy } from "./inputs-policy";
import { rulePolicy } from "./rule-policy";
import { SharedDiagnosis, type Surroundings } from "./shared-diagnosis";
import { summaryPolicy } from "./summary-policy";

/**
 * The policies of the pack: one that listens, one per rule, one that counts. All look at one diagnosis, made by whichever
 * runs first; rules with options come first because a policy learns its configuration only when it runs.
 */
export function sessionManagerPolicies(surroundings: Surroundings): Policies {
  const diagnosis = new SharedDiagnosis(surroundings);
  const byOptions = (left: Rule, right: Rule) =>
    Number(right.options !== undefined) - Number(left.options !== undefined);
  const rules = [...RULES].sort(byOptions);
  return [inputsPolicy(diagnosis), ...rules.map((rule) => rulePolicy(rule, diagnosis)), summaryPolicy(diagnosis)];
}
