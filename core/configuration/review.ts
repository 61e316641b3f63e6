import { suggestion } from "../assessment/closest-word";
import { noSuchPerson } from "../assessment/unmet-people";
import type { Reading, ReadingProblem } from "../program/declaration";
import { eachWord } from "../program/each-word";
import { lastSegment } from "../program/last-segment";
import { NOTHING } from "../program/value";
import type { Rule } from "../rules/rule";
import type { Configuration, ParameterSetting, Placed, RuleSetting } from "./configuration";

/** What was read that entries of a configuration are about. Plain data, which can come from another thread. */
export interface Usage {
  /** Names of parameters that templates declare. */
  readonly parameters: ReadonlySet<string>;
  /** What facts and images of the configuration are about and a program names, see {@link namesIn}. */
  readonly names: ReadonlySet<string>;
  /** What is in the facts file and a program names. */
  readonly factNames: ReadonlySet<string>;
  /** Settings for templates that a file was read for, by their place in the list. */
  readonly templates: ReadonlySet<number>;
  /** Exemptions whose resource is in a program, by their place in the list. */
  readonly exemptions: ReadonlySet<number>;
  /** People whom a program declares, by their place in the list. */
  readonly people: ReadonlySet<number>;
}

export const joinUsage = (usages: readonly Usage[]): Usage => ({
  parameters: union(usages.map(({ parameters }) => parameters)),
  names: union(usages.map(({ names }) => names)),
  factNames: union(usages.map(({ factNames }) => factNames)),
  templates: union(usages.map(({ templates }) => templates)),
  exemptions: union(usages.map(({ exemptions }) => exemptions)),
  people: union(usages.map(({ people }) => people)),
});

const union = <T>(sets: readonly ReadonlySet<T>[]): ReadonlySet<T> => new Set(sets.flatMap((set) => [...set]));

/** Entries of a configuration that match nothing of what was read: most are left over from what is gone, or misspelt. */
export function reviewConfiguration(
  configuration: Configuration,
  ownRules: readonly Rule[],
  usage: Usage,
): readonly ReadingProblem[] {
  const { file, rules, parameters, templates, exemptions, people } = configuration;
  if (file === undefined) return [];
  const note = ({ position }: Placed, message: string): ReadingProblem => ({
    file,
    message,
    ...(position === undefined ? {} : { position }),
  });
  const unnamed = <T extends Placed>(entries: readonly T[], kind: string, nameOf: (entry: T) => string) =>
    entries
      .filter((entry) => !usage.names.has(lastSegment(nameOf(entry))))
      .map((entry) => note(entry, `nothing that was read names ${kind} ${nameOf(entry)}`));
  const own = new Map(ownRules.map((rule) => [rule.id, rule]));
  const allParameters = [...parameters, ...templates.flatMap((settings) => settings.parameters)];
  return [
    ...rules.flatMap((entry) => needless(entry, own.get(entry.rule)).map((text) => note(entry, text))),
    ...allParameters
      .filter(({ name }) => !usage.parameters.has(name))
      .map((entry) => note(entry, noSuchParameter(entry, usage.parameters))),
    ...templates
      .filter((_, index) => !usage.templates.has(index))
      .map((entry) => note(entry, `no template that was read matches ${entry.files.join(", ")}`)),
    ...unnamed(configuration.images, "image", ({ id }) => id),
    ...unnamed(configuration.subnets, "subnet", ({ id }) => id),
    ...unnamed(configuration.vpcs, "VPC", ({ id }) => id),
    ...unnamed(configuration.roles, "role", ({ name }) => name),
    ...unnamed(configuration.instanceProfiles, "instance profile", ({ name }) => name),
    ...unnamed(configuration.proxies, "proxy", ({ address }) => address),
    ...exemptions
      .filter((_, index) => !usage.exemptions.has(index))
      .map((entry) =>
        note(entry, `nothing that was read is called ${entry.resource}, so its exemption excuses nothing`),
      ),
    ...people.filter((_, index) => !usage.people.has(index)).map((entry) => note(entry, noSuchPerson(entry))),
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

export function noSuchParameter({ name }: Pick<ParameterSetting, "name">, declared: ReadonlySet<string>): string {
  // In order, so that of two names that are as close the same one is proposed each time.
  return `no template that was read has a parameter ${name}${suggestion(name, [...declared].sort())}`;
}

/**
 * The last segments of names in facts that stand anywhere in a program, before facts of the world outside are added to it, or in another
 * fact that leads to them.
 */
export function namesIn({ units }: Reading, configuration: Configuration): ReadonlySet<string> {
  const { images, subnets, vpcs, roles, instanceProfiles, proxies } = configuration;
  const names = [...images, ...subnets, ...vpcs].map(({ id }) => id);
  const identities = [...roles, ...instanceProfiles].map(({ name }) => name);
  const wanted = new Set([...names, ...identities].map(lastSegment));
  const addresses = proxies.map(({ address }) => address);
  const found = new Set<string>();
  if (wanted.size + addresses.length === 0) return found;
  const meet = (word: string): void => {
    const name = lastSegment(word);
    if (wanted.has(name)) found.add(name);
    for (const address of addresses) if (word.includes(address)) found.add(address);
  };
  for (const { program } of units.flat()) {
    for (const { properties, metadata = NOTHING } of program.declarations) {
      eachWord(properties, meet);
      eachWord(metadata, meet);
    }
  }
  for (const { vpc = "" } of subnets) meet(vpc);
  for (const { role } of instanceProfiles) meet(role);
  return found;
}
