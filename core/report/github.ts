import type { Assessment } from "../assessment/assessment";
import { pathWithin } from "../assessment/file-path";
import type { ReadingProblem } from "../program/declaration";
import type { Level } from "../rules/rule";
import { goneText } from "./baseline";
import { type Cause, causesOf, groupBy } from "./causes";
import { resourceNames } from "./names";
import { type SourcePlace, sourceOfFinding } from "./position";
import type { ReportInput } from "./report";
import { summaryText } from "./summary-text";
import { sentence } from "./text";

const COMMANDS: Readonly<Record<Level, string>> = { error: "error", warning: "warning", note: "notice" };

const MOST_NAMES = 10;

/**
 * Workflow commands that GitHub Actions makes annotations of, the worst first, since it shows ten of a kind for a step:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands. What is suppressed is left out.
 */
export function githubReport({ assessment, summary, options: { baseFolder } }: ReportInput): string {
  const causes = causesOf(assessment.findings.filter(({ suppressed }) => suppressed === null));
  const commands = [
    ...assessment.problems.map((problem) => problemCommand(problem, baseFolder)),
    ...causes.filter(({ first }) => first.level !== "note").flatMap((cause) => causeCommands(cause, baseFolder)),
    ...noteCommands(causes),
    ...goneCommands(assessment),
    command("notice", { title: "Session Manager" }, summaryText(summary)),
  ];
  return commands.map((line) => `${line}\n`).join("");
}

/** One for a place that mends many resources, else one for each. */
function causeCommands({ findings, isShared }: Cause, baseFolder: string): readonly string[] {
  const groups = isShared ? [findings] : findings.map((finding) => [finding]);
  return groups.flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const title = `${first.rule}: ${resourceNames(group, MOST_NAMES)}`;
    const properties = { ...place(sourceOfFinding(first), baseFolder), title };
    return [command(COMMANDS[first.level], properties, `${sentence(first.message)}\nFix: ${first.fix}`)];
  });
}

/** Notes break no session: one for each rule, so that they crowd nothing out. */
const noteCommands = (causes: readonly Cause[]): readonly string[] =>
  groupBy(
    causes.filter(({ first }) => first.level === "note").flatMap(({ findings }) => findings),
    ({ rule }) => rule,
  ).flatMap((notes) => {
    const [first] = notes;
    if (first === undefined) return [];
    const names = resourceNames(notes, MOST_NAMES);
    const text = notes.length === 1 ? first.message : `${names}. ${first.why}`;
    return [command(COMMANDS.note, { title: notes.length === 1 ? `${first.rule}: ${names}` : first.rule }, text)];
  });

const problemCommand = ({ file, position, message }: ReadingProblem, baseFolder: string): string =>
  command(
    "error",
    { ...place(file === undefined ? undefined : { file, ...position }, baseFolder), title: "Input not read" },
    sentence(message),
  );

function goneCommands({ baseline }: Assessment): readonly string[] {
  const text = goneText(baseline);
  return text === undefined ? [] : [command("notice", { title: "Baseline" }, sentence(text))];
}

interface Properties {
  readonly file?: string;
  readonly line?: number;
  readonly col?: number;
  readonly title: string;
}

/** A file without a line, such as a Pulumi preview, is no place to show anything at. */
function place(source: SourcePlace | undefined, baseFolder: string): Omit<Properties, "title"> {
  if (source?.line === undefined) return {};
  const { file, line, column } = source;
  return { file: pathWithin(file, baseFolder) ?? file, line, ...(column === undefined ? {} : { col: column }) };
}

function command(name: string, properties: Properties, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${list.join(",")}::${escapeData(message)}`;
}

const escapeData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapeProperty = (text: string): string => escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
