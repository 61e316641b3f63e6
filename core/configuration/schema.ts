import * as v from "valibot";
import { EXEMPTION_RULES } from "../assessment/exemptions";
import { THRESHOLDS } from "../assessment/summary";
import { ACCOUNT_FORM, REGION_FORM } from "../knowledge/partitions";
import { expectation } from "../rules/options";
import type { Rule, RuleOption } from "../rules/rule";
import { facts } from "./schema-facts";
import {
  described,
  flag,
  glob,
  globs,
  list,
  numeric,
  object,
  oneOf,
  optional,
  parameterValue,
  pattern,
  record,
  scalarOrMap,
  text,
  wholeNumber,
  wrong,
} from "./schema-parts";

const LEVEL = oneOf(["off", "error", "warning", "note"]);
const REGION = pattern(REGION_FORM, "a region such as eu-west-1");
const ACCOUNT = numeric(ACCOUNT_FORM, "an account id of 12 digits");
const PARAMETERS = record("a map of names to values", parameterValue());
const DATE = "a date of the form YYYY-MM-DD";

/** A rule as far as a configuration can change it. */
export type ConfigurableRule = Pick<Rule, "id" | "options">;

/** The shape of the configuration, from which the JSON Schema for editors is made too. */
export function configurationSchema(rules: readonly ConfigurableRule[]) {
  const ids = rules.map(({ id }) => id);
  return object("a map of settings", {
    $schema: optional(text("the address of a JSON Schema"), "For editors only"),
    rules: optional(
      object(
        "a map of rules to levels",
        Object.fromEntries([
          ...rules.map((rule) => [rule.id, v.exactOptional(ruleSettings(rule))]),
          ...EXEMPTION_RULES.map((rule) => [rule, v.exactOptional(ruleSettings({ id: rule }))]),
        ]),
      ),
      "How much each rule weighs here (off: its findings are left out), or a map with the level and the rule's options",
    ),
    failOn: optional(oneOf(THRESHOLDS), "What makes the exit status 1, as --fail-on"),
    baseline: optional(
      text("the path of a file"),
      "Findings that are known, as --baseline; written by --write-baseline",
    ),
    minimumAgent: optional(
      pattern(/^\d+\.\d+\.\d+\.\d+$/, "a version such as 3.1.1927.0"),
      "Oldest SSM Agent that counts as recent enough, as --minimum-agent",
    ),
    region: optional(REGION, "Region of templates that do not say it, as --region"),
    account: optional(ACCOUNT, "Account of templates that do not say it, as --account"),
    parameters: optional(PARAMETERS, "Values of template parameters, as --parameter"),
    templates: optional(list(templateSettings()), "Parameters, region and account of some templates"),
    include: optional(globs(), "Files, folders and globs to judge when the command line names none"),
    exclude: optional(globs(), "Globs of files not to judge when the command line names none"),
    images: optional(list(image()), "What the images are that the program names by their ids"),
    facts: optional(facts(), "What is so in the accounts, and no program says"),
    people: optional(list(person()), "Who is meant to use Session Manager, whatever the policies say"),
    exemptions: optional(list(exemption([...ids, "*"])), "Findings to pass over, each with a reason"),
  });
}

/** What the schema makes of a file. */
export type ConfigurationContent = v.InferOutput<ReturnType<typeof configurationSchema>>;

function ruleSettings({ options = {} }: ConfigurableRule) {
  const entries = Object.entries(options).map(([name, option]) => [
    name,
    optional(ruleOption(option), option.description),
  ]);
  const settings = object("a level, or a map with the key level and options", {
    level: v.exactOptional(LEVEL),
    ...Object.fromEntries(entries),
  });
  return scalarOrMap(LEVEL, settings);
}

function ruleOption(option: RuleOption) {
  return option.type === "string"
    ? pattern(new RegExp(option.pattern), expectation(option))
    : wholeNumber(option.minimum, option.maximum, expectation(option));
}

function templateSettings() {
  return object("a map with the key files", {
    files: described(v.union([glob(), globs()], wrong("a glob or a list of globs")), "Which templates"),
    parameters: v.exactOptional(PARAMETERS),
    region: v.exactOptional(REGION),
    account: v.exactOptional(ACCOUNT),
  });
}

function image() {
  return object("a map with the key id", {
    id: pattern(/^ami-\w+$/, "an image id such as ami-0abc"),
    name: optional(text("the name of an image"), "Its name, which tells the family and the date"),
    owner: optional(text("an account id or alias"), "Account id or alias, such as amazon"),
    parameter: optional(text("the path of an SSM parameter"), "The public parameter it was read from"),
    agent: optional(flag(), "Whether it carries the SSM Agent, a recent one"),
  });
}

function person() {
  return object("a map with the key name", {
    name: described(
      text("the name of a user, group, role or permission set"),
      "Name, logical id, URN or ARN of a user, group, role, permission set or policy",
    ),
    sessions: optional(flag(), "Meant to start sessions; true by default"),
    preferences: optional(flag(), "Meant to change session preferences; false by default"),
  });
}

function exemption(rules: readonly string[]) {
  return object("a map with the keys rule, resource and reason", {
    rule: described(oneOf(rules), "A rule, or * for all"),
    resource: described(text("the name of a resource"), "Logical id, construct path, name or URN, as reports show it"),
    reason: described(text("a reason"), "Why, for whoever reads it in a year"),
    expires: optional(
      v.pipe(v.string(wrong(DATE)), v.isoDate(wrong(DATE))),
      "The last day it holds; without it, it holds for good",
    ),
    owner: optional(text("a person or team"), "Whom to ask"),
  });
}
