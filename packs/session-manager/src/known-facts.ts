import { existsSync } from "node:fs";
import path from "node:path";
import { withFacts } from "../../../core/facts-file/declare-facts";
import { FACTS_FILE } from "../../../core/facts-file/facts-file";
import type { Reading } from "../../../core/program/declaration";
import { problemLine } from "../../../core/report/text";

/** The configuration of the pack's summary. */
export const FACTS_SCHEMA = {
  description: `File that ssm-preflight snapshot wrote, from the folder of the pack; by default ${FACTS_FILE} in the nearest folder around the pack that has one`,
  type: "string",
  minLength: 1,
} as const;

/**
 * The reading with what a facts file tells of things outside of the stack.
 *
 * @param config of the pack's summary
 * @param folder of the pack, in which Pulumi runs it whatever folder the program is in
 */
export function withKnownFacts(reading: Reading, config: object, folder: string): Reading {
  const given: unknown = "facts" in config ? config.facts : undefined;
  const file = typeof given === "string" ? path.resolve(folder, given) : nearestFacts(folder);
  if (file === undefined) return reading;
  const { readFactsFile }: typeof import("./facts") = require("./facts");
  const { facts, problems } = readFactsFile(folder, file);
  const told = problems.map((problem) => ({ message: problemLine(problem) }));
  return withFacts({ ...reading, problems: [...reading.problems, ...told] }, facts, path.basename(file));
}

function nearestFacts(folder: string): string | undefined {
  const file = path.join(folder, FACTS_FILE);
  if (existsSync(file)) return file;
  const around = path.dirname(folder);
  return around === folder ? undefined : nearestFacts(around);
}
