import type { Finding } from "../assessment/assessment";
import type { Language } from "../program/declaration";
import type { Level, Rule } from "../rules/rule";
import { LINK_NAMES } from "./link-names";
import { escapeMarkdown } from "./markdown-text";

/** A `reportingDescriptor` of SARIF. */
export interface SarifRule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: SarifText;
  readonly fullDescription: SarifText;
  readonly help: SarifText;
  readonly helpUri?: string;
  readonly defaultConfiguration: { readonly level: Level };
  readonly properties: { readonly tags: readonly string[] };
}

export interface SarifText {
  readonly text: string;
  readonly markdown?: string;
}

/** The rules that were checked, and after them what findings there are of no rule: those about exemptions. */
export function sarifRules(rules: readonly Rule[], findings: readonly Finding[]): readonly SarifRule[] {
  const known = new Set(rules.map(({ id }) => id));
  const others = new Map(findings.filter(({ rule }) => !known.has(rule)).map((finding) => [finding.rule, finding]));
  return [...rules.map(ruleEntry), ...[...others.values()].sort(byRule).map(otherEntry)];
}

const byRule = (left: Finding, right: Finding): number => (left.rule < right.rule ? -1 : 1);

const LANGUAGES: Readonly<Record<Language, string>> = {
  cloudformation: "CloudFormation",
  cdk: "CDK",
  pulumi: "Pulumi",
};

function ruleEntry({ id, title, level, link, why, reference, fix, whenNotToUse }: Rule): SarifRule {
  const fixes = [
    [LANGUAGES.cloudformation, fix.cloudformation],
    [LANGUAGES.cdk, fix.cdk],
    [LANGUAGES.pulumi, fix.pulumi],
  ] as const;
  return {
    id,
    name: pascalCase(id),
    shortDescription: { text: `${title}.` },
    fullDescription: { text: why },
    help: {
      text: [why, ...fixes.map(([language, text]) => `${language}: ${text}`), whenNotToUse].join("\n\n"),
      markdown: [
        escapeMarkdown(why),
        `**How to fix**\n\n${fixes.map(([language, text]) => `- **${language}**: ${escapeMarkdown(text)}`).join("\n")}`,
        `**When not to use it**\n\n${escapeMarkdown(whenNotToUse)}`,
        `[AWS documentation](${reference})`,
      ].join("\n\n"),
    },
    helpUri: reference,
    defaultConfiguration: { level },
    properties: { tags: ["aws", "session-manager", LINK_NAMES[link]] },
  };
}

const otherEntry = ({ rule, level, why, fix }: Finding): SarifRule => ({
  id: rule,
  name: pascalCase(rule),
  shortDescription: {
    text: `${pascalCase(rule).replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}.`,
  },
  fullDescription: { text: why },
  help: { text: `${why}\n\n${fix}` },
  defaultConfiguration: { level },
  properties: { tags: ["aws", "session-manager"] },
});

const pascalCase = (id: string): string => id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
