import type { Language } from "../program/declaration";
import type { Rule, RuleOption } from "../rules/rule";
import { LINK_NAMES } from "./link-names";

/** A program that has the mistake of a rule, and the same program mended. */
export interface RuleExample {
  readonly language: Language;
  readonly failing: string;
  readonly passing: string;
}

export interface RuleExamples {
  readonly examples: readonly RuleExample[];
  /** What is said of the failing CloudFormation example, a line for each finding. */
  readonly output: string;
}

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  cloudformation: "CloudFormation",
  cdk: "CDK",
  pulumi: "Pulumi",
};

const LANGUAGES: readonly Language[] = ["cloudformation", "cdk", "pulumi"];

/** The headings of a page, in their order. */
export const HEADINGS = [
  "What it reports",
  "Why it matters",
  "Error it prevents",
  "Failing example",
  "Fixed example",
  "How to fix",
  "When not to use it",
  "Options",
  "References",
] as const;

/** The Markdown page of a rule. */
export function rulePage(rule: Rule, examples: RuleExamples): string {
  const contents: Readonly<Record<(typeof HEADINGS)[number], string>> = {
    "What it reports": `${rule.title}: ${levelText(rule)}, link "${LINK_NAMES[rule.link]}". For the CloudFormation example below:\n\n${fenced("", examples.output)}`,
    "Why it matters": rule.why,
    "Error it prevents": errorTexts(rule),
    "Failing example": programs(examples, ({ failing }) => failing),
    "Fixed example": programs(examples, ({ passing }) => passing),
    "How to fix": LANGUAGES.map((language) => `- **${LANGUAGE_NAMES[language]}**: ${escaped(rule.fix[language])}`).join(
      "\n",
    ),
    "When not to use it": `${rule.whenNotToUse} How to exempt a host: [exemptions](../exemptions.md).`,
    Options: optionsText(rule),
    References: `<${rule.reference}>`,
  };
  const sections = HEADINGS.map((heading) => `## ${heading}\n\n${contents[heading]}`);
  return `${[`# ${rule.id}`, ...sections].join("\n\n")}\n`;
}

const LEVEL_TEXTS: Readonly<Record<Rule["level"], string>> = {
  error: "an error, since no session will open",
  warning: "a warning, since sessions, or commands on the host, will work badly or stop working",
  note: "a note, since sessions work without it",
};

const levelText = ({ level }: Rule): string => LEVEL_TEXTS[level];

function errorTexts({ errorTexts: texts }: Rule): string {
  if (texts.length === 0) return "No error text is known for it.";
  return fenced("", texts.map((text) => `${text}\n`).join(""));
}

const CODE_NAMES: Readonly<Record<Language, string>> = { cloudformation: "yaml", cdk: "ts", pulumi: "ts" };

function programs({ examples }: RuleExamples, pick: (example: RuleExample) => string): string {
  const sections = examples.map((example) => {
    const code = fenced(CODE_NAMES[example.language], pick(example));
    return `### ${LANGUAGE_NAMES[example.language]}\n\n${code}`;
  });
  return sections.join("\n\n");
}

function optionsText({ options = {} }: Rule): string {
  const entries = Object.entries(options);
  if (entries.length === 0) return "None.";
  const lines = entries.map(([name, option]) => optionText(name, option));
  return `${lines.join("\n")}\n\nHow to set them: [configuration](../configuration.md).`;
}

function optionText(name: string, option: RuleOption): string {
  const type = option.type === "string" ? "text" : `${option.minimum} to ${option.maximum}`;
  return `- \`${name}\` (${type}, default \`${option.default}\`): ${option.description}.`;
}

const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;

/** `<region>` would pass for an element of HTML, and `*` for emphasis. */
export const escaped = (text: string): string => text.replaceAll(/[<*]/g, (sign) => `\\${sign}`);

/** The table of all rules, for the README. */
export function ruleTable(rules: readonly Rule[]): string {
  const rows = rules.map(
    ({ id, title, level, link }) => `| [\`${id}\`](docs/rules/${id}.md) | ${title} | ${LINK_NAMES[link]} | ${level} |`,
  );
  return ["| rule | reports | link | level |", "|---|---|---|---|", ...rows].join("\n");
}
