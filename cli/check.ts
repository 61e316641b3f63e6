import { answer, type Question } from "../core/assessment/answer";
import { type AssessmentOptions, assess } from "../core/assessment/assess";
import type { Assessment } from "../core/assessment/assessment";
import { fails, summarise } from "../core/assessment/summary";
import type { ReadingProblem } from "../core/program/declaration";
import { type Format, REPORTERS } from "../core/report";
import { jsonAnswer, notFoundText, prettyAnswer } from "../core/report/answer";
import { RULES } from "../core/rules";
import type { CheckArguments } from "./arguments";
import { type InputReading, readInputs } from "./read-inputs";

/** What the terminal and the calendar say, so that `check` itself asks neither. */
export interface Surroundings {
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly colour: boolean;
  readonly width: number;
  readonly toolVersion: string;
  /** Absolute. */
  readonly folder: string;
}

/** A report to be written. */
export interface FileReport {
  readonly file: string;
  readonly text: string;
}

export interface CheckResult {
  /** For stdout. */
  readonly report: string;
  readonly files: readonly FileReport[];
  /** For stderr: one line for each thing that could not be read, and what was passed over. */
  readonly messages: readonly string[];
  readonly status: 0 | 1 | 2;
}

export async function check(options: CheckArguments, surroundings: Surroundings): Promise<CheckResult> {
  const reading = await readInputs(options);
  const assessing = { rules: RULES, today: surroundings.today, minimumAgentVersion: options.minimumAgent };
  if (options.question !== undefined)
    return answerQuestion(options.question, reading, assessing, options, surroundings);
  const judged = assess(reading, assessing);
  const assessment = options.suppressions ? judged : withoutSuppressions(judged);
  const messages = [...assessment.problems.map(problemLine), ...skippedLine(reading.skipped)];
  return { ...reportsOf(assessment, options, surroundings), messages, status: statusOf(assessment, options) };
}

/** The whole chain for one host. Exit status 1 when a session surely does not open, 2 when there is no such host or user. */
function answerQuestion(
  question: Question,
  reading: InputReading,
  assessing: AssessmentOptions,
  { format, failOn }: CheckArguments,
  { colour, width }: Surroundings,
): CheckResult {
  const found = answer(reading, question, assessing);
  const messages = reading.problems.map(problemLine);
  if (found.kind === "not-found")
    return { report: "", files: [], messages: [...messages, notFoundText(found)], status: 2 };
  const report = format === "json" ? jsonAnswer(found) : prettyAnswer(found, { colour, width });
  const fails = found.session === "no" || (found.session === "unknown" && failOn === "unknown");
  if (reading.problems.length > 0) return { report, files: [], messages, status: 2 };
  return { report, files: [], messages, status: fails && failOn !== "never" ? 1 : 0 };
}

/** Columns of a text in a file, which no terminal wraps. */
const FILE_WIDTH = 100;

function reportsOf(
  assessment: Assessment,
  { format, outputs, showUnknown }: CheckArguments,
  { colour, width, today, toolVersion, folder: baseFolder }: Surroundings,
): Pick<CheckResult, "report" | "files"> {
  const summary = summarise(assessment);
  const common = { showUnknown, today, toolVersion, baseFolder };
  const text = (name: Format, terminal: { readonly colour: boolean; readonly width: number }) =>
    REPORTERS[name].report({ assessment, summary, rules: RULES, options: { ...common, ...terminal } });
  return {
    report: text(format, { colour, width }),
    files: outputs.map((output) => ({
      file: output.file,
      text: text(output.format, { colour: false, width: FILE_WIDTH }),
    })),
  };
}

function statusOf(assessment: Assessment, { failOn }: CheckArguments): 0 | 1 | 2 {
  if (assessment.problems.length > 0) return 2;
  return fails(assessment, failOn) ? 1 : 0;
}

const withoutSuppressions = (assessment: Assessment): Assessment => ({
  ...assessment,
  findings: assessment.findings.map((finding) => ({ ...finding, suppressed: null })),
});

function problemLine({ file, position, message }: ReadingProblem): string {
  const place = [file, position?.line, position?.column].filter((part) => part !== undefined).join(":");
  return place === "" ? message : `${place}: ${message}`;
}

const MOST_NAMES = 3;

function skippedLine(skipped: readonly ReadingProblem[]): readonly string[] {
  if (skipped.length === 0) return [];
  const names = skipped.slice(0, MOST_NAMES).map(({ file }) => file);
  const more = skipped.length > names.length ? ` and ${skipped.length - names.length} more` : "";
  return [`note: passed over, as no template or preview: ${names.join(", ")}${more}`];
}
