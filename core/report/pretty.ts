import picocolors from "picocolors";
import type { Assessment, Finding } from "../assessment/assessment";
import { HOST_TYPES } from "../infrastructure/host-types";
import { shortName } from "../program/names";
import type { Level } from "../rules/rule";
import { goneText, knownGroups } from "./baseline";
import { type Cause, causeMessage, causesOf } from "./causes";
import { type MissingFact, missingFacts } from "./missing-facts";
import { hostNames, resourceNames } from "./names";
import { sourceOfFinding, sourceText } from "./position";
import { type Colours, hostTable } from "./pretty-table";
import type { ReportInput } from "./report";
import { noHostsText, summaryText } from "./summary-text";
import { suppressionsOf, suppressionText } from "./suppressions";
import { counted, namesText, printable, sentence, wrap } from "./text";
import { unknownsOf } from "./unknowns";

/** The report for a person at a terminal: a table of hosts, what is broken and how to mend it, what is not known. */
export function prettyReport({ assessment, summary, options }: ReportInput): string {
  const { width } = options;
  const colours = picocolors.createColors(options.colour);
  const causes = causesOf(assessment.findings.filter(({ suppressed }) => suppressed === null));
  const sections = [
    assessment.hosts.length === 0
      ? printable(noHostsText(assessment, summary))
      : hostTable(assessment.hosts, colours, width),
    ...causes.filter(({ first }) => first.level !== "note").map((cause) => causeText(cause, colours, width)),
    ...noteSection(causes, colours, width),
    ...unknownSection(assessment, colours, options),
    ...(options.explainUnknown ? missingFactSection(assessment, colours, width) : []),
    ...suppressedSection(assessment.findings, width),
    ...knownSection(assessment, width),
    ...notJudgedSection(assessment, width),
    wrap(summaryText(summary), width, "").join("\n"),
  ];
  return `${sections.join("\n\n")}\n`;
}

function notJudgedSection({ notJudged }: Assessment, width: number): readonly string[] {
  if (notJudged.length === 0) return [];
  const lines = notJudged.flatMap(({ declaration, reason }) =>
    wrap(`${printable(shortName(declaration))}: ${reason}`, width, "  "),
  );
  return [["Not judged:", ...lines].join("\n")];
}

/** As many resources as are named one by one; the other formats name all of them. */
const MOST_PLACES = 10;

function causeText(cause: Cause, colours: Colours, width: number): string {
  const { first, findings, isShared } = cause;
  const others = findings.length - 1;
  const paint: Readonly<Record<Level, (text: string) => string>> = {
    error: colours.red,
    warning: colours.yellow,
    note: colours.cyan,
  };
  const noun = findings.every(({ resource }) => HOST_TYPES.has(resource.type)) ? "host" : "resource";
  const subject = others === 0 ? printable(shortName(first.resource)) : counted(findings.length, noun);
  const title = `${paint[first.level](first.level)} ${colours.bold(first.rule)} ${subject}`;
  return [
    isShared ? `${title}  ${colours.dim(placeText(first))}`.trimEnd() : title,
    ...(others === 0 ? [] : resourceLines(cause, width)),
    ...wrap(sentence(causeMessage(cause)), width, "  "),
    ...wrap(`Why: ${first.why}`, width, "  "),
    ...wrap(`Fix: ${first.fix}`, width, "  "),
  ].join("\n");
}

/** The resources of a cause: their names where one place mends all, else each with its own place. */
function resourceLines({ findings, isShared }: Cause, width: number): readonly string[] {
  if (isShared) return wrap(resourceNames(findings, MOST_PLACES), width, "  ");
  const shown = findings.length <= MOST_PLACES + 1 ? findings : findings.slice(0, MOST_PLACES);
  const nameOf = ({ resource }: Finding) => printable(shortName(resource));
  const longest = Math.max(...shown.map((finding) => nameOf(finding).length));
  const lines = shown.map((finding) => `  ${nameOf(finding).padEnd(longest)}  ${whereText(finding)}`);
  const more = findings.length - shown.length;
  return more === 0 ? lines : [...lines, ...wrap(`and ${more} more, which --format json lists`, width, "  ")];
}

