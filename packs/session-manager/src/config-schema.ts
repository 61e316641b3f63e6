import type { PolicyConfigSchema } from "@pulumi/policy";
import { suggestion } from "../../../core/assessment/closest-word";
import type { ReadingProblem } from "../../../core/program/declaration";
import type { Rule } from "../../../core/rules/rule";
import { EXEMPTIONS_SCHEMA } from "./exemptions";
import { peopleSchema } from "./people";

/** What can be configured of a rule; the engine checks values against it. */
export function configSchema(rule: Rule): PolicyConfigSchema {
  const options = Object.entries(rule.options ?? {}).map(([name, option]) => [name, { ...option }]);
  return { properties: { exemptions: EXEMPTIONS_SCHEMA, ...peopleSchema(rule.id), ...Object.fromEntries(options) } };
}

/** Options that a rule does not have: the engine passes them on without a word. */
export function unknownOptions(rule: Rule, config: object): readonly ReadingProblem[] {
  const known = Object.keys(configSchema(rule).properties);
  return Object.keys(config)
    .filter((name) => !known.includes(name))
    .map((name) => ({
      message: `the configuration of ${rule.id} has an option ${name}, which there is not${suggestion(name, known)}`,
    }));
}
