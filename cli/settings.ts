import { existsSync } from "node:fs";
import path from "node:path";
import { NO_CONFIGURATION } from "../core/configuration/configuration";
import { FACTS_FILE } from "../core/facts-file/facts-file";
import { RULES } from "../core/rules";
import { findConfiguration } from "../input/find-configuration";
import type { FoundSettings } from "./check";
import type { CheckArguments } from "./check-arguments";
import { NO_NAMED_FACTS } from "./read-inputs";

type Configured = Pick<FoundSettings, "configuration" | "problems" | "notes">;

export type SettingsOptions = Pick<CheckArguments, "configuration" | "facts">;

/**
 * The configuration and the facts file of a folder, or those that the command line names. Facts are looked for beside the
 * configuration, or in the current folder.
 */
export async function findSettings(
  folder: string,
  { configuration: wanted, facts: given }: SettingsOptions,
): Promise<FoundSettings> {
  const configured = await findConfigured(folder, wanted);
  const file = given ?? path.join(path.dirname(configured.configuration.file ?? FACTS_FILE), FACTS_FILE);
  if (given === undefined && !existsSync(path.resolve(folder, file))) {
    return { ...configured, facts: { ...NO_NAMED_FACTS, file } };
  }
  const { readFactsFile } = await import("../input/facts-file.js");
  const { facts, problems } = readFactsFile(folder, file);
  return { ...configured, problems: [...configured.problems, ...problems], facts: { file, facts } };
}

/** Most runs have neither, and do not load what reads them. */
async function findConfigured(folder: string, wanted: CheckArguments["configuration"]): Promise<Configured> {
  const nothing: Configured = { configuration: NO_CONFIGURATION, problems: [], notes: [] };
  if (wanted === "none") return nothing;
  const { found, problems, passedOver } = findConfiguration(folder, wanted === "search" ? undefined : wanted.file);
  if (found === undefined) return { ...nothing, problems };
  const { parseConfiguration } = await import("../input/configuration.js");
  const notes = passedOver.map((file) => ({ file, message: `it is not read as configuration; ${found.file} is` }));
  return { ...parseConfiguration(found, RULES), notes };
}
