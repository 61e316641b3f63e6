import { escaped } from "../report/rule-page";
import type { Cause, ErrorEntry } from "./error-entry";

/** The Markdown page of all errors, for those who search for a message rather than run the tool. */
export function errorsPage(entries: readonly ErrorEntry[]): string {
  const introduction = `# Error messages

What AWS, the Session Manager plugin, the AWS CLI, ssh and the SSM Agent say when a session does not open, with the causes in the order of
their likelihood. \`ssm-preflight explain "<message>"\` finds the entry of a pasted message. Rules are found by \`ssm-preflight check\`,
checks by \`ssm-preflight doctor\`.`;
  return `${[introduction, ...entries.map(entrySection)].join("\n\n")}\n`;
}

function entrySection({ id, title, texts, meaning, causes, sources }: ErrorEntry): string {
  return [
    `## ${escaped(title)}`,
    `\`${id}\``,
    `\`\`\`\n${texts.join("\n")}\n\`\`\``,
    escaped(meaning),
    causes.map((cause, index) => `${index + 1}. ${causeText(cause)}`).join("\n"),
    sources.map((source) => `<${source}>`).join("\n"),
  ].join("\n\n");
}

function causeText({ why, rules = [], checks = [], entries = [], fix }: Cause): string {
  const found = [
    ...rules.map((id) => `rule [\`${id}\`](rules/${id}.md)`),
    ...checks.map((id) => `check \`${id}\``),
    ...entries.map((id) => `see \`${id}\``),
  ];
  return [
    escaped(why),
    ...(fix === undefined ? [] : [escaped(fix)]),
    ...(found.length === 0 ? [] : [`(${found.join(", ")})`]),
  ].join(" ");
}
