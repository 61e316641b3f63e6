import { readFileSync } from "node:fs";
import path from "node:path";
import { withExemptions } from "../core/assessment/configured-exemptions";
import { outsideOf } from "../core/configuration/apply";
import { type Configuration, NO_CONFIGURATION, valuesOf } from "../core/configuration/configuration";
import { noSuchParameter, reviewConfiguration } from "../core/configuration/review";
import { withFacts } from "../core/facts-file/declare-facts";
import { type FactsFile, NO_FACTS } from "../core/facts-file/facts-file";
import { reviewFacts } from "../core/facts-file/review-facts";
import type { Reading, ReadingProblem } from "../core/program/declaration";
import { joinOutside, type OutsideFacts, withOutside } from "../core/program/outside";
import { readTemplates, type TemplateInput } from "../core/readers/cloudformation";
import { detectPulumi, readPulumiPreview, readPulumiState } from "../core/readers/pulumi";
import { RULES } from "../core/rules";
import { readCloudAssembly } from "../input/cloud-assembly";
import { type ExpandedPaths, expandPaths, filesMatching } from "../input/paths";
import type { CheckArguments } from "./arguments";
import { readParameterFiles } from "./parameter-files";
import { type TemplateScope, templateScopes, withScopes } from "./template-scopes";

export interface InputReading extends Reading {
  /** The same without facts about the world outside. */
  readonly program: Reading;
  /** Facts that are known from the configuration and the inputs. */
  readonly outside: OutsideFacts;
  /** Files found in folders that hold nothing to judge. */
  readonly skipped: readonly ReadingProblem[];
  /** Options and entries of the configuration that match nothing. */
  readonly notes: readonly ReadingProblem[];
}

/** Facts, and the file they come from. */
export interface NamedFacts {
  readonly file: string;
  readonly facts: FactsFile;
}

export const NO_NAMED_FACTS: NamedFacts = { file: "", facts: NO_FACTS };

export type InputOptions = Pick<CheckArguments, "paths" | "parameters" | "parameterFiles" | "region" | "account">;

/** Reads everything the command line names. What cannot be read becomes a problem; the rest is read all the same. */
export async function readInputs(
  options: InputOptions,
  configuration: Configuration = NO_CONFIGURATION,
  facts: NamedFacts = NO_NAMED_FACTS,
): Promise<InputReading> {
  const parameterFiles = readParameterFiles(options.parameterFiles);
  const given = { ...parameterFiles.parameters, ...options.parameters };
  const { region = configuration.region, account = configuration.account } = options;
  const files = readFiles(await expand(options.paths, configuration, facts));
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
    problems: [...files.problems, ...parameterFiles.problems, ...readings.flatMap((found) => found.problems)],
  };
  const { reading, unmet } = withExemptions(program, configuration.exemptions);
  const declaredParameters = cloudFormation.parameterNames;
  const outside = joinOutside([outsideOf(configuration), ...files.outside]);
  return {
    ...withOutside(withFacts(reading, facts.facts, facts.file), outside),
    program: reading,
    outside,
    skipped: cloudFormation.skipped,
    notes: [
      ...undeclared(Object.keys(options.parameters), declaredParameters),
      ...reviewConfiguration(configuration, {
        reading: program,
        rules: RULES,
        declaredParameters,
        unusedTemplates: scopes.filter((scope) => !meets(scope, templates)).map(({ settings }) => settings),
        unmetExemptions: unmet,
      }),
      ...reviewFacts(facts.facts, facts.file, program),
    ],
  };
}

const folderOf = ({ file }: Configuration): string => (file === undefined ? "." : path.dirname(file));

/** What the command line names; else what the configuration includes; else the current folder. */
async function expand(
  paths: readonly string[],
  configuration: Configuration,
  facts: NamedFacts,
): Promise<ExpandedPaths> {
  const folder = folderOf(configuration);
  if (paths.length > 0) return expandPaths(paths, new Set([path.resolve(facts.file)]));
  const excluded = new Set(await filesMatching(configuration.exclude, folder));
  excluded.add(path.resolve(facts.file));
  if (configuration.file !== undefined) excluded.add(path.resolve(configuration.file));
  if (configuration.include.length === 0) return expandPaths(["."], excluded);
  const included = configuration.include.map((pattern) => path.join(folder, pattern));
  const expanded = await expandPaths(included, excluded);
  // A glob finds what is no template too, and the user has not picked its files one by one.
  const picked = new Set(included);
  return { ...expanded, files: expanded.files.map(({ file }) => ({ file, named: picked.has(file) })) };
}

interface FileReadings {
  readonly readings: readonly Reading[];
  readonly templates: readonly TemplateInput[];
  readonly outside: readonly OutsideFacts[];
  readonly problems: readonly ReadingProblem[];
}

function readFiles(expanded: ExpandedPaths): FileReadings {
  const readings: Reading[] = [];
  const templates: TemplateInput[] = [];
  const outside: OutsideFacts[] = [];
  const problems: ReadingProblem[] = [...expanded.problems];
  for (const input of expanded.files) {
    const text = readText(input.file);
    if (typeof text !== "string") {
      problems.push(text);
      continue;
    }
    const pulumi = readPulumi(input.file, text);
    if (pulumi !== undefined) readings.push(pulumi);
    else templates.push({ file: input.file, text, required: input.named });
  }
  for (const folder of expanded.assemblies) {
    const assembly = readCloudAssembly(folder);
    templates.push(...assembly.inputs);
    outside.push(assembly.outside);
    problems.push(...assembly.problems);
  }
  return { readings, templates, outside, problems };
}

const meets = ({ files }: TemplateScope, templates: readonly TemplateInput[]): boolean =>
  templates.some(({ file }) => files.has(path.resolve(file)));

const undeclared = (names: readonly string[], declared: readonly string[]): readonly ReadingProblem[] =>
  names
    .filter((name) => !declared.includes(name))
    .map((name) => ({ message: `--parameter ${name}: ${noSuchParameter({ name }, declared)}` }));

function readText(file: string): string | ReadingProblem {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { file, message: `it cannot be read: ${reason}` };
  }
}

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