/** Notes break no session: one line for each rule, with the resources it concerns; --format json has them whole. */
function noteSection(causes: readonly Cause[], colours: Colours, width: number): readonly string[] {
  const notes = causes.filter(({ first }) => first.level === "note").flatMap(({ findings }) => findings);
  const rules = [...new Set(notes.map(({ rule }) => rule))];
  if (rules.length === 0) return [];
  const lines = rules.flatMap((rule) => {
    const concerned = notes.filter((note) => note.rule === rule);
    const names = resourceNames(concerned, MOST_PLACES);
    const text = concerned.length === 1 ? `${names}: ${concerned[0]?.message ?? ""}` : names;
    return wrap(`note ${rule} ${text}`, width, "").map((line, index) =>
      index === 0 ? line.replace("note", colours.cyan("note")).replace(rule, colours.bold(rule)) : line,
    );
  });
  return [lines.join("\n")];
}

function placeText(finding: Finding): string {
  const where = whereText(finding);
  return finding.place === finding.resource ? where : `at ${printable(shortName(finding.place))}, ${where}`;
}

const whereText = (finding: Finding): string => printable(sourceText(finding.place, sourceOfFinding(finding)));

function missingFactSection({ hosts }: Assessment, colours: Colours, width: number): readonly string[] {
  const facts = missingFacts(hosts);
  if (facts.length === 0) return [];
  const unknown = hosts.filter(({ session }) => session === "unknown").length;
  const heading = `${counted(unknown, "unknown host")} and what would decide most of them. Behind a fact another one may turn up.`;
  return [wrap(heading, width, "").join("\n"), ...facts.map((missing) => missingFactText(missing, colours, width))];
}

function missingFactText({ fact, supply, decides, concerns }: MissingFact, colours: Colours, width: number): string {
  const others = concerns.length - decides.length;
  const weights = [
    ...(decides.length === 0 ? [] : [counted(decides.length, "host")]),
    ...(others === 0 ? [] : [`${counted(others, "host")} together with other facts`]),
  ];
  return [
    `${colours.yellow("decides")} ${weights.join(", and ")}: ${colours.bold(printable(fact))}`,
    ...wrap(`Supply: ${supply}`, width, "  "),
    ...wrap(hostNames(concerns, MOST_PLACES), width, "  "),
  ].join("\n");
}

function unknownSection(
  { hosts }: Assessment,
  colours: Colours,
  { showUnknown, explainUnknown, width }: ReportInput["options"],
): readonly string[] {
  const unknowns = unknownsOf(hosts);
  const count = unknowns.reduce((sum, unknown) => sum + unknown.hosts.length, 0);
  if (count === 0) return [];
  if (!showUnknown && explainUnknown) return [];
  if (!showUnknown) {
    const text = `${count} ${count === 1 ? "link is" : "links are"} not known from the program alone; --show-unknown names the facts that would decide.`;
    return [wrap(text, width, "").join("\n")];
  }
  return unknowns.map(({ link, hosts: concerned, reason, missing }) => {
    const isAlone = concerned.length === 1;
    const subject = isAlone ? printable(hostNames(concerned, 1)) : counted(concerned.length, "host");
    return [
      `${colours.yellow("unknown")} ${colours.bold(link)} ${subject}`,
      ...(isAlone ? [] : wrap(hostNames(concerned, MOST_PLACES), width, "  ")),
      ...wrap(sentence(isAlone ? reason : `Of ${hostNames(concerned.slice(0, 1), 1)}: ${reason}`), width, "  "),
      ...(missing === undefined ? [] : wrap(`Decides: ${missing}`, width, "  ")),
    ].join("\n");
  });
}

function suppressedSection(findings: readonly Finding[], width: number): readonly string[] {
  const lines = suppressionsOf(findings).flatMap(({ rule, names, suppression }) =>
    wrap(`${rule} ${namesText(names, MOST_PLACES)}: ${suppressionText(suppression)}`, width, "  "),
  );
  return lines.length === 0 ? [] : [["Suppressed:", ...lines].join("\n")];
}

function knownSection(assessment: Assessment, width: number): readonly string[] {
  const { baseline } = assessment;
  if (baseline === undefined) return [];
  const known = knownGroups(assessment).flatMap(({ rule, names }) =>
    wrap(`${rule} ${namesText(names, MOST_PLACES)}`, width, "  "),
  );
  const gone = goneText(baseline);
  return [
    ...(known.length === 0 ? [] : [[`Known from ${printable(baseline.file)}:`, ...known].join("\n")]),
    ...(gone === undefined ? [] : [wrap(sentence(gone), width, "").join("\n")]),
  ];
}
