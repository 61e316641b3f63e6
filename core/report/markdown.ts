import type { Assessment, HostVerdict, LinkVerdict } from "../assessment/assessment";
import { LINKS } from "../diagnosis/diagnose";
import { shortName } from "../program/names";
import type { Level } from "../rules/rule";
import { goneText, knownGroups } from "./baseline";
import { type Cause, causeMessage, causesOf, groupBy } from "./causes";
import { hostGroups } from "./host-groups";
import { LINK_NAMES } from "./link-names";
import { escapeHtmlLine, escapeMarkdown, markdownCode } from "./markdown-text";
import { mermaidPath } from "./mermaid";
import { hostNames, resourceNames } from "./names";
import { sourceOfFinding, sourceText } from "./position";
import type { ReportInput } from "./report";
import { noHostsClause, summaryText } from "./summary-text";
import { suppressionsOf, suppressionText } from "./suppressions";
import { counted, namesText, placeText, sentence } from "./text";
import { unknownsOf } from "./unknowns";

/** GitHub takes comments of 65,536 characters; what is kept free is for a line or two of whoever posts it. */
const MOST_CHARACTERS = 65_000;

const MOST_DIAGRAMS = 3;

const MOST_NAMES = 10;

/** By this a workflow finds the comment that it made before. */
const MARKER = "<!-- ssm-preflight -->";

/** A comment for a pull request. What does not fit into one is counted instead. */
export function markdownReport({ assessment, summary }: ReportInput): string {
  const { hosts, findings, problems } = assessment;
  const causes = causesOf(findings.filter(({ suppressed }) => suppressed === null));
  return fitting(
    [
      `${MARKER}\n## ${headingText(assessment, summary)}`,
      summaryText(summary),
      ...(problems.length === 0 ? [] : [problemList(problems)]),
      ...(hosts.length === 0 ? [] : [hostTable(hosts)]),
    ],
    [
      ...causes.filter(({ first }) => first.level !== "note").map(causeDetails),
      ...diagrams(hosts),
      ...unknownDetails(hosts),
      ...suppressedDetails(findings),
      ...knownDetails(assessment),
      ...noteDetails(causes),
      ...notJudgedDetails(assessment),
    ],
  );
}

function headingText({ hosts, problems }: Assessment, summary: ReportInput["summary"]): string {
  const blocked = hosts.filter(({ session }) => session === "blocked").length;
  if (blocked > 0) return `❌ Session Manager will not reach ${counted(blocked, "host")}`;
  if (problems.length > 0) return "❔ Session Manager: not all of the input could be read";
  if (hosts.some(({ session }) => session === "unknown")) return "❔ Session Manager: not every host is known";
  if (hosts.length === 0) return `✅ Session Manager: ${escapeMarkdown(noHostsClause(summary).replace(/^N/, "n"))}`;
  return "✅ Session Manager will reach every host";
}

/** The sections in their order, without the first optional one that does not fit and those after it. */
function fitting(required: readonly string[], optional: readonly string[]): string {
  const kept = [...required];
  let length = required.join("\n\n").length;
  for (const [index, section] of optional.entries()) {
    length += section.length + 2;
    if (length > MOST_CHARACTERS) {
      kept.push(`_${counted(optional.length - index, "more section")} left out for length._`);
      break;
    }
    kept.push(section);
  }
  return `${kept.join("\n\n").slice(0, MOST_CHARACTERS)}\n`;
}

const problemList = (problems: Assessment["problems"]): string =>
  bullets(
    problems.map((problem) => {
      const place = placeText(problem);
      return `${place === "" ? "" : `${markdownCode(place)}: `}${escapeMarkdown(sentence(problem.message))}`;
    }),
  );

const MOST_LINES = 50;

function bullets(lines: readonly string[]): string {
  const more = lines.length > MOST_LINES ? [`and ${lines.length - MOST_LINES} more`] : [];
  return [...lines.slice(0, MOST_LINES), ...more].map((line) => `- ${line}`).join("\n");
}

const SIGNS: Readonly<Record<LinkVerdict["status"], string>> = { pass: "✅", fail: "❌", unknown: "❔" };

const SESSIONS: Readonly<Record<HostVerdict["session"], string>> = {
  ready: "✅ ready",
  blocked: "❌ blocked",
  unknown: "❔ unknown",
};

const TABLE_ROWS = 50;

