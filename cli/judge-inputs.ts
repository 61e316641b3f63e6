import type { Assessment } from "../core/assessment/assessment";
import { compareProblems } from "../core/assessment/order";
import { joinPortions } from "../core/assessment/portion";
import type { Configuration } from "../core/configuration/configuration";
import { joinUsage } from "../core/configuration/review";
import type { ReadingProblem } from "../core/program/declaration";
import { RULES } from "../core/rules";
import { type JudgedShare, type JudgingSettings, judgeShare, type PlainOptions } from "./judge-share";
import { type InputOptions, type InputPlan, notesOf, planInputs } from "./read-inputs";

/** What a run on many files may use. */
export interface Crew {
  /** Worker threads where the user does not say how many. */
  readonly cores: number;
  /** The program that a worker thread runs. */
  readonly worker: string;
  readonly showsProgress: boolean;
}

export interface JudgedInputs {
  readonly assessment: Assessment;
  readonly skipped: readonly ReadingProblem[];
  readonly notes: readonly ReadingProblem[];
}

/** From here on a second thread makes up for being started; measured with templates of 13 resources. */
export const MANY_FILES = 200;

const ALONE: Crew = { cores: 1, worker: "", showsProgress: false };

/** Reads and judges everything that the command line names. The result is the same however many threads take part. */
export async function judgeInputs(
  options: InputOptions & { readonly threads: number | undefined },
  configuration: Configuration,
  assessing: PlainOptions,
  crew: Crew = ALONE,
): Promise<JudgedInputs> {
  const plan = await planInputs(options, configuration);
  const settings = { ...plan.settings, assessing };
  const shares = await judgePlan(plan, settings, { ...crew, cores: options.threads ?? crew.cores });
  const portions = shares.map(({ portion }) => portion);
  const assessment = joinPortions(portions, { rules: RULES, today: assessing.today });
  const usage = joinUsage(shares.map((share) => share.usage));
  return {
    assessment: { ...assessment, problems: [...plan.problems, ...inOrder(assessment.problems)] },
    skipped: inOrder(shares.flatMap(({ skipped }) => skipped)),
    notes: notesOf(options, configuration, usage),
  };
}

async function judgePlan({ share }: InputPlan, settings: JudgingSettings, crew: Crew): Promise<readonly JudgedShare[]> {
  if (share.files.length < MANY_FILES) return [judgeShare(share, settings)];
  const { divide } = await import("./shares.js");
  const { judgeShares } = await import("./judge-shares.js");
  return judgeShares(divide(share, settings), settings, crew);
}

/** By place, so that the order does not tell which share was judged first. */
const inOrder = (problems: readonly ReadingProblem[]): readonly ReadingProblem[] => [...problems].sort(compareProblems);
