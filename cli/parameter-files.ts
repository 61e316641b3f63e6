import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { ReadingProblem } from "../core/program/declaration";
import { decoded } from "../input/read-text";
import { reasonOf } from "../input/reason";

export interface ParameterFiles {
  readonly parameters: Readonly<Record<string, string>>;
  readonly problems: readonly ReadingProblem[];
}

const EXPECTED =
  'a list of {"ParameterKey", "ParameterValue"}, a map with a key "Parameters", or a map of names to values was expected';

/**
 * Template parameters from files in the forms that AWS tools take: the list of `aws cloudformation --parameters`, the
 * `Parameters` map of CodePipeline and git sync, or a plain map; JSON or YAML. Later files win.
 */
export function readParameterFiles(files: readonly string[]): ParameterFiles {
  const parameters: Record<string, string> = {};
  const problems: ReadingProblem[] = [];
  for (const file of files) {
    try {
      const entries = entriesOf(parse(decoded(readFileSync(file))));
      if (entries === undefined) problems.push({ file, message: EXPECTED });
      else Object.assign(parameters, Object.fromEntries(entries));
    } catch (error) {
      problems.push({ file, message: `it cannot be read: ${reasonOf(error)}` });
    }
  }
  return { parameters, problems };
}

function entriesOf(content: unknown): readonly [string, string][] | undefined {
  if (Array.isArray(content)) {
    const pairs = content.map(listedPair);
    return pairs.every((pair) => pair !== undefined) ? pairs : undefined;
  }
  if (!isMap(content)) return undefined;
  const map = isMap(content.Parameters) ? content.Parameters : content;
  return Object.entries(map).map(([name, value]) => [name, textOf(value)]);
}

function listedPair(item: unknown): [string, string] | undefined {
  if (!isMap(item) || typeof item.ParameterKey !== "string") return undefined;
  return [item.ParameterKey, textOf(item.ParameterValue)];
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

// A list parameter is given as text with commas, which is also what a list means.
const textOf = (value: unknown): string => (Array.isArray(value) ? value.join(",") : String(value ?? ""));
