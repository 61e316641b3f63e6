import type { ConfiguredExemption } from "../assessment/configured-exemptions";
import type { Threshold } from "../assessment/summary";
import type { OutsideImage, OutsideSubnet } from "../program/outside";
import type { Position } from "../program/value";
import type { Level } from "../rules/rule";

/** What a team writes down once instead of giving it on every command line. */
export interface Configuration {
  /** As shown to the user: `ssm-preflight.yaml`. Undefined when there is none. */
  readonly file: string | undefined;
  readonly rules: readonly RuleSetting[];
  readonly failOn?: Threshold;
  /** Relative to the file. */
  readonly baseline?: string;
  /** `3.1.1927.0` */
  readonly minimumAgent?: string;
  readonly region?: string;
  readonly account?: string;
  /** For every template. */
  readonly parameters: readonly ParameterSetting[];
  readonly templates: readonly TemplateSettings[];
  /** Files, folders and globs, relative to the file; read when the command line names no path. */
  readonly include: readonly string[];
  /** Globs of what is not read then. */
  readonly exclude: readonly string[];
  readonly images: readonly (OutsideImage & Placed)[];
  readonly subnets: readonly (OutsideSubnet & Placed)[];
  readonly defaultHostManagement: boolean;
  readonly exemptions: readonly (ConfiguredExemption & Placed)[];
}

/** Where an entry stands in the file. */
export interface Placed {
  readonly position: Position | undefined;
}

export interface RuleSetting extends Placed {
  readonly rule: string;
  /** Undefined where only options are set. */
  readonly level: Level | "off" | undefined;
  readonly options: Readonly<Record<string, string | number>>;
}

export interface ParameterSetting extends Placed {
  readonly name: string;
  readonly value: string;
}

/** For the templates that a glob finds. */
export interface TemplateSettings extends Placed {
  /** Globs, relative to the file. */
  readonly files: readonly string[];
  readonly parameters: readonly ParameterSetting[];
  readonly region?: string;
  readonly account?: string;
}

export const NO_CONFIGURATION: Configuration = {
  file: undefined,
  rules: [],
  parameters: [],
  templates: [],
  include: [],
  exclude: [],
  images: [],
  subnets: [],
  defaultHostManagement: false,
  exemptions: [],
};

export const valuesOf = (parameters: readonly ParameterSetting[]): Readonly<Record<string, string>> =>
  Object.fromEntries(parameters.map(({ name, value }) => [name, value]));
