import type { BaselineUse, Finding, HostVerdict } from "../assessment/assessment";
import { LINKS, type LinkName } from "../diagnosis/diagnose";
import type { NotJudged } from "../infrastructure/not-judged";
import type { DeclarationHead, ReadingProblem } from "../program/declaration";
import { shortName } from "../program/names";
import { goneText } from "./baseline";
import { groupBy } from "./causes";
import { escapeXml } from "./escape-xml";
import { LINK_NAMES } from "./link-names";
import { sourceOfFinding, sourceText } from "./position";
import type { ReportInput } from "./report";
import { suppressionText } from "./suppressions";
import { placeText, sentence } from "./text";

interface TestCase {
  readonly suite: string;
  readonly classname: string;
  readonly name: string;
  readonly file: string | undefined;
  readonly outcome: Outcome;
}

type Outcome =
  | { readonly kind: "passed"; readonly remarks: string }
  | { readonly kind: "failure" | "error"; readonly message: string; readonly type: string; readonly text: string }
  | { readonly kind: "skipped"; readonly message: string };

/** JUnit's XML: a suite for each stack, a test case for each host and link. What is not known or suppressed is skipped with the reason. */
export function junitReport({ assessment, rules }: ReportInput): string {
  const { hosts, findings, notJudged, problems, baseline } = assessment;
  const links = new Map(rules.map(({ id, link }) => [id, link]));
  const isHost = new Set(hosts.map(({ declaration }) => declaration.id));
  const cases = [
    ...hosts.flatMap((host) => hostCases(host, findings, links)),
    ...findings.filter(({ resource }) => !isHost.has(resource.id)).map(findingCase),
    ...notJudged.map(notJudgedCase),
    ...problems.map(problemCase),
    ...(baseline === undefined ? [] : [baselineCase(baseline)]),
  ];
  const suites = groupBy(cases, ({ suite }) => suite).map(suiteElement);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="ssm-preflight" ${counts(cases)} time="0">`,
    ...suites,
    "</testsuites>\n",
  ].join("\n");
}

function hostCases(
  { declaration, links }: HostVerdict,
  findings: readonly Finding[],
  linkOf: ReadonlyMap<string, LinkName>,
): readonly TestCase[] {
  const own = findings.filter(({ resource }) => resource.id === declaration.id);
  return LINKS.map((link) => {
    const { status, reason, missing } = links[link];
    // What is of no rule, such as a doubtful exemption, goes with the first link.
    const concerned = own.filter(({ rule }) => (linkOf.get(rule) ?? LINKS[0]) === link);
    return {
      ...caseOf(declaration, LINK_NAMES[link]),
      outcome: status === "unknown" ? skipped(reason, missing) : judged(status, reason, concerned),
    };
  });
}

function judged(status: "pass" | "fail", reason: string, findings: readonly Finding[]): Outcome {
  const open = findings.filter(({ suppressed }) => suppressed === null);
  const text = open.map(findingText).join("\n\n");
  if (status === "pass") return { kind: "passed", remarks: text };
  const errors = open.filter(({ level }) => level === "error");
  const excuses = findings.flatMap(({ suppressed }) => (suppressed === null ? [] : [suppressionText(suppressed)]));
  if (errors.length === 0 && excuses.length > 0) {
    return { kind: "skipped", message: `${sentence(reason)} Suppressed: ${[...new Set(excuses)].join("; ")}` };
  }
  return { kind: "failure", message: sentence(reason), type: errors.map(({ rule }) => rule).join(" "), text };
}

const skipped = (reason: string, missing: string | undefined): Outcome => ({
  kind: "skipped",
  message: `Not known: ${sentence(reason)}${missing === undefined ? "" : ` Decides: ${sentence(missing)}`}`,
});

/** Of a resource that is no host, such as a policy. */
function findingCase(finding: Finding): TestCase {
  const { rule, level, message, resource, suppressed } = finding;
  const base = caseOf(resource, rule);
  if (suppressed !== null) {
    return {
      ...base,
      outcome: { kind: "skipped", message: `${sentence(message)} Suppressed: ${suppressionText(suppressed)}` },
    };
  }
  const text = findingText(finding);
  return {
    ...base,
    outcome:
      level === "error"
        ? { kind: "failure", message: sentence(message), type: rule, text }
        : { kind: "passed", remarks: text },
  };
}

const notJudgedCase = ({ declaration, reason }: NotJudged): TestCase => ({
  ...caseOf(declaration, "session"),
  outcome: { kind: "skipped", message: `Not judged: ${sentence(reason)}` },
});

const problemCase = (problem: ReadingProblem): TestCase => ({
  suite: "input",
  classname: problem.file ?? "input",
  name: "can be read",
  file: problem.file,
  outcome: {
    kind: "error",
    message: sentence(problem.message),
    type: "unreadable",
    text: placeText(problem),
  },
});

function baselineCase(baseline: BaselineUse): TestCase {
  const { file } = baseline;
  const gone = goneText(baseline);
  const outcome: Outcome =
    gone === undefined ? { kind: "passed", remarks: "" } : { kind: "skipped", message: sentence(gone) };
  return { suite: "baseline", classname: file, name: "is up to date", file, outcome };
}

const caseOf = (declaration: DeclarationHead, name: string): Omit<TestCase, "outcome"> => ({
  suite: declaration.stack,
  classname:
    declaration.constructPath === undefined ? `${declaration.stack}.${shortName(declaration)}` : shortName(declaration),
  name,
  file: declaration.file,
});

function findingText(finding: Finding): string {
  const { level, rule, message, why, fix, place } = finding;
  const where = sourceText(place, sourceOfFinding(finding));
  return `${level} ${rule} at ${where}\n${sentence(message)}\nWhy: ${why}\nFix: ${fix}`;
}

function suiteElement(cases: readonly TestCase[]): string {
  const name = cases[0]?.suite ?? "";
  const elements = cases.map(caseElement);
  return [`  <testsuite name="${escapeXml(name)}" ${counts(cases)} time="0">`, ...elements, "  </testsuite>"].join(
    "\n",
  );
}

function counts(cases: readonly TestCase[]): string {
  const count = (kind: Outcome["kind"]) => cases.filter(({ outcome }) => outcome.kind === kind).length;
  return `tests="${cases.length}" failures="${count("failure")}" errors="${count("error")}" skipped="${count("skipped")}"`;
}

function caseElement({ classname, name, file, outcome }: TestCase): string {
  const place = file === undefined ? "" : ` file="${escapeXml(file)}"`;
  const open = `    <testcase classname="${escapeXml(classname)}" name="${escapeXml(name)}"${place} time="0"`;
  const inside = outcomeElement(outcome);
  return inside === "" ? `${open}/>` : `${open}>\n      ${inside}\n    </testcase>`;
}

function outcomeElement(outcome: Outcome): string {
  if (outcome.kind === "passed") {
    return outcome.remarks === "" ? "" : `<system-out>${escapeXml(outcome.remarks)}</system-out>`;
  }
  const message = escapeXml(outcome.message);
  if (outcome.kind === "skipped") return `<skipped message="${message}"/>`;
  const { kind, type, text } = outcome;
  return `<${kind} message="${message}" type="${escapeXml(type)}">${escapeXml(text)}</${kind}>`;
}
