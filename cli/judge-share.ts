import { type AssessmentOptions, judgePortion } from "../core/assessment/assess";
import type { Portion } from "../core/assessment/portion";
import { withLevels } from "../core/configuration/apply";
import type { Usage } from "../core/configuration/review";
import type { ReadingProblem } from "../core/program/declaration";
import { RULES } from "../core/rules";
import type { Share } from "./read-files";
import { readShare, type ShareSettings } from "./read-inputs";

/** Rules are no data; their levels are in the configuration. */
export type PlainOptions = Omit<AssessmentOptions, "rules">;

/** How every share of a run is read and judged. Plain data. */
export interface JudgingSettings extends ShareSettings {
  readonly assessing: PlainOptions;
}

/** What is said about a share, as plain data, which holds nothing of the programs. */
export interface JudgedShare {
  readonly portion: Portion;
  readonly skipped: readonly ReadingProblem[];
  readonly usage: Usage;
}

export function judgeShare(share: Share, settings: JudgingSettings): JudgedShare {
  const reading = readShare(share, settings);
  const rules = withLevels(RULES, settings.configuration);
  const portion = judgePortion(reading, { ...settings.assessing, rules });
  return { portion, skipped: reading.skipped, usage: reading.usage };
}