function hostTable(hosts: readonly HostVerdict[]): string {
  const groups = hostGroups(hosts);
  const header = ["host", "session", ...LINKS.map((link) => LINK_NAMES[link])];
  const rows = groups
    .slice(0, TABLE_ROWS)
    .map(({ name, first: { session, links } }) => [
      markdownCode(name),
      SESSIONS[session],
      ...LINKS.map((link) => SIGNS[links[link].status]),
    ]);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}

const LEVEL_SIGNS: Readonly<Record<Level, string>> = { error: "❌", warning: "⚠️", note: "ℹ️" };

function causeDetails(cause: Cause): string {
  const { first, findings, isShared } = cause;
  const names = resourceNames(findings, MOST_NAMES);
  const places = isShared ? [first] : findings.slice(0, MOST_NAMES);
  return details(
    `${LEVEL_SIGNS[first.level]} <b>${escapeHtmlLine(first.rule)}</b> ${escapeHtmlLine(names)}`,
    [
      escapeMarkdown(sentence(causeMessage(cause))),
      `**Where:** ${places.map((finding) => markdownCode(sourceText(finding.place, sourceOfFinding(finding)))).join(", ")}`,
      `**Why:** ${escapeMarkdown(first.why)}`,
      `**Fix:** ${escapeMarkdown(first.fix)}`,
    ].join("\n\n"),
  );
}

/** One for each way in which hosts are blocked. */
function diagrams(hosts: readonly HostVerdict[]): readonly string[] {
  const blocked = hosts.filter(({ session }) => session === "blocked");
  const groups = groupBy(blocked, ({ links }) => LINKS.map((link) => links[link].status).join(" "));
  return groups.slice(0, MOST_DIAGRAMS).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const names = hostNames(group, MOST_NAMES);
    return [details(`Where the path breaks: ${escapeHtmlLine(names)}`, `\`\`\`mermaid\n${mermaidPath(first)}\n\`\`\``)];
  });
}

function unknownDetails(hosts: readonly HostVerdict[]): readonly string[] {
  const unknowns = unknownsOf(hosts);
  if (unknowns.length === 0) return [];
  const lines = unknowns.map(({ link, hosts: concerned, reason, missing }) => {
    const names = hostNames(concerned, MOST_NAMES);
    const decides = missing === undefined ? "" : ` Decides: ${escapeMarkdown(sentence(missing))}`;
    return `**${LINK_NAMES[link]}** of ${escapeMarkdown(names)}: ${escapeMarkdown(sentence(reason))}${decides}`;
  });
  return [details(`❔ ${counted(unknowns.length, "fact")} would decide what is not known`, bullets(lines))];
}

function suppressedDetails(findings: Assessment["findings"]): readonly string[] {
  const groups = suppressionsOf(findings);
  if (groups.length === 0) return [];
  const lines = groups.map(
    ({ rule, names, suppression }) =>
      `**${escapeMarkdown(rule)}** ${escapeMarkdown(`${namesText(names, MOST_NAMES)}: ${suppressionText(suppression)}`)}`,
  );
  return [details("Suppressed", bullets(lines))];
}

function knownDetails(assessment: Assessment): readonly string[] {
  const { baseline } = assessment;
  if (baseline === undefined) return [];
  const lines = knownGroups(assessment).map(
    ({ rule, names }) => `**${escapeMarkdown(rule)}** ${escapeMarkdown(namesText(names, MOST_NAMES))}`,
  );
  const gone = goneText(baseline);
  return [
    ...(lines.length === 0 ? [] : [details(`Known from ${escapeHtmlLine(baseline.file)}`, bullets(lines))]),
    ...(gone === undefined ? [] : [escapeMarkdown(sentence(gone))]),
  ];
}

function noteDetails(causes: readonly Cause[]): readonly string[] {
  const notes = causes.filter(({ first }) => first.level === "note");
  if (notes.length === 0) return [];
  const lines = notes.map(({ first, findings }) => {
    const names = resourceNames(findings, MOST_NAMES);
    const text = sentence(findings.length === 1 ? first.message : first.why);
    return `**${escapeMarkdown(first.rule)}** ${escapeMarkdown(names)}: ${escapeMarkdown(text)}`;
  });
  return [details("ℹ️ Notes", bullets(lines))];
}

function notJudgedDetails({ notJudged }: Assessment): readonly string[] {
  if (notJudged.length === 0) return [];
  const lines = notJudged.map(
    ({ declaration, reason }) => `${escapeMarkdown(shortName(declaration))}: ${escapeMarkdown(sentence(reason))}`,
  );
  return [details("Not judged", bullets(lines))];
}

/** The empty lines let GitHub read what is inside as Markdown. */
const details = (summary: string, body: string): string =>
  `<details>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`;
