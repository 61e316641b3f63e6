import { closestWord } from "../assessment/closest-word";
import type { ConfiguredExemption } from "../assessment/configured-exemptions";
import type { Reading, ReadingProblem } from "../program/declaration";
import { eachWord } from "../program/each-word";
import type { Rule } from "../rules/rule";
import type { Configuration, ParameterSetting, Placed, RuleSetting, TemplateSettings } from "./configuration";

/** What became of the entries of a configuration in a run. */
export interface Usage {
  /** Before facts of the world outside are added to it. */
  readonly reading: Reading;
  readonly rules: readonly Rule[];
  /** Names of parameters that templates declare. */
  readonly declaredParameters: readonly string[];
  /** Settings for templates that no file was read for. */
  readonly unusedTemplates: readonly TemplateSettings[];
  readonly unmetExemptions: readonly (ConfiguredExemption & Placed)[];
}

/** Entries of a configuration that match nothing of what was read: most are left over from what is gone, or misspelt. */
export function reviewConfiguration(configuration: Configuration, usage: Usage): readonly ReadingProblem[] {
  const { file, images, subnets, rules, parameters, templates } = configuration;
  if (file === undefined) return [];
  const note = ({ position }: Placed, message: string): ReadingProblem => ({
    file,
    message,
    ...(position === undefined ? {} : { position }),
  });
  const named = idsIn(
    usage.reading,
    [...images, ...subnets].map(({ id }) => id),
  );
  const own = new Map(usage.rules.map((rule) => [rule.id, rule]));
  const allParameters = [...parameters, ...templates.flatMap((settings) => settings.parameters)];
  return [
    ...rules.flatMap((entry) => needless(entry, own.get(entry.rule)).map((text) => note(entry, text))),
    ...allParameters
      .filter(({ name }) => !usage.declaredParameters.includes(name))
      .map((entry) => note(entry, noSuchParameter(entry, usage.declaredParameters))),
    ...usage.unusedTemplates.map((entry) => note(entry, `no template that was read matches ${entry.files.join(", ")}`)),
    ...images
      .filter(({ id }) => !named.has(id))
      .map((entry) => note(entry, `nothing that was read names image ${entry.id}`)),
    ...subnets
      .filter(({ id }) => !named.has(id))
      .map((entry) => note(entry, `nothing that was read names subnet ${entry.id}`)),
    ...usage.unmetExemptions.map((entry) =>
      note(entry, `nothing that was read is called ${entry.resource}, so its exemption excuses nothing`),
    ),
  ];
}

/** Settings that a rule has by itself. */
function needless({ rule: id, level, options }: RuleSetting, rule: Rule | undefined): readonly string[] {
  const isSameLevel = level !== undefined && level === rule?.level;
  const same = Object.entries(options).filter(([name, value]) => value === rule?.options?.[name]?.default);
  return [
    ...(isSameLevel ? [`rule ${id} has the level ${level} by itself`] : []),
    ...same.map(([name, value]) => `rule ${id} has ${name} ${value} by itself`),
  ];
}

export function noSuchParameter({ name }: Pick<ParameterSetting, "name">, declared: readonly string[]): string {
  const close = closestWord(name, declared);
  const suggestion = close === undefined ? "" : `; did you mean ${close}?`;
  return `no template that was read has a parameter ${name}${suggestion}`;
}

/** Those of `wanted` that stand anywhere in a program. */
function idsIn({ units }: Reading, wanted: readonly string[]): ReadonlySet<string> {
  if (wanted.length === 0) return new Set();
  const ids = new Set(wanted);
  const found = new Set<string>();
  const meet = (text: string): void => {
    if (ids.has(text)) found.add(text);
  };
  for (const { program } of units.flat()) {
    for (const { properties } of program.declarations) eachWord(properties, meet);
  }
  return found;
}
