import { answer, type Question } from "../core/assessment/answer";
import { type AssessmentOptions, assess } from "../core/assessment/assess";
import type { Assessment } from "../core/assessment/assessment";
import { fails, summarise, type Threshold } from "../core/assessment/summary";
import { rulesInForce, withLevels, withoutRulesOff } from "../core/configuration/apply";
import { type Configuration, NO_CONFIGURATION } from "../core/configuration/configuration";
import type { ReadingProblem } from "../core/program/declaration";
import { type Format, REPORTERS } from "../core/report";
import { jsonAnswer, notFoundText, prettyAnswer } from "../core/report/answer";
import { RULES } from "../core/rules";
import type { Rule } from "../core/rules/rule";
import type { CheckArguments } from "./arguments";
import { type InputReading, type NamedFacts, NO_NAMED_FACTS, readInputs } from "./read-inputs";

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

/** A configuration, what is wrong in it, and what to know about it. */
export interface FoundSettings {
  readonly configuration: Configuration;
  readonly problems: readonly ReadingProblem[];
  readonly notes: readonly ReadingProblem[];
  readonly facts: NamedFacts;
}

export const NO_SETTINGS: FoundSettings = {
  configuration: NO_CONFIGURATION,
  problems: [],
  notes: [],
  facts: NO_NAMED_FACTS,
};

/** The command line with the configuration and the defaults filled in. */
interface CheckSettings extends CheckArguments {
  readonly failOn: Threshold;
}

export interface CheckResult {
  /** For stdout. */
  readonly report: string;
  readonly files: readonly FileReport[];
  /** For stderr: one line for each thing that could not be read, and what was passed over. */
  readonly messages: readonly string[];
  readonly status: 0 | 1 | 2;
}

export const DEFAULT_MINIMUM_AGENT = "2.3.68.0";

export async function check(
  options: CheckArguments,
  surroundings: Surroundings,
  found: FoundSettings = NO_SETTINGS,
): Promise<CheckResult> {
  const { configuration } = found;
  const inputs = await readInputs(options, configuration, found.facts);
  const reading = { ...inputs, problems: [...found.problems, ...inputs.problems] };
  const rules = withLevels(RULES, configuration);
  const minimumAgentVersion = options.minimumAgent ?? configuration.minimumAgent ?? DEFAULT_MINIMUM_AGENT;
  const settings = { ...options, failOn: options.failOn ?? configuration.failOn ?? "error" };
  const assessing = { rules, today: surroundings.today, minimumAgentVersion };
  const notes = [...found.notes, ...inputs.notes].map((note) => `note: ${problemLine(note)}`);
  if (settings.question !== undefined) {
    const answered = answerQuestion(settings.question, reading, assessing, settings, surroundings);
    return { ...answered, messages: [...answered.messages, ...notes] };
  }
  const judged = withoutRulesOff(assess(reading, assessing), configuration);
  const assessment = settings.suppressions ? judged : withoutSuppressions(judged);
  const messages = [...assessment.problems.map(problemLine), ...notes, ...skippedLine(inputs.skipped)];
  const reports = reportsOf(assessment, rulesInForce(rules, configuration), settings, surroundings);
  return { ...reports, messages, status: statusOf(assessment, settings) };
}

/** The whole chain for one host. Exit status 1 when a session surely does not open, 2 when there is no such host or user. */
function answerQuestion(
  question: Question,
  reading: InputReading,
  assessing: AssessmentOptions,
  { format, failOn }: CheckSettings,
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
  rules: readonly Rule[],
  { format, outputs, showUnknown }: CheckSettings,
  { colour, width, today, toolVersion, folder: baseFolder }: Surroundings,
): Pick<CheckResult, "report" | "files"> {
  const summary = summarise(assessment);
  const common = { showUnknown, today, toolVersion, baseFolder };
  const text = (name: Format, terminal: { readonly colour: boolean; readonly width: number }) =>
    REPORTERS[name].report({ assessment, summary, rules, options: { ...common, ...terminal } });
  return {
    report: text(format, { colour, width }),
    files: outputs.map((output) => ({
      file: output.file,
      text: text(output.format, { colour: false, width: FILE_WIDTH }),
    })),
  };
}

function statusOf(assessment: Assessment, { failOn }: CheckSettings): 0 | 1 | 2 {
  if (assessment.problems.length > 0) return 2;
  return fails(assessment, failOn) ? 1 : 0;
}

const withoutSuppressions = (assessment: Assessment): Assessment => ({
  ...assessment,
  findings: assessment.findings.map((finding) => ({ ...finding, suppressed: null })),
});

export function problemLine({ file, position, message }: ReadingProblem): string {
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
