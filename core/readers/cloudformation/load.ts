import type { ReadingProblem } from "../../program/declaration";
import type { TemplateInput } from "./inputs";
import type { PlaceInFile, Source } from "./parse/node";
import { parseText } from "./parse/parse";
import { isTemplate, readTemplate, type Template } from "./template/template";

export interface LoadedTemplate {
  readonly input: TemplateInput;
  readonly template: Template;
}

export interface Loaded {
  readonly template?: LoadedTemplate;
  readonly problems: readonly ReadingProblem[];
  readonly skipped: readonly ReadingProblem[];
}

/** What a broken file must contain for its being broken to matter where nobody named it. */
const looksLikeTemplate = (text: string): boolean =>
  text.includes("AWSTemplateFormatVersion") || (/\bResources["']?\s*:/.test(text) && /\bAWS::\w+::/.test(text));

export const NOT_A_TEMPLATE = "not a CloudFormation template: it has no Resources with a Type";

/**
 * Parses one input. What is wrong inside a template is a problem; what is no template at all is one only if required.
 * `placeInFile` is for a text that is a part of the file.
 */
export function load(input: TemplateInput, placeInFile?: PlaceInFile): Loaded {
  const { file } = input;
  const { source, root, issues } = parseText(input.text, file, placeInFile);
  const broken = issues.find((issue) => issue.fatal);
  if (broken !== undefined) {
    const problem = at(file, source, broken.offset, broken.message);
    return input.required || looksLikeTemplate(source.text) ? failed(problem) : skipped(problem);
  }
  // The CDK writes templates of empty stacks too, and what is in a cloud assembly needs no proof.
  if (root?.kind !== "map" || !(input.language === "cdk" || isTemplate(root))) {
    const problem = at(file, source, root?.offset ?? 0, NOT_A_TEMPLATE);
    return input.required ? failed(problem) : skipped(problem);
  }
  const { template, issues: inside } = readTemplate(file, source, root);
  return {
    template: { input, template },
    problems: [...issues, ...inside].map((issue) => at(file, source, issue.offset, issue.message)),
    skipped: [],
  };
}

const failed = (problem: ReadingProblem): Loaded => ({ problems: [problem], skipped: [] });

const skipped = (problem: ReadingProblem): Loaded => ({ problems: [], skipped: [problem] });

export const at = (file: string, source: Source, offset: number, message: string): ReadingProblem => ({
  message,
  file,
  position: source.position(offset),
});
