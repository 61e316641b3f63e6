import { existsSync } from "node:fs";
import path from "node:path";
import type { Assessment } from "../core/assessment/assessment";
import type { Threshold } from "../core/assessment/summary";
import { type Baseline, baselineOf } from "../core/baseline/baseline";
import { baselineText } from "../core/baseline/baseline-text";
import { againstBaseline } from "../core/baseline/compare";
import { readBaseline } from "../core/baseline/read-baseline";
import type { ReadingProblem } from "../core/program/declaration";
import { counted } from "../core/report/text";
import { readText } from "../input/read-text";
import type { BaselineTask } from "./baseline-task";
import type { FileReport } from "./write-reports";

/** The gate that the baseline is for. */
export interface Gate {
  readonly failOn: Threshold;
  /** Absolute. */
  readonly folder: string;
}

export interface BaselineOutcome {
  readonly assessment: Assessment;
  /** The baseline, where it is to be written. */
  readonly files: readonly FileReport[];
  readonly notes: readonly ReadingProblem[];
}

/** Holds an assessment against a baseline, or against the one that is made of it. What is wrong with a baseline becomes a problem. */
export function applyBaseline(assessment: Assessment, { action, file }: BaselineTask, gate: Gate): BaselineOutcome {
  const compared = (baseline: Baseline) => againstBaseline(assessment, baseline, scopeOf(gate));
  if (action === "compare") {
    const { baseline, problems } = existing(file);
    return baseline === undefined
      ? { assessment: withProblems(assessment, problems), files: [], notes: [] }
      : { assessment: compared(baseline), files: [], notes: [] };
  }
  const hindrances = whyNotWritten(assessment, file);
  if (hindrances.length > 0) return { assessment: withProblems(assessment, hindrances), files: [], notes: [] };
  const baseline = baselineOf(assessment, file, scopeOf(gate));
  const message = `the baseline has ${counted(baseline.entries.length, "entry", "entries")}`;
  return {
    assessment: compared(baseline),
    files: [{ file, text: baselineText(baseline) }],
    notes: [{ file, message }],
  };
}

const scopeOf = ({ failOn, folder }: Gate) => ({
  folder,
  unknowns: failOn === "unknown",
  isGone: (file: string) => !existsSync(path.resolve(folder, file)),
});

function existing(file: string) {
  const text = readText(file);
  return typeof text === "string" ? readBaseline(text, file) : { baseline: undefined, problems: [text] };
}

/** A baseline of half of the input would lose the rest, and whoever names a file wrongly shall not lose that. */
function whyNotWritten({ problems }: Assessment, file: string): readonly ReadingProblem[] {
  if (problems.length > 0) {
    return [{ file, message: "the baseline is not written, as not all of the input could be read" }];
  }
  if (!existsSync(file) || existing(file).baseline !== undefined) return [];
  return [{ file, message: "the baseline is not written, as the file that is there is no baseline; remove it first" }];
}

const withProblems = (assessment: Assessment, problems: readonly ReadingProblem[]): Assessment => ({
  ...assessment,
  problems: [...assessment.problems, ...problems],
});
