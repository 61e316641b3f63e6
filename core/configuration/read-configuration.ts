import * as v from "valibot";
import type { ReadingProblem } from "../program/declaration";
import type { Position } from "../program/value";
import { type Configuration, NO_CONFIGURATION, type ParameterSetting, type Placed } from "./configuration";
import { type ConfigurationContent, configurationSchema } from "./schema";

/** Keys and indexes from the top of the file. */
export type Path = readonly (string | number)[];

/** A parsed file, and where things stand in it. */
export interface ConfigurationDocument {
  /** As shown to the user. */
  readonly file: string;
  /** Numbers as the text that was written, for a leading zero counts in account ids and parameters. */
  readonly content: unknown;
  /** Of the key where the last step of the path is a key, of the item where it is an index; undefined where the path leads nowhere. */
  readonly keyAt: (path: Path) => Position | undefined;
  readonly valueAt: (path: Path) => Position | undefined;
}

export interface ConfigurationReading {
  readonly configuration: Configuration;
  /** What is wrong in the file. The rest of it is in force all the same. */
  readonly problems: readonly ReadingProblem[];
}

/** `rules` are the ids that there are. */
export function readConfiguration(document: ConfigurationDocument, rules: readonly string[]): ConfigurationReading {
  const schema = configurationSchema(rules);
  const content = withoutEmpty(document.content);
  const { issues = [] } = v.safeParse(schema, content);
  const failures = issues.map((issue) => ({ issue, path: pathOf(issue) }));
  const problems = failures.map(({ issue, path }) => problemOf(document, issue, path));
  const cuts = failures.map(({ path }) => cutOf(path));
  const valid = v.safeParse(schema, without(content, cuts));
  if (!valid.success) return { configuration: { ...NO_CONFIGURATION, file: document.file }, problems };
  return { configuration: configurationOf(valid.output, document, cuts), problems };
}

type Issue = v.BaseIssue<unknown>;

const pathOf = ({ path }: Issue): Path =>
  (path ?? []).map(({ key }: v.IssuePathItem) => (typeof key === "number" ? key : String(key)));

function problemOf({ file, keyAt, valueAt }: ConfigurationDocument, issue: Issue, path: Path): ReadingProblem {
  const missing = issue.input === undefined;
  const unknownKey = issue.expected === "never";
  const position = missing ? valueAt(path.slice(0, -1)) : unknownKey ? keyAt(path) : valueAt(path);
  // A message about a key names it.
  const place = nameOf(missing || unknownKey ? path.slice(0, -1) : path);
  const message = place === "" ? issue.message : `${place}: ${issue.message}`;
  return { file, message, ...(position === undefined ? {} : { position }) };
}

/** `facts.subnets[0].kind` */
const nameOf = (path: Path): string =>
  path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");

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
  const items = <T>(list: readonly T[] = [], path: Path) => itemsOf(list, path, cuts);
  const parameters = (values: Readonly<Record<string, string>> = {}, path: Path): readonly ParameterSetting[] =>
    Object.entries(values).map(([name, value]) => ({ name, value, ...at([...path, "parameters", name]) }));
  const { failOn, minimumAgent, region, account, include = [], exclude = [], facts = {} } = content;
  return {
    file,
    ...(failOn === undefined ? {} : { failOn }),
    ...(minimumAgent === undefined ? {} : { minimumAgent }),
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
    include,
    exclude,
    rules: Object.entries(content.rules ?? {}).flatMap(([rule, level]) =>
      level === undefined ? [] : [{ rule, level, ...at(["rules", rule]) }],
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
    subnets: items(facts.subnets, ["facts", "subnets"]).map(([path, subnet]) => ({
      ...subnet,
      ...at(path),
      source: file,
    })),
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
