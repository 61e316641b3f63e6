import type { Reading, ReadingProblem } from "../core/program/declaration";
import type { TemplateInput } from "../core/readers/cloudformation";
import { detectPulumi, readPulumiPreview, readPulumiState } from "../core/readers/pulumi";
import { readCloudAssembly } from "../input/cloud-assembly";
import type { InputFile } from "../input/paths";
import { readText } from "../input/read-text";
import { STANDARD_INPUT_NAME } from "./standard-input";

/** Files and cloud assemblies that refer to nothing but each other. Plain data, like its settings: another thread can read it. */
export interface Share {
  readonly files: readonly InputFile[];
  /** Folders. */
  readonly assemblies: readonly string[];
  readonly standardInput?: string;
}

/** Previews and states that were read, and templates that are to be read together. */
interface FileReadings {
  readonly readings: readonly Reading[];
  readonly templates: readonly TemplateInput[];
  readonly problems: readonly ReadingProblem[];
}

const NOTHING_PIPED: ReadingProblem = {
  file: STANDARD_INPUT_NAME,
  message: "standard input is empty; a template or a preview was expected",
};

export function readFiles({ files, assemblies, standardInput }: Share): FileReadings {
  const readings: Reading[] = [];
  const templates: TemplateInput[] = [];
  const problems: ReadingProblem[] = [];
  const read = ({ file, named }: InputFile, text: string): void => {
    const pulumi = readPulumi(file, text);
    if (pulumi !== undefined) readings.push(pulumi);
    else templates.push({ file, text, required: named });
  };
  if (standardInput?.trim() === "") problems.push(NOTHING_PIPED);
  else if (standardInput !== undefined) read({ file: STANDARD_INPUT_NAME, named: true }, standardInput);
  for (const input of files) {
    const text = readText(input.file);
    if (typeof text === "string") read(input, text);
    else problems.push(text);
  }
  for (const folder of assemblies) {
    const assembly = readCloudAssembly(folder);
    templates.push(...assembly.inputs);
    problems.push(...assembly.problems);
  }
  return { readings, templates, problems };
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
