import { existsSync } from "node:fs";
import type { Assessment } from "../../core/assessment/assessment";
import { summarise } from "../../core/assessment/summary";
import { type FolderSurvey, starterJson, starterYaml } from "../../core/configuration/starter";
import { counted, namesText } from "../../core/report/text";
import { findConfiguration } from "../../input/find-configuration";
import { UsageError } from "../options";
import type { FileReport } from "../write-reports";
import type { InitArguments } from "./arguments";
import { surveyFolder } from "./survey";

export interface InitResult {
  readonly file: FileReport;
  /** What to do next, once the file is written. */
  readonly report: string;
}

const SCHEMA = "node_modules/ssm-preflight/schema/ssm-preflight.schema.json";

/**
 * A configuration for the current folder.
 * @param today `YYYY-MM-DD`
 * @throws {UsageError} where there is a configuration that would be lost, or another one beside the new one
 */
export async function init({ format, force }: InitArguments, today: string): Promise<InitResult> {
  const file = `ssm-preflight.${format}`;
  refuseToReplace(file, force);
  const { survey, assessment } = await surveyFolder(today);
  const schema = existsSync(SCHEMA) ? SCHEMA : undefined;
  const text = format === "yaml" ? starterYaml(survey, schema) : starterJson(survey, schema);
  const steps = [...fillIn(survey, file), ...nextCommands(survey, assessment)];
  return { file: { file, text }, report: [`${file} is written. Next:`, ...steps].join("\n  ").concat("\n") };
}

function refuseToReplace(file: string, force: boolean): void {
  const { found } = findConfiguration(".");
  if (found === undefined) return;
  const { file: other } = found;
  if (other !== file)
    throw new UsageError(`init: ${other} has a configuration already, and only one is read; remove it first`);
  if (!force) throw new UsageError(`init: ${file} is there already; --force writes over it`);
}

const MOST_NAMES = 5;

function fillIn({ parameters, images, subnets }: FolderSurvey, file: string): readonly string[] {
  const step = (noun: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`${noun}: ${namesText([...new Set(names)], MOST_NAMES)}`];
  const steps = [
    ...step(
      "values for parameters",
      parameters.map(({ name }) => name),
    ),
    ...step("what is known of images", images),
    ...step("what is known of subnets", subnets),
  ];
  return steps.length === 0 ? [] : [`fill in ${file}: ${steps.join("; ")}`];
}

function nextCommands({ later }: FolderSurvey, assessment: Assessment): readonly string[] {
  const { hosts, blocked, errors } = summarise(assessment);
  return [
    ...later.map(({ path, command }) => `${command}, and add ${path} to include`),
    `ssm-preflight check${hosts === 0 ? "" : `: ${blocked} of ${counted(hosts, "host")} ${blocked === 1 ? "is" : "are"} blocked now`}`,
    ...(errors === 0 ? [] : ["mend them, or ssm-preflight check --write-baseline, so that only new mistakes fail"]),
  ];
}
