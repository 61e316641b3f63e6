import { RULES } from "../../core/rules";
import { parseConfiguration } from "../../input/configuration";

export const parse = (text: string, file = "ssm-preflight.yaml") => parseConfiguration({ file, text }, RULES);

/** Problems as they are shown, without the file. */
export const problemsOf = (text: string): readonly string[] =>
  parse(text).problems.map(({ position, message }) => `${position?.line}:${position?.column} ${message}`);
