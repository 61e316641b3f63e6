import path from "node:path";
import type { Configuration } from "../core/configuration/configuration";
import type { CheckArguments } from "./arguments";
import { folderOf } from "./configuration-folder";

const DEFAULT_FILE = "ssm-preflight.baseline.json";

export interface BaselineTask {
  readonly action: "compare" | "write";
  readonly file: string;
}

/** What is to be done with which baseline; undefined where there is none, or where everything is to be seen. */
export function baselineTask(
  { baseline: request, suppressions }: Pick<CheckArguments, "baseline" | "suppressions">,
  configuration: Configuration,
): BaselineTask | undefined {
  const configured =
    configuration.baseline === undefined ? undefined : path.join(folderOf(configuration), configuration.baseline);
  if (request !== undefined) return { action: request.action, file: request.file ?? configured ?? DEFAULT_FILE };
  return configured === undefined || !suppressions ? undefined : { action: "compare", file: configured };
}
