import type { Assessment, Finding } from "../assessment/assessment";
import { EXEMPTION_RULES } from "../assessment/exemptions";
import type { DiagnosisOptions } from "../diagnosis/problems";
import type { OutsideFacts } from "../program/outside";
import { diagnosisOptions, type GivenOptions, withMinimumAgent } from "../rules/options";
import type { Rule } from "../rules/rule";
import type { Configuration, RuleSetting } from "./configuration";

/** The images and facts of a configuration, in the form in which other sources state theirs. */
export const outsideOf = ({ file, defaultHostManagement, ...facts }: Configuration): OutsideFacts => ({
  images: facts.images,
  subnets: facts.subnets,
  vpcs: facts.vpcs,
  roles: facts.roles,
  instanceProfiles: facts.instanceProfiles,
  proxies: facts.proxies,
  ...(defaultHostManagement && file !== undefined ? { hostManagement: file } : {}),
});

/** The rules with the levels of the configuration. Those that are off stay, so that their exemptions are not taken for stale. */
export function withLevels(rules: readonly Rule[], { rules: settings }: Configuration): readonly Rule[] {
  const levels = levelsOf(settings);
  return rules.map((rule) => {
    const level = levels.get(rule.id);
    return level === undefined || level === "off" ? rule : { ...rule, level };
  });
}

/** The rules that are on. */
export const rulesInForce = (rules: readonly Rule[], { rules: settings }: Configuration): readonly Rule[] => {
  const levels = levelsOf(settings);
  return rules.filter(({ id }) => levels.get(id) !== "off");
};

/** What is left of an assessment when the findings of rules that are off are left out. Verdicts on hosts stay as they are. */
export function withoutRulesOff(assessment: Assessment, { rules: settings }: Configuration): Assessment {
  if (settings.length === 0) return assessment;
  const levels = levelsOf(settings);
  const findings = assessment.findings.flatMap((finding): readonly Finding[] => {
    const level = levels.get(finding.rule);
    if (level === "off") return [];
    // Remarks on exemptions are made by no rule that could have been given the level.
    return [level !== undefined && EXEMPTION_RULES.includes(finding.rule) ? { ...finding, level } : finding];
  });
  return { ...assessment, findings };
}

/** What the options of a configuration mean for the diagnosis. */
export const configuredOptions = ({ rules, minimumAgent }: Configuration): DiagnosisOptions => {
  const given: GivenOptions = (rule, option) => rules.find((setting) => setting.rule === rule)?.options[option];
  return diagnosisOptions(withMinimumAgent(given, minimumAgent));
};

const levelsOf = (settings: readonly RuleSetting[]): ReadonlyMap<string, RuleSetting["level"]> =>
  new Map(settings.map(({ rule, level }) => [rule, level]));
