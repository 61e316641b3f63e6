import type { ReadingProblem } from "../../program/declaration";
import type { TemplateInput } from "./inputs";
import { entry, type Node, type PlaceInFile, type Source } from "./parse/node";
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
  const crowded = tooManyResources(root);
  if (crowded !== undefined) return failed(at(file, source, crowded.offset, crowded.message));
  const { template, issues: inside } = readTemplate(file, source, root);
  return {
    template: { input, template },
    problems: [...issues, ...inside].map((issue) => at(file, source, issue.offset, issue.message)),
    skipped: [],
  };
}

/** A hundred times what CloudFormation takes; what is made by mistake would take minutes and gigabytes. */
const MOST_RESOURCES = 50_000;

/** Source: CloudFormation user guide, "Understand CloudFormation quotas": 500 resources in a template. */
function tooManyResources(root: Node): { readonly offset: number; readonly message: string } | undefined {
  const found = entry(root, "Resources");
  if (found?.value.kind !== "map" || found.value.entries.size <= MOST_RESOURCES) return undefined;
  const count = found.value.entries.size;
  return {
    offset: found.keyOffset,
    message: `these are too many resources for a template: ${count}, and CloudFormation takes 500`,
  };
}

const failed = (problem: ReadingProblem): Loaded => ({ problems: [problem], skipped: [] });

const skipped = (problem: ReadingProblem): Loaded => ({ problems: [], skipped: [problem] });

export const at = (file: string, source: Source, offset: number, message: string): ReadingProblem => ({
  message,
  file,
  position: source.position(offset),
});
