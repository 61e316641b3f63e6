import type { Assessment } from "../assessment/assessment";
import type { Summary } from "../assessment/summary";
import type { Rule } from "../rules/rule";

/** Everything a report is made from: the same input gives the same text. */
export interface ReportInput {
  readonly assessment: Assessment;
  readonly summary: Summary;
  /** The rules that were checked. */
  readonly rules: readonly Rule[];
  readonly options: ReportOptions;
}

export interface ReportOptions {
  readonly colour: boolean;
  /** Columns to wrap at. */
  readonly width: number;
  /** Name for each link that is not known the fact that would decide it. */
  readonly showUnknown: boolean;
  /** List the facts that hosts wait for, with how to supply each. */
  readonly explainUnknown: boolean;
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly toolVersion: string;
  /** Absolute; files are told from here where a format wants relative paths. */
  readonly baseFolder: string;
}

export interface Reporter {
  /** Of a file with such a report, without the dot. */
  readonly extension: string;
  /** For the help text, as a clause. */
  readonly description: string;
  readonly report: (input: ReportInput) => string;
}
