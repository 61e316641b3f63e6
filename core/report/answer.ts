import picocolors from "picocolors";
import type { AccessAnswer, AccessLink } from "../assessment/access-answer";
import type { Answer, HostAnswer } from "../assessment/answer";
import type { Finding, LinkVerdict } from "../assessment/assessment";
import type { NotFound } from "../assessment/not-found";
import { positionOfProperty } from "../assessment/position";
import { LINKS } from "../diagnosis/diagnose";
import { shortName } from "../program/names";
import { placeEntry } from "./json";
import { LINK_NAMES } from "./link-names";
import { sourceOfFinding, sourceText } from "./position";
import { printable, sentence, wrap } from "./text";

export interface AnswerOptions {
  readonly colour: boolean;
  /** Columns to wrap at. */
  readonly width: number;
}

type Status = LinkVerdict["status"];

const SIGNS: Readonly<Record<Status, string>> = { pass: "ok", fail: "BROKEN", unknown: "?" };
const STEPS: Readonly<Record<LinkVerdict["chain"][number]["status"], string>> = { ok: "+", broken: "x", unknown: "?" };

const SAYS: Readonly<Record<HostAnswer["session"], string>> = {
  yes: "Yes: everything that a session takes is there.",
  no: "No: a session will not open.",
  unknown: "Not known: nothing is broken for certain, and not everything can be told from the program.",
};

/** The whole chain for a person at a terminal: each link with its evidence, then the rights of the person asked about. */
export function prettyAnswer(answer: Answer, { colour, width }: AnswerOptions): string {
  if (answer.kind === "not-found") return `${wrap(notFoundText(answer), width, "").join("\n")}\n`;
  const colours = picocolors.createColors(colour);
  const paint: Readonly<Record<Status, (text: string) => string>> = {
    pass: colours.green,
    fail: colours.red,
    unknown: colours.yellow,
  };
  const title = (name: string, status: Status): string => `${colours.bold(name)}  ${paint[status](SIGNS[status])}`;
  const links = LINKS.map((link) => {
    const verdict = answer.host.links[link];
    return [title(LINK_NAMES[link], verdict.status), ...linkLines(verdict, width)].join("\n");
  });
  const access = answer.access === undefined ? [] : [accessText(answer.access, title, width)];
  const fixes = answer.findings
    .filter(({ suppressed, level }) => suppressed === null && level !== "note")
    .map((finding) => [colours.bold(finding.rule), ...fixLines(finding, width)].join("\n"));
  const question = questionText(answer);
  return `${[question, ...links, ...access, ...fixes, SAYS[answer.session]].join("\n\n")}\n`;
}

function fixLines(finding: Finding, width: number): readonly string[] {
  const { place, fix } = finding;
  const where = `${shortName(place)}, ${sourceText(place, sourceOfFinding(finding))}`;
  return [...wrap(`Where: ${where}`, width, "  "), ...wrap(`Fix: ${fix}`, width, "  ")];
}

function questionText({ host, access }: HostAnswer): string {
  const who = access === undefined ? "a session" : `a session of ${access.name}`;
  return `Will ${printable(who)} open on ${printable(shortName(host.declaration))}?`;
}

function linkLines({ reason, missing, chain }: LinkVerdict, width: number): readonly string[] {
  return [
    ...wrap(sentence(reason), width, "  "),
    ...chain.flatMap(({ text, status }) => wrap(`${STEPS[status]} ${text}`, width, "    ")),
    ...(missing === undefined ? [] : wrap(`Decides: ${missing}`, width, "  ")),
  ];
}

function accessText(access: AccessAnswer, title: (name: string, status: Status) => string, width: number): string {
  const lines = (links: readonly AccessLink[]) =>
    links.flatMap(({ status, reason }) => wrap(`${SIGN_OF_CHECK[status]} ${reason}`, width, "    "));
  return [
    title(`access of ${printable(access.name)}`, access.status),
    ...(access.checks.length === 0 ? wrap(sentence(access.reason), width, "  ") : lines(access.checks)),
    ...(access.later.length === 0 ? [] : ["  Later:", ...lines(access.later)]),
  ].join("\n");
}

const SIGN_OF_CHECK: Readonly<Record<Status, string>> = { pass: "+", fail: "x", unknown: "?" };

/** A sentence for the user who asked about something that is not there. */
export function notFoundText({ what, asked, several, known, closest }: NotFound): string {
  if (several.length > 0) return `"${asked}" is the name of several ${what}s: ${several.join(", ")}.`;
  if (known.length === 0) return `There is no ${what} in the program, and "${asked}" was asked for.`;
  const hint = closest === undefined ? "" : ` Did you mean ${closest}?`;
  return `There is no ${what} "${asked}" in the program.${hint} There are: ${known.join(", ")}.`;
}

/** Version of the document's shape. */
const SCHEMA = 1;

/** The same as one JSON document. */
export function jsonAnswer(answer: Answer): string {
  const document = answer.kind === "not-found" ? { schema: SCHEMA, error: notFoundEntry(answer) } : answerEntry(answer);
  return `${JSON.stringify(document, null, 2)}\n`;
}

const notFoundEntry = (answer: NotFound) => ({ message: notFoundText(answer), ...answer });

const answerEntry = ({ host, findings, access, session }: HostAnswer) => ({
  schema: SCHEMA,
  session,
  host: {
    id: host.declaration.name,
    type: host.declaration.sourceType,
    stack: host.declaration.stack,
    session: host.session,
    links: Object.fromEntries(LINKS.map((link) => [link, host.links[link]])),
  },
  ...(access === undefined ? {} : { access: accessEntry(access) }),
  findings: findings.map((finding) => ({
    rule: finding.rule,
    level: finding.level,
    ...placeEntry(finding),
    message: finding.message,
    fix: finding.fix,
    docs: finding.docs,
    suppressed: finding.suppressed,
  })),
});

const accessEntry = ({ principal, kind, name, checks, later, ...access }: AccessAnswer) => ({
  principal: principal.name,
  kind,
  name,
  ...access,
  checks: checks.map(checkEntry),
  later: later.map(checkEntry),
});

const checkEntry = ({ action, on, status, reason, statement }: AccessLink) => ({
  action,
  on,
  status,
  reason,
  ...(statement === undefined
    ? {}
    : {
        statement: {
          name: statement.text,
          declaration: statement.declaration.name,
          ...(statement.declaration.file === undefined ? {} : { file: statement.declaration.file }),
          ...(positionOfProperty(statement) ?? statement.declaration.position),
        },
      }),
});
