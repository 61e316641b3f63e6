import path from "node:path";
import { answer, type Question } from "../core/assessment/answer";
import { type AssessmentOptions, assess } from "../core/assessment/assess";
import type { Assessment } from "../core/assessment/assessment";
import { fails, summarise, type Threshold } from "../core/assessment/summary";
import { configuredOptions, rulesInForce, withLevels, withoutRulesOff } from "../core/configuration/apply";
import { type Configuration, NO_CONFIGURATION } from "../core/configuration/configuration";
import type { Reading, ReadingProblem } from "../core/program/declaration";
import { type Format, REPORTERS } from "../core/report";
import { jsonAnswer, notFoundText, prettyAnswer } from "../core/report/answer";
import { problemLine } from "../core/report/text";
import { RULES } from "../core/rules";
import type { Rule } from "../core/rules/rule";
import type { CheckArguments } from "./arguments";
import { type BaselineTask, baselineTask } from "./baseline-task";
import { type Crew, type JudgedInputs, judgeInputs } from "./judge-inputs";
import type { PlainOptions } from "./judge-share";
import { type NamedFacts, NO_NAMED_FACTS, readInputs } from "./read-inputs";
import type { FileReport } from "./write-reports";

/** What the terminal and the calendar say, so that `check` itself asks neither. */
export interface Surroundings {
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly colour: boolean;
  readonly width: number;
  readonly toolVersion: string;
  /** Absolute. */
  readonly folder: string;
  /** For many files; without it one thread judges them. */
  readonly crew?: Crew;
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

export async function check(
  options: CheckArguments,
  surroundings: Surroundings,
  found: FoundSettings = NO_SETTINGS,
): Promise<CheckResult> {
  const { configuration } = found;
  const rules = withLevels(RULES, configuration);
  const settings = { ...options, failOn: options.failOn ?? configuration.failOn ?? "error" };
  const plain: PlainOptions = {
    ...configuredOptions(configuration),
    ...(options.minimumAgent === undefined ? {} : { minimumAgentVersion: options.minimumAgent }),
    today: surroundings.today,
    people: configuration.people,
  };
  const assessing = { ...plain, rules };
  if (settings.question !== undefined) {
    const inputs = await readInputs(options, configuration, found.facts);
    const reading = { ...inputs, problems: [...found.problems, ...inputs.problems] };
    const notes = [...found.notes, ...inputs.notes];
    const answered = answerQuestion(settings.question, reading, assessing, settings, surroundings);
    return { ...answered, messages: [...answered.messages, ...notes.map(noteLine)] };
  }
  const judged =
    options.changedSince === undefined
      ? await judgeInputs(options, found, plain, surroundings.crew)
      : await judgeChanges(options.changedSince, options, found, assessing);
  const problems = [...found.problems, ...judged.assessment.problems];
  const inForce = withoutRulesOff({ ...judged.assessment, problems }, configuration);
  const seen = settings.suppressions ? inForce : withoutSuppressions(inForce);
  const task = baselineTask(settings, configuration);
  const { assessment, files, ...compared } =
    task === undefined
      ? { assessment: seen, files: [], notes: [] }
      : await heldAgainst(seen, task, settings, surroundings);
  const { report, files: reports } = reportsOf(assessment, rulesInForce(rules, configuration), settings, surroundings);
  return {
    report,
    files: [...reports, ...files],
    messages: [
      ...assessment.problems.map(problemLine),
      ...[...found.notes, ...judged.notes, ...compared.notes].map(noteLine),
      ...skippedLine(judged.skipped.filter(({ file = "" }) => !isSameFile(file, task?.file))),
    ],
    status: statusOf(assessment, settings),
  };
}

/** Which programs a change touches is known once all are read. Most runs judge everything, and do not load what asks git. */
async function judgeChanges(
  ref: string,
  options: CheckArguments,
  found: FoundSettings,
  assessing: AssessmentOptions,
): Promise<JudgedInputs> {
  const { changedSince } = await import("./changed-since.js");
  const inputs = await readInputs(options, found.configuration, found.facts);
  const { reading, changes, notes } = await changedSince(ref, inputs, options, found);
  return {
    assessment: { ...assess(reading, assessing), ...(changes === undefined ? {} : { changes }) },
    skipped: inputs.skipped,
    notes: [...inputs.notes, ...notes],
  };
}

/** Most runs have no baseline, and do not load what reads one. */
async function heldAgainst(
  assessment: Assessment,
  task: BaselineTask,
  { failOn }: CheckSettings,
  { folder }: Surroundings,
) {
  const { applyBaseline } = await import("./baseline.js");
  return applyBaseline(assessment, task, { failOn, folder });
}

/** The whole chain for one host. Exit status 1 when a session surely does not open, 2 when there is no such host or user. */
function answerQuestion(
  question: Question,
  reading: Reading,
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
  { format, outputs, showUnknown, explainUnknown }: CheckSettings,
  { colour, width, today, toolVersion, folder: baseFolder }: Surroundings,
): Pick<CheckResult, "report" | "files"> {
  const summary = summarise(assessment);
  const common = { showUnknown, explainUnknown, today, toolVersion, baseFolder };
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

const noteLine = (note: ReadingProblem): string => `note: ${problemLine(note)}`;

const isSameFile = (file: string, other: string | undefined): boolean =>
  other !== undefined && path.resolve(file) === path.resolve(other);

const MOST_NAMES = 3;

function skippedLine(skipped: readonly ReadingProblem[]): readonly string[] {
  if (skipped.length === 0) return [];
  const names = skipped.slice(0, MOST_NAMES).map(({ file }) => file);
  const more = skipped.length > names.length ? ` and ${skipped.length - names.length} more` : "";
  return [`note: passed over, as no template or preview: ${names.join(", ")}${more}`];
}
