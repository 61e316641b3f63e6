import { closestWord } from "../assessment/closest-word";
import type { ConfiguredExemption } from "../assessment/configured-exemptions";
import type { Reading, ReadingProblem } from "../program/declaration";
import { eachText } from "../program/texts";
import { NOTHING } from "../program/value";
import type { Rule } from "../rules/rule";
import type { Configuration, ParameterSetting, Placed, TemplateSettings } from "./configuration";

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
  const named = namesIn(usage.reading, configuration);
  const unnamed = <T extends Placed>(entries: readonly T[], kind: string, nameOf: (entry: T) => string) =>
    entries
      .filter((entry) => !named.has(lastSegment(nameOf(entry))))
      .map((entry) => note(entry, `nothing that was read names ${kind} ${nameOf(entry)}`));
  const own = new Map(usage.rules.map(({ id, level }) => [id, level]));
  const allParameters = [...parameters, ...templates.flatMap((settings) => settings.parameters)];
  return [
    ...rules
      .filter(({ rule, level }) => own.get(rule) === level)
      .map((entry) => note(entry, `rule ${entry.rule} has the level ${entry.level} by itself`)),
    ...allParameters
      .filter(({ name }) => !usage.declaredParameters.includes(name))
      .map((entry) => note(entry, noSuchParameter(entry, usage.declaredParameters))),
    ...usage.unusedTemplates.map((entry) => note(entry, `no template that was read matches ${entry.files.join(", ")}`)),
    ...unnamed(images, "image", ({ id }) => id),
    ...unnamed(subnets, "subnet", ({ id }) => id),
    ...unnamed(configuration.vpcs, "VPC", ({ id }) => id),
    ...unnamed(configuration.roles, "role", ({ name }) => name),
    ...unnamed(configuration.instanceProfiles, "instance profile", ({ name }) => name),
    ...unnamed(configuration.proxies, "proxy", ({ address }) => address),
    ...usage.unmetExemptions.map((entry) =>
      note(entry, `nothing that was read is called ${entry.resource}, so its exemption excuses nothing`),
    ),
  ];
}

export function noSuchParameter({ name }: Pick<ParameterSetting, "name">, declared: readonly string[]): string {
  const close = closestWord(name, declared);
  const suggestion = close === undefined ? "" : `; did you mean ${close}?`;
  return `no template that was read has a parameter ${name}${suggestion}`;
}

/** The last segments of names in facts that stand anywhere in a program, or in another fact that leads to them. */
function namesIn({ units }: Reading, configuration: Configuration): ReadonlySet<string> {
  const { images, subnets, vpcs, roles, instanceProfiles, proxies } = configuration;
  const names = [...images, ...subnets, ...vpcs].map(({ id }) => id);
  const identities = [...roles, ...instanceProfiles].map(({ name }) => name);
  const wanted = new Set([...names, ...identities].map(lastSegment));
  const addresses = proxies.map(({ address }) => address);
  const found = new Set<string>();
  if (wanted.size + addresses.length === 0) return found;
  const meet = (text: string): void => {
    // A list parameter stands as one text where it is not known to be a list.
    for (const word of text.split(/[,\s]+/)) {
      const name = lastSegment(word);
      if (wanted.has(name)) found.add(name);
    }
    for (const address of addresses) if (text.includes(address)) found.add(address);
  };
  for (const { program } of units.flat()) {
    for (const { properties, metadata = NOTHING } of program.declarations) {
      eachText(properties, meet);
      eachText(metadata, meet);
    }
  }
  for (const { vpc = "" } of subnets) meet(vpc);
  for (const { role } of instanceProfiles) meet(role);
  return found;
}

/** Of an ARN the name of the role or instance profile. */
const lastSegment = (text: string): string => text.slice(text.lastIndexOf("/") + 1);
