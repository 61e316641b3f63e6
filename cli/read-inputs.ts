import path from "node:path";
import { withExemptions } from "../core/assessment/configured-exemptions";
import { outsideOf } from "../core/configuration/apply";
import { type Configuration, NO_CONFIGURATION, valuesOf } from "../core/configuration/configuration";
import { noSuchParameter, reviewConfiguration } from "../core/configuration/review";
import type { Reading, ReadingProblem } from "../core/program/declaration";
import { joinOutside, type OutsideFacts, withOutside } from "../core/program/outside";
import { NOT_A_TEMPLATE, readTemplates, type TemplateInput } from "../core/readers/cloudformation";
import { detectPulumi, readPulumiPreview, readPulumiState } from "../core/readers/pulumi";
import { RULES } from "../core/rules";
import { readCloudAssembly } from "../input/cloud-assembly";
import { type ExpandedPaths, expandPaths, filesMatching, type InputFile, rootOf } from "../input/paths";
import type { CheckArguments } from "./arguments";
import { folderOf } from "./configuration-folder";
import { readParameterFiles } from "./parameter-files";
import { readText } from "./read-text";
import { readStandardInput, STANDARD_INPUT, STANDARD_INPUT_NAME } from "./standard-input";
import { type TemplateScope, templateScopes, withScopes } from "./template-scopes";

export interface InputReading extends Reading {
  /** Files found in folders that hold nothing to judge. */
  readonly skipped: readonly ReadingProblem[];
  /** Options and entries of the configuration that match nothing. */
  readonly notes: readonly ReadingProblem[];
  /** Folders that were searched, and files that are named. */
  readonly roots: readonly string[];
  /** Folders that `cdk synth` wrote. */
  readonly assemblies: readonly string[];
}

export type InputOptions = Pick<CheckArguments, "paths" | "parameters" | "parameterFiles" | "region" | "account">;

/** Reads everything the command line names. What cannot be read becomes a problem; the rest is read all the same. */
export async function readInputs(
  options: InputOptions,
  configuration: Configuration = NO_CONFIGURATION,
): Promise<InputReading> {
  const parameterFiles = readParameterFiles(options.parameterFiles);
  const given = { ...parameterFiles.parameters, ...options.parameters };
  const { region = configuration.region, account = configuration.account } = options;
  const standardInput = options.paths.includes(STANDARD_INPUT) ? await readStandardInput() : undefined;
  const expanded = await expand(options.paths, configuration);
  const files = readFiles(expanded, standardInput);
  const scopes = await templateScopes(configuration, folderOf(configuration));
  const templates = withScopes(files.templates, scopes, { ...options, parameters: given });
  const cloudFormation = readTemplates(templates, {
    parameters: { ...valuesOf(configuration.parameters), ...given },
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
  });
  const readings = [...files.readings, cloudFormation];
  const program: Reading = {
    units: readings.flatMap(({ units }) => units),
    problems: [
      ...files.problems,
      ...parameterFiles.problems,
      ...readings.flatMap((found) => found.problems).map(withPulumi),
    ],
  };
  const { reading, unmet } = withExemptions(program, configuration.exemptions);
  const declaredParameters = cloudFormation.parameterNames;
  return {
    ...withOutside(reading, joinOutside([outsideOf(configuration), ...files.outside])),
    skipped: cloudFormation.skipped,
    roots: namedPaths(options.paths, configuration).map(rootOf),
    assemblies: expanded.assemblies,
    notes: [
      ...undeclared(Object.keys(options.parameters), declaredParameters),
      ...reviewConfiguration(configuration, {
        reading: program,
        rules: RULES,
        declaredParameters,
        unusedTemplates: scopes.filter((scope) => !meets(scope, templates)).map(({ settings }) => settings),
        unmetExemptions: unmet,
      }),
    ],
  };
}

/** What the command line names; else what the configuration includes; else the current folder. */
export function namedPaths(paths: readonly string[], configuration: Configuration): readonly string[] {
  if (paths.length > 0) return paths.filter((given) => given !== STANDARD_INPUT);
  if (configuration.include.length === 0) return ["."];
  return configuration.include.map((pattern) => path.join(folderOf(configuration), pattern));
}

async function expand(paths: readonly string[], configuration: Configuration): Promise<ExpandedPaths> {
  const named = namedPaths(paths, configuration);
  if (paths.length > 0) return expandPaths(named);
  const folder = folderOf(configuration);
  const excluded = new Set(await filesMatching(configuration.exclude, folder));
  if (configuration.file !== undefined) excluded.add(path.resolve(configuration.file));
  const expanded = await expandPaths(named, excluded);
  // A glob finds what is no template too, and the user has not picked its files one by one.
  const picked = new Set(named);
  return { ...expanded, files: expanded.files.map(({ file }) => ({ file, named: picked.has(file) })) };
}

const NOTHING_PIPED: ReadingProblem = {
  file: STANDARD_INPUT_NAME,
  message: "standard input is empty; a template or a preview was expected",
};

interface FileReadings {
  readonly readings: readonly Reading[];
  readonly templates: readonly TemplateInput[];
  readonly outside: readonly OutsideFacts[];
  readonly problems: readonly ReadingProblem[];
}

function readFiles(expanded: ExpandedPaths, standardInput: string | undefined): FileReadings {
  const readings: Reading[] = [];
  const templates: TemplateInput[] = [];
  const outside: OutsideFacts[] = [];
  const problems: ReadingProblem[] = [...expanded.problems];
  const read = ({ file, named }: InputFile, text: string): void => {
    const pulumi = readPulumi(file, text);
    if (pulumi !== undefined) readings.push(pulumi);
    else templates.push({ file, text, required: named });
  };
  if (standardInput?.trim() === "") problems.push(NOTHING_PIPED);
  else if (standardInput !== undefined) read({ file: STANDARD_INPUT_NAME, named: true }, standardInput);
  for (const input of expanded.files) {
    const text = readText(input.file);
    if (typeof text === "string") read(input, text);
    else problems.push(text);
  }
  for (const folder of expanded.assemblies) {
    const assembly = readCloudAssembly(folder);
    templates.push(...assembly.inputs);
    outside.push(assembly.outside);
    problems.push(...assembly.problems);
  }
  return { readings, templates, outside, problems };
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

const undeclared = (names: readonly string[], declared: readonly string[]): readonly ReadingProblem[] =>
  names
    .filter((name) => !declared.includes(name))
    .map((name) => ({ message: `--parameter ${name}: ${noSuchParameter({ name }, declared)}` }));

// Parsing a large template only to see that it is not Pulumi's costs more than looking for words that Pulumi's have.
const PULUMI = /"(?:steps|changeSummary|deployment|checkpoint)"/;

function readPulumi(file: string, text: string): Reading | undefined {
  if (!text.trimStart().startsWith("{") || !PULUMI.test(text)) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const kind = detectPulumi(json);
  if (kind === undefined) return undefined;
  return kind === "preview" ? readPulumiPreview(json, file) : readPulumiState(json, file);
}
