import * as v from "valibot";
import type { ReadingProblem } from "../program/declaration";
import { type Configuration, NO_CONFIGURATION, type ParameterSetting, type Placed } from "./configuration";
import { type ConfigurableRule, type ConfigurationContent, configurationSchema } from "./schema";
import { nameOf, type Path, type Places, pathOf, schemaProblem } from "./schema-problems";

/** A parsed file, and where things stand in it. */
export interface ConfigurationDocument extends Places {
  /** Numbers as the text that was written, for a leading zero counts in account ids and parameters. */
  readonly content: unknown;
}

export interface ConfigurationReading {
  readonly configuration: Configuration;
  /** What is wrong in the file. The rest of it is in force all the same. */
  readonly problems: readonly ReadingProblem[];
}

/** `rules` are those that there are. */
export function readConfiguration(
  document: ConfigurationDocument,
  rules: readonly ConfigurableRule[],
): ConfigurationReading {
  const schema = configurationSchema(rules);
  const content = withoutEmpty(document.content);
  const { issues = [] } = v.safeParse(schema, content);
  const problems = issues.map((issue) => schemaProblem(document, issue));
  const cuts = issues.map((issue) => cutOf(pathOf(issue)));
  const valid = v.safeParse(schema, without(content, cuts));
  if (!valid.success) return { configuration: { ...NO_CONFIGURATION, file: document.file }, problems };
  return { configuration: configurationOf(valid.output, document, cuts), problems };
}

/** An item of a list counts whole or not at all: an exemption without its wrong date would hold for ever. */
function cutOf(path: Path): Path {
  const index = path.findIndex((step) => typeof step === "number");
  return index === -1 ? path : path.slice(0, index + 1);
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Keys of which everything below is commented out say nothing. */
function withoutEmpty(content: unknown): unknown {
  if (content === null || content === undefined) return {};
  if (!isMap(content)) return content;
  const entries = Object.entries(content).filter(([, value]) => value !== null);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, key === "facts" && isMap(value) ? withoutEmpty(value) : value]),
  );
}

function without(value: unknown, cuts: readonly Path[]): unknown {
  if (cuts.length === 0) return value;
  const below = (key: string | number) => cuts.filter(([first]) => first === key).map((path) => path.slice(1));
  const stays = (key: string | number) => below(key).every((path) => path.length > 0);
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => (stays(index) ? [without(item, below(index))] : []));
  }
  if (!isMap(value)) return value;
  const entries = Object.entries(value).filter(([key]) => stays(key));
  return Object.fromEntries(entries.map(([key, item]) => [key, without(item, below(key))]));
}

function configurationOf(
  content: ConfigurationContent,
  document: ConfigurationDocument,
  cuts: readonly Path[],
): Configuration {
  const { file } = document;
  const at = (path: Path): Placed => ({ position: document.keyAt(path) });
  const { failOn, baseline, minimumAgent, region, account, include = [], exclude = [], facts = {} } = content;
  const items = <T>(list: readonly T[] = [], path: Path) => itemsOf(list, path, cuts);
  const stated = <T extends object>(key: keyof typeof facts, list: readonly T[] = []) =>
    items(list, ["facts", key]).map(([path, fact]) => ({ ...fact, ...at(path), source: file }));
  const parameters = (values: Readonly<Record<string, string>> = {}, path: Path): readonly ParameterSetting[] =>
    Object.entries(values).map(([name, value]) => ({ name, value, ...at([...path, "parameters", name]) }));
  return {
    file,
    ...(failOn === undefined ? {} : { failOn }),
    ...(baseline === undefined ? {} : { baseline }),
    ...(minimumAgent === undefined ? {} : { minimumAgent }),
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
    include,
    exclude,
    rules: Object.entries(content.rules ?? {}).flatMap(([rule, setting]) =>
      setting === undefined ? [] : [{ rule, ...ruleSetting(setting), ...at(["rules", rule]) }],
    ),
    parameters: parameters(content.parameters, []),
    templates: items(content.templates, ["templates"]).map(([path, { files, parameters: values, ...place }]) => ({
      ...place,
      ...at(path),
      files: typeof files === "string" ? [files] : files,
      parameters: parameters(values, path),
    })),
    images: items(content.images, ["images"]).map(([path, { agent, ...image }]) => ({
      ...image,
      ...at(path),
      ...(agent === undefined ? {} : { agent: { carried: agent, source: file } }),
    })),
    subnets: stated("subnets", facts.subnets),
    vpcs: stated("vpcs", facts.vpcs),
    roles: stated("roles", facts.roles),
    instanceProfiles: stated("instanceProfiles", facts.instanceProfiles),
    proxies: stated(
      "proxies",
      facts.proxies?.map((address) => ({ address: address.replace(/^[a-z]+:\/\//, "").replace(/\/$/, "") })),
    ),
    defaultHostManagement: facts.defaultHostManagement ?? false,
    people: items(content.people, ["people"]).map(([path, { name, sessions = true, preferences = false }]) => {
      const place = at(path);
      return { name, sessions, preferences, ...place, origin: originOf(file, place) };
    }),
    exemptions: items(content.exemptions, ["exemptions"]).map(([path, { resource, ...exemption }]) => {
      const place = at(path);
      return { resource, ...place, exemption: { ...exemption, origin: `${originOf(file, place)} (${resource})` } };
    }),
  };
}

/** `ssm-preflight.yaml:12` */
const originOf = (file: string, { position }: Placed): string =>
  [file, position?.line].filter((part) => part !== undefined).join(":");

function ruleSetting(setting: NonNullable<NonNullable<ConfigurationContent["rules"]>[string]>) {
  if (typeof setting === "string") return { level: setting, options: {} };
  const { level, ...options } = setting;
  return { level, options };
}

/** The items that are left of a list, each with the path that it has in the file. */
function itemsOf<T>(list: readonly T[], path: Path, cuts: readonly Path[]): readonly [Path, T][] {
  const gone = new Set(cuts.filter((cut) => nameOf(cut.slice(0, -1)) === nameOf(path)).map((cut) => cut.at(-1)));
  let index = -1;
  return list.map((item) => {
    do index++;
    while (gone.has(index));
    return [[...path, index], item];
  });
}
