import path from "node:path";
import { withExemptions } from "../core/assessment/configured-exemptions";
import { unmetPeople } from "../core/assessment/unmet-people";
import { outsideOf } from "../core/configuration/apply";
import { type Configuration, NO_CONFIGURATION, valuesOf } from "../core/configuration/configuration";
import { namesIn, noSuchParameter, reviewConfiguration, type Usage } from "../core/configuration/review";
import { withFacts } from "../core/facts-file/declare-facts";
import { type FactsFile, NO_FACTS } from "../core/facts-file/facts-file";
import { factNamesIn, reviewFacts } from "../core/facts-file/review-facts";
import type { Reading, ReadingProblem } from "../core/program/declaration";
import { joinOutside, type OutsideFacts, withOutside } from "../core/program/outside";
import {
  NOT_A_TEMPLATE,
  type OpenParameter,
  readTemplates,
  type TemplateInput,
  type TemplateOptions,
} from "../core/readers/cloudformation";
import { RULES } from "../core/rules";
import { readOutside } from "../input/cloud-assembly";
import { type ExpandedPaths, expandPaths, filesMatching, rootOf } from "../input/paths";
import type { CheckArguments } from "./arguments";
import { folderOf } from "./configuration-folder";
import { readParameterFiles } from "./parameter-files";
import { readFiles, type Share } from "./read-files";
import { readStandardInput, STANDARD_INPUT } from "./standard-input";
import { type GivenPlace, type TemplateScope, templateScopes, withScopes } from "./template-scopes";

/** Facts, and the file they come from. */
export interface NamedFacts {
  readonly file: string;
  readonly facts: FactsFile;
}

export const NO_NAMED_FACTS: NamedFacts = { file: "", facts: NO_FACTS };

export interface InputReading extends Reading {
  /** The same without facts about the world outside. */
  readonly program: Reading;
  /** Facts that are known from the configuration and the inputs. */
  readonly outside: OutsideFacts;
  /** Files found in folders that hold nothing to judge. */
  readonly skipped: readonly ReadingProblem[];
  /** Options and entries of the configuration that match nothing. */
  readonly notes: readonly ReadingProblem[];
  /** Folders that were searched, and files that are named. */
  readonly roots: readonly string[];
  /** Folders that `cdk synth` wrote. */
  readonly assemblies: readonly string[];
  readonly openParameters: readonly OpenParameter[];
}

export type InputOptions = Pick<CheckArguments, "paths" | "parameters" | "parameterFiles" | "region" | "account">;

/** How every share of a run is read. */
export interface ShareSettings {
  readonly configuration: Configuration;
  readonly scopes: readonly TemplateScope[];
  /** What the command line says of every template. */
  readonly given: GivenPlace;
  readonly outside: OutsideFacts;
  readonly facts: NamedFacts;
}

/** Everything that the command line names, not read yet. */
export interface InputPlan {
  readonly share: Share;
  readonly settings: ShareSettings;
  readonly problems: readonly ReadingProblem[];
}

export interface ShareReading extends Reading {
  /** As in {@link InputReading}. */
  readonly program: Reading;
  readonly skipped: readonly ReadingProblem[];
  readonly openParameters: readonly OpenParameter[];
  readonly usage: Usage;
}

/** Reads everything the command line names. What cannot be read becomes a problem; the rest is read all the same. */
export async function readInputs(
  options: InputOptions,
  configuration: Configuration = NO_CONFIGURATION,
  facts: NamedFacts = NO_NAMED_FACTS,
): Promise<InputReading> {
  const { share, settings, problems } = await planInputs(options, configuration, facts);
  const reading = readShare(share, settings);
  const notes = notesOf(options, settings, reading.usage);
  return {
    ...reading,
    outside: settings.outside,
    problems: [...problems, ...reading.problems],
    notes,
    roots: namedPaths(options.paths, configuration).map(rootOf),
    assemblies: share.assemblies,
  };
}

export async function planInputs(
  options: InputOptions,
  configuration: Configuration,
  facts: NamedFacts,
): Promise<InputPlan> {
  const parameterFiles = readParameterFiles(options.parameterFiles);
  const { files, assemblies, problems } = await expand(options.paths, configuration, facts);
  const standardInput = options.paths.includes(STANDARD_INPUT) ? await readStandardInput() : undefined;
  return {
    share: { files, assemblies, ...(standardInput === undefined ? {} : { standardInput }) },
    settings: {
      configuration,
      scopes: await templateScopes(configuration, folderOf(configuration)),
      given: {
        parameters: { ...parameterFiles.parameters, ...options.parameters },
        region: options.region,
        account: options.account,
      },
      outside: joinOutside([outsideOf(configuration), ...assemblies.map(readOutside)]),
      facts,
    },
    problems: [...problems, ...parameterFiles.problems],
  };
}

