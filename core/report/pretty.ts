import picocolors from "picocolors";
import type { Assessment, Finding, HostVerdict, LinkVerdict } from "../assessment/assessment";
import { LINKS, type LinkName } from "../diagnosis/diagnose";
import { shortName } from "../diagnosis/names";
import type { Level } from "../rules/rule";
import { summarise } from "./json";
import { positionOf } from "./position";

export interface PrettyOptions {
  readonly colour: boolean;
  /** Columns to wrap at. */
  readonly width: number;
  readonly showUnknown: boolean;
}

type Colours = ReturnType<typeof picocolors.createColors>;

const HEADINGS: Readonly<Record<LinkName, string>> = {
  instanceProfile: "PROFILE",
  permissions: "PERMISSIONS",
  agent: "AGENT",
  network: "NETWORK",
  preferences: "PREFERENCES",
};

const SIGNS: Readonly<Record<LinkVerdict["status"], string>> = { pass: "ok", fail: "BROKEN", unknown: "?" };

/** The report for a person at a terminal: a table of hosts, what is broken and how to mend it, what is not known. */
export function prettyReport(assessment: Assessment, options: PrettyOptions): string {
  const colours = picocolors.createColors(options.colour);
  const open = assessment.findings.filter((finding) => finding.suppressed === null);
  const suppressed = assessment.findings.filter((finding) => finding.suppressed !== null);
  const sections = [
    assessment.hosts.length === 0
      ? "No hosts declared: nothing here needs Session Manager."
      : hostTable(assessment.hosts, colours),
    ...open.filter(({ level }) => level !== "note").map((finding) => findingText(finding, colours, options.width)),
    ...noteSection(open, colours, options.width),
    ...unknownSection(assessment.hosts, colours, options),
    ...suppressedSection(suppressed),
    summaryLine(assessment),
  ];
  return `${sections.join("\n\n")}\n`;
}

function hostTable(hosts: readonly HostVerdict[], colours: Colours): string {
  const header = ["HOST", "SESSION", ...LINKS.map((link) => HEADINGS[link])];
  const rows = hosts.map(({ declaration, session, links }) => [
    shortName(declaration),
    session,
    ...LINKS.map((link) => SIGNS[links[link].status]),
  ]);
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[], paint: (cell: string) => string) =>
    row
      .map((cell, column) => paint(cell) + " ".repeat((widths[column] ?? 0) - cell.length))
      .join("  ")
      .trimEnd();
  return [line(header, colours.dim), ...rows.map((row) => line(row, (cell) => paintCell(cell, colours)))].join("\n");
}

function paintCell(cell: string, colours: Colours): string {
  if (cell === "BROKEN" || cell === "blocked") return colours.red(cell);
  if (cell === "?" || cell === "unknown") return colours.yellow(cell);
  return cell === "ok" || cell === "ready" ? colours.green(cell) : cell;
}

function findingText(finding: Finding, colours: Colours, width: number): string {
  const paint: Record<Level, (text: string) => string> = {
    error: colours.red,
    warning: colours.yellow,
    note: colours.cyan,
  };
  const title = `${paint[finding.level](finding.level)} ${colours.bold(finding.rule)} ${shortName(finding.resource)}`;
  return [
    `${title}  ${colours.dim(placeText(finding))}`.trimEnd(),
    ...wrap(sentence(finding.message), width, "  "),
    ...wrap(`Why: ${finding.why}`, width, "  "),
    ...wrap(`Fix: ${finding.fix}`, width, "  "),
  ].join("\n");
}

/** Notes break no session: one line for each rule, with the hosts it concerns; --format json has them whole. */
function noteSection(findings: readonly Finding[], colours: Colours, width: number): readonly string[] {
  const notes = findings.filter(({ level }) => level === "note");
  const rules = [...new Set(notes.map(({ rule }) => rule))];
  if (rules.length === 0) return [];
  const lines = rules.flatMap((rule) => {
    const concerned = notes.filter((note) => note.rule === rule);
    const [only, ...others] = concerned;
    const text =
      only !== undefined && others.length === 0
        ? `${shortName(only.resource)}: ${only.message}`
        : concerned.map(({ resource }) => shortName(resource)).join(", ");
    return wrap(`${colours.cyan("note")} ${colours.bold(rule)} ${text}`, width, "");
  });
  return [lines.join("\n")];
}

function placeText(finding: Finding): string {
  const position = positionOf(finding);
  const file = finding.place.sourceLocation ?? finding.place.file ?? finding.place.stack;
  const where =
    position === undefined || finding.place.sourceLocation !== undefined
      ? file
      : `${file}:${position.line}:${position.column}`;
  return finding.place === finding.resource ? where : `at ${shortName(finding.place)}, ${where}`;
}

function unknownSection(hosts: readonly HostVerdict[], colours: Colours, options: PrettyOptions): readonly string[] {
  const open = hosts.flatMap((host) =>
    LINKS.filter((link) => host.links[link].status === "unknown").map((link) => ({ host, link })),
  );
  if (open.length === 0) return [];
  if (!options.showUnknown) {
    return [
      `${open.length} ${open.length === 1 ? "link is" : "links are"} not known from the program alone; --show-unknown names the facts that would decide.`,
    ];
  }
  return open.map(({ host, link }) => {
    const { reason, missing } = host.links[link];
    const title = `${colours.yellow("unknown")} ${colours.bold(link)} ${shortName(host.declaration)}`;
    const lines = [title, ...wrap(sentence(reason), options.width, "  ")];
    return [...lines, ...(missing === undefined ? [] : wrap(`Decides: ${missing}`, options.width, "  "))].join("\n");
  });
}

function suppressedSection(findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return [];
  const lines = findings.map(({ rule, resource, suppressed }) => {
    const until = suppressed?.expires === undefined ? "" : ` (until ${suppressed.expires})`;
    return `  ${rule} ${shortName(resource)}: ${suppressed?.reason ?? ""}${until}`;
  });
  return [["Suppressed:", ...lines].join("\n")];
}

function summaryLine(assessment: Assessment): string {
  const { hosts, ready, blocked, unknown, errors, warnings, suppressed } = summarise(assessment);
  const counts = `${hosts} ${hosts === 1 ? "host" : "hosts"}: ${ready} ready, ${blocked} blocked, ${unknown} unknown`;
  return `${counts}. ${errors} errors, ${warnings} warnings, ${suppressed} suppressed.`;
}

// Not capitalised: a sentence may begin with the name of a resource.
const sentence = (text: string): string => (text.endsWith(".") ? text : `${text}.`);

function wrap(text: string, width: number, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(" ")) {
    if (line.length + word.length + 1 > width && line.trim() !== "") {
      lines.push(line);
      line = `${indent}  `;
    }
    line += line.trim() === "" ? word : ` ${word}`;
  }
  return [...lines, line];
}
