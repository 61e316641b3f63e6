import { assess } from "../core/assessment/assess";
import { type Assessment, atLeast } from "../core/assessment/assessment";
import { fails, summarise, type Threshold } from "../core/assessment/summary";
import { readTemplates } from "../core/readers/cloudformation";
import { causeMessage, causesOf } from "../core/report/causes";
import { resourceNames } from "../core/report/names";
import { noHostsText, summaryText } from "../core/report/summary-text";
import { printable, sentence } from "../core/report/text";
import { unknownsOf } from "../core/report/unknowns";
import { RULES } from "../core/rules";
import type { HookEvent } from "./event";

export interface JudgingOptions {
  readonly failOn: Threshold;
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly minimumAgentVersion: string;
}

export interface TemplateVerdict {
  readonly status: "pass" | "fail" | "unreadable";
  readonly message: string;
}

const FILE = "template";

const MOST_NAMES = 5;

/** Judges the template of a stack. The event brings no values of parameters, so that nothing follows from their defaults. */
export function judgeTemplate(
  text: string,
  { stackName, region, account }: HookEvent,
  { failOn, ...options }: JudgingOptions,
): TemplateVerdict {
  const place = {
    ...(stackName === undefined ? {} : { stackName }),
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
  };
  const reading = readTemplates([{ file: FILE, text, required: true, ...place }], { defaultsAreOpen: true });
  const assessment = assess(reading, { ...options, rules: RULES });
  if (fails(assessment, failOn)) return { status: "fail", message: failureText(assessment, failOn) };
  const [problem] = assessment.problems;
  if (problem !== undefined)
    return { status: "unreadable", message: `its template cannot be read: ${problem.message}` };
  const summary = summarise(assessment);
  return { status: "pass", message: summary.hosts === 0 ? noHostsText(assessment, summary) : summaryText(summary) };
}

function failureText(assessment: Assessment, failOn: Threshold): string {
  const level = failOn === "unknown" || failOn === "never" ? "error" : failOn;
  const open = assessment.findings.filter((finding) => finding.suppressed === null && atLeast(finding.level, level));
  const causes = causesOf(open).map((cause) => {
    const names = resourceNames(cause.findings, MOST_NAMES);
    return `${cause.first.rule} (${names}): ${sentence(causeMessage(cause))} Fix: ${sentence(cause.first.fix)}`;
  });
  const unknowns =
    failOn === "unknown" ? unknownsOf(assessment.hosts).map(({ reason }) => `Not known: ${sentence(reason)}`) : [];
  return [summaryText(summarise(assessment)), ...causes, ...unknowns].map(printable).join("\n");
}
