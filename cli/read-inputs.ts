import { readFileSync } from "node:fs";
import type { Reading, ReadingProblem } from "../core/program/declaration";
import { joinOutside, type OutsideFacts, withOutside } from "../core/program/outside";
import { readTemplates, type TemplateInput } from "../core/readers/cloudformation";
import { detectPulumi, readPulumiPreview, readPulumiState } from "../core/readers/pulumi";
import { readCloudAssembly } from "../input/cloud-assembly";
import { expandPaths } from "../input/paths";
import type { CheckArguments } from "./arguments";
import { readParameterFiles } from "./parameter-files";

export interface InputReading extends Reading {
  /** Files found in folders that hold nothing to judge. */
  readonly skipped: readonly ReadingProblem[];
}

/** Reads everything the command line names. What cannot be read becomes a problem; the rest is read all the same. */
export async function readInputs(options: CheckArguments): Promise<InputReading> {
  const expanded = await expandPaths(options.paths.length === 0 ? ["."] : options.paths);
  const parameterFiles = readParameterFiles(options.parameterFiles);
  const readings: Reading[] = [];
  const templates: TemplateInput[] = [];
  const outside: OutsideFacts[] = [];
  const problems: ReadingProblem[] = [...expanded.problems, ...parameterFiles.problems];
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
  const cloudFormation = readTemplates(templates, {
    parameters: { ...parameterFiles.parameters, ...options.parameters },
    ...(options.region === undefined ? {} : { region: options.region }),
    ...(options.account === undefined ? {} : { account: options.account }),
  });
  readings.push(cloudFormation);
  const reading = {
    units: readings.flatMap(({ units }) => units),
    problems: [...problems, ...readings.flatMap((found) => found.problems)],
  };
  return { ...withOutside(reading, joinOutside(outside)), skipped: cloudFormation.skipped };
}

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
