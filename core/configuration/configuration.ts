import type { ConfiguredExemption } from "../assessment/configured-exemptions";
import type { Threshold } from "../assessment/summary";
import type { MeantPerson } from "../diagnosis/problems";
import type {
  OutsideImage,
  OutsideInstanceProfile,
  OutsideProxy,
  OutsideRole,
  OutsideSubnet,
  OutsideVpc,
} from "../program/outside";
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
  readonly vpcs: readonly (OutsideVpc & Placed)[];
  readonly roles: readonly (OutsideRole & Placed)[];
  readonly instanceProfiles: readonly (OutsideInstanceProfile & Placed)[];
  readonly proxies: readonly (OutsideProxy & Placed)[];
  readonly defaultHostManagement: boolean;
  readonly people: readonly (MeantPerson & Placed)[];
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
  vpcs: [],
  roles: [],
  instanceProfiles: [],
  proxies: [],
  defaultHostManagement: false,
  people: [],
  exemptions: [],
};

export const valuesOf = (parameters: readonly ParameterSetting[]): Readonly<Record<string, string>> =>
  Object.fromEntries(parameters.map(({ name, value }) => [name, value]));
