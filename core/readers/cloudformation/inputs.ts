import type { Language, Reading, ReadingProblem } from "../../program/declaration";
import type { ConstructPaths } from "./resolve/stack";

/** One text that may be a template, and what is known of how it is deployed. */
export interface TemplateInput {
  /** As shown to the user; `/` or `\` between folders. */
  readonly file: string;
  readonly text: string;
  readonly stackName?: string;
  /** Default `cloudformation`. */
  readonly language?: Exclude<Language, "pulumi">;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly region?: string;
  readonly account?: string;
  readonly constructPaths?: ConstructPaths;
  /**
   * The `file` of the input that a nested stack uses, by its `TemplateURL` or `aws:asset:path`. Without it, and where it
   * returns undefined, paths relative to this file are tried.
   */
  readonly nested?: (location: string) => string | undefined;
  /** The user named this file, so that it must be a template. Others are skipped with a note. */
  readonly required?: boolean;
}

/** For inputs that do not say it themselves. */
export interface TemplateOptions {
  readonly parameters?: Readonly<Record<string, string>>;
  /** Whoever deploys may have given other values than the defaults of parameters, so that nothing follows from these. */
  readonly defaultsAreOpen?: boolean;
  readonly region?: string;
  readonly account?: string;
}

export interface TemplateReading extends Reading {
  /** Files that are no templates and were not named by the user. Nothing is wrong with them. */
  readonly skipped: readonly ReadingProblem[];
  /** Names of the parameters that any of the templates declares. */
  readonly parameterNames: readonly string[];
  /** Parameters of stacks that are deployed by themselves, which have no default and were given no value. Secret ones are left out. */
  readonly openParameters: readonly OpenParameter[];
}

export interface OpenParameter {
  readonly name: string;
  /** `AWS::EC2::Subnet::Id` */
  readonly type: string;
  readonly file: string;
}
