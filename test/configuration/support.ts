import { RULES } from "../../core/rules";
import { parseConfiguration } from "../../input/configuration";

const IDS = RULES.map(({ id }) => id);

export const parse = (text: string, file = "ssm-preflight.yaml") => parseConfiguration({ file, text }, IDS);

/** Problems as they are shown, without the file. */
export const problemsOf = (text: string): readonly string[] =>
  parse(text).problems.map(({ position, message }) => `${position?.line}:${position?.column} ${message}`);