export function readShare(share: Share, settings: ShareSettings): ShareReading {
  const { configuration, scopes, given, outside, facts } = settings;
  const files = readFiles(share);
  const templates = withScopes(files.templates, scopes, given);
  const cloudFormation = readTemplates(templates, templateOptions(configuration, given));
  const readings = [...files.readings, cloudFormation];
  const program: Reading = {
    units: readings.flatMap(({ units }) => units),
    problems: [...files.problems, ...readings.flatMap((found) => found.problems).map(withPulumi)],
  };
  const { reading, unmet } = withExemptions(program, configuration.exemptions);
  const unmetByName = unmetPeople(program, configuration.people);
  return {
    ...withOutside(withFacts(reading, facts.facts, facts.file), outside),
    program: reading,
    skipped: cloudFormation.skipped,
    openParameters: cloudFormation.openParameters,
    usage: {
      parameters: new Set(cloudFormation.parameterNames),
      names: namesIn(program, configuration),
      factNames: factNamesIn(facts.facts, program),
      templates: indexesOf(scopes, (scope) => meets(scope, templates)),
      exemptions: indexesOf(configuration.exemptions, (exemption) => !unmet.includes(exemption)),
      people: indexesOf(configuration.people, (person) => !unmetByName.includes(person)),
    },
  };
}

/** For templates that say nothing else themselves. */
export function templateOptions(configuration: Configuration, given: GivenPlace): TemplateOptions {
  const { region = configuration.region, account = configuration.account } = given;
  return {
    parameters: { ...valuesOf(configuration.parameters), ...given.parameters },
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
  };
}

/** Options, entries of the configuration and facts that match nothing of what was read. */
export const notesOf = (
  { parameters }: Pick<InputOptions, "parameters">,
  { configuration, facts }: Pick<ShareSettings, "configuration" | "facts">,
  usage: Usage,
): readonly ReadingProblem[] => [
  ...Object.keys(parameters)
    .filter((name) => !usage.parameters.has(name))
    .map((name) => ({ message: `--parameter ${name}: ${noSuchParameter({ name }, usage.parameters)}` })),
  ...reviewConfiguration(configuration, RULES, usage),
  ...reviewFacts(facts.facts, facts.file, usage.factNames),
];

const indexesOf = <T>(items: readonly T[], holds: (item: T) => boolean): ReadonlySet<number> =>
  new Set(items.flatMap((item, index) => (holds(item) ? [index] : [])));

/** What the command line names; else what the configuration includes; else the current folder. */
export function namedPaths(paths: readonly string[], configuration: Configuration): readonly string[] {
  if (paths.length > 0) return paths.filter((given) => given !== STANDARD_INPUT);
  if (configuration.include.length === 0) return ["."];
  return configuration.include.map((pattern) => path.join(folderOf(configuration), pattern));
}

async function expand(
  paths: readonly string[],
  configuration: Configuration,
  facts: NamedFacts,
): Promise<ExpandedPaths> {
  const named = namedPaths(paths, configuration);
  const factsFile = path.resolve(facts.file);
  if (paths.length > 0) return expandPaths(named, new Set([factsFile]));
  const folder = folderOf(configuration);
  const excluded = new Set([...(await filesMatching(configuration.exclude, folder)), factsFile]);
  if (configuration.file !== undefined) excluded.add(path.resolve(configuration.file));
  const expanded = await expandPaths(named, excluded);
  // A glob finds what is no template too, and the user has not picked its files one by one.
  const picked = new Set(named);
  return { ...expanded, files: expanded.files.map(({ file }) => ({ file, named: picked.has(file) })) };
}

/** A JSON file that is no template may have been meant as Pulumi's. */
const withPulumi = (problem: ReadingProblem): ReadingProblem =>
  problem.message === NOT_A_TEMPLATE && problem.file?.endsWith(".json")
    ? {
        ...problem,
        message: `${NOT_A_TEMPLATE}; nor is it what "pulumi preview --json" or "pulumi stack export" prints`,
      }
    : problem;

const meets = ({ files }: TemplateScope, templates: readonly TemplateInput[]): boolean =>
  templates.some(({ file }) => files.has(path.resolve(file)));
