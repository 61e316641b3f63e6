import type { DiagnosisOptions } from "../diagnosis/problems";
import { agentOutdated } from "./agent-outdated";
import { instanceTooSmall } from "./instance-too-small";
import { rootVolumeUnwatched } from "./root-volume-unwatched";
import type { Rule, RuleOption } from "./rule";

/** The value that a configuration gives an option of a rule; undefined where it gives none. */
export type GivenOptions = (rule: string, option: string) => unknown;

/** What the options of the rules mean for the diagnosis. A value that does not fit leaves the default in force. */
export function diagnosisOptions(given: GivenOptions): DiagnosisOptions {
  const inForce = ({ id, options = {} }: Rule, name: string): unknown => {
    const option = options[name];
    const value = given(id, name);
    return option !== undefined && fits(option, value) ? value : option?.default;
  };
  return {
    minimumAgentVersion: String(inForce(agentOutdated, "minimumVersion")),
    minimumMemory: Number(inForce(instanceTooSmall, "minimumMemory")),
    minimumRootVolume: Number(inForce(rootVolumeUnwatched, "minimumSize")),
  };
}

/** The options that are given, with the oldest agent that somebody asks for under another name than the rule's option. */
export const withMinimumAgent =
  (given: GivenOptions, version: string | undefined): GivenOptions =>
  (rule, option) =>
    given(rule, option) ?? (rule === agentOutdated.id && option === "minimumVersion" ? version : undefined);

/** Every option at its default. */
export const DEFAULT_OPTIONS: DiagnosisOptions = diagnosisOptions(() => undefined);

export function fits(option: RuleOption, value: unknown): boolean {
  if (option.type === "string") return typeof value === "string" && new RegExp(option.pattern).test(value);
  return Number.isInteger(value) && Number(value) >= option.minimum && Number(value) <= option.maximum;
}

/** What fits an option, to complete "expected …". */
export const expectation = (option: RuleOption): string =>
  option.type === "string"
    ? `a text such as ${option.default}`
    : `a whole number from ${option.minimum} to ${option.maximum}`;
