import { closestWord } from "../assessment/closest-word";
import { noSuchPerson } from "../assessment/unmet-people";
import type { Reading, ReadingProblem } from "../program/declaration";
import type { Value } from "../program/value";
import type { Rule } from "../rules/rule";
import type { Configuration, ParameterSetting, Placed } from "./configuration";

/** What was read that entries of a configuration are about. Plain data, which can come from another thread. */
export interface Usage {
  /** Names of parameters that templates declare. */
  readonly parameters: ReadonlySet<string>;
  /** Those images and subnets of the configuration that a program names. */
  readonly ids: ReadonlySet<string>;
  /** Settings for templates that a file was read for, by their place in the list. */
  readonly templates: ReadonlySet<number>;
  /** Exemptions whose resource is in a program, by their place in the list. */
  readonly exemptions: ReadonlySet<number>;
  /** People whom a program declares, by their place in the list. */
  readonly people: ReadonlySet<number>;
}

export const joinUsage = (usages: readonly Usage[]): Usage => ({
  parameters: union(usages.map(({ parameters }) => parameters)),
  ids: union(usages.map(({ ids }) => ids)),
  templates: union(usages.map(({ templates }) => templates)),
  exemptions: union(usages.map(({ exemptions }) => exemptions)),
  people: union(usages.map(({ people }) => people)),
});

const union = <T>(sets: readonly ReadonlySet<T>[]): ReadonlySet<T> => new Set(sets.flatMap((set) => [...set]));

/** Entries of a configuration that match nothing of what was read: most are left over from what is gone, or misspelt. */
export function reviewConfiguration(
  { file, images, subnets, rules, parameters, templates, exemptions, people }: Configuration,
  ownRules: readonly Rule[],
  usage: Usage,
): readonly ReadingProblem[] {
  if (file === undefined) return [];
  const note = ({ position }: Placed, message: string): ReadingProblem => ({
    file,
    message,
    ...(position === undefined ? {} : { position }),
  });
  const own = new Map(ownRules.map(({ id, level }) => [id, level]));
  const allParameters = [...parameters, ...templates.flatMap((settings) => settings.parameters)];
  return [
    ...rules
      .filter(({ rule, level }) => own.get(rule) === level)
      .map((entry) => note(entry, `rule ${entry.rule} has the level ${entry.level} by itself`)),
    ...allParameters
      .filter(({ name }) => !usage.parameters.has(name))
      .map((entry) => note(entry, noSuchParameter(entry, usage.parameters))),
    ...templates
      .filter((_, index) => !usage.templates.has(index))
      .map((entry) => note(entry, `no template that was read matches ${entry.files.join(", ")}`)),
    ...images
      .filter(({ id }) => !usage.ids.has(id))
      .map((entry) => note(entry, `nothing that was read names image ${entry.id}`)),
    ...subnets
      .filter(({ id }) => !usage.ids.has(id))
      .map((entry) => note(entry, `nothing that was read names subnet ${entry.id}`)),
    ...exemptions
      .filter((_, index) => !usage.exemptions.has(index))
      .map((entry) =>
        note(entry, `nothing that was read is called ${entry.resource}, so its exemption excuses nothing`),
      ),
    ...people.filter((_, index) => !usage.people.has(index)).map((entry) => note(entry, noSuchPerson(entry))),
  ];
}

export function noSuchParameter({ name }: Pick<ParameterSetting, "name">, declared: ReadonlySet<string>): string {
  // In order, so that of two names that are as close the same one is proposed each time.
  const close = closestWord(name, [...declared].sort());
  const suggestion = close === undefined ? "" : `; did you mean ${close}?`;
  return `no template that was read has a parameter ${name}${suggestion}`;
}

/** Those images and subnets of a configuration that stand anywhere in a program, before facts of the world outside are added to it. */
export function idsIn({ units }: Reading, { images, subnets }: Configuration): ReadonlySet<string> {
  const ids = new Set([...images, ...subnets].map(({ id }) => id));
  if (ids.size === 0) return ids;
  const found = new Set<string>();
  const meet = (text: string): void => {
    if (ids.has(text)) found.add(text);
  };
  for (const { program } of units.flat()) {
    for (const { properties } of program.declarations) eachText(properties, meet);
  }
  return found;
}

function eachText(value: Value, meet: (text: string) => void): void {
  switch (value.kind) {
    case "literal":
      // A list parameter stands as one text where it is not known to be a list.
      if (typeof value.value === "string") value.value.split(/[,\s]+/).forEach(meet);
      return;
    case "text":
      for (const part of value.parts) if (typeof part === "string") part.split(/[,\s]+/).forEach(meet);
      return;
    case "list":
      for (const item of value.items) eachText(item, meet);
      return;
    case "record":
      for (const item of value.entries.values()) eachText(item, meet);
      return;
    case "unknown":
    case "absent":
      return;
  }
}
