import type { ReadingProblem } from "../../program/declaration";
import { checkStack } from "./check";
import { groupBy } from "./group";
import type { OpenParameter, TemplateInput, TemplateOptions, TemplateReading } from "./inputs";
import { linkStacks } from "./links";
import { load } from "./load";
import type { Stack } from "./resolve/stack";
import { scenariosOf } from "./scenarios/scenarios";
import { makeStacks } from "./stacks";
import { unitsOf } from "./units";

export type { OpenParameter, TemplateInput, TemplateOptions, TemplateReading } from "./inputs";
export { Kinship } from "./kinship";
export { NOT_A_TEMPLATE } from "./load";
export type { ConstructPath, ConstructPaths } from "./resolve/stack";

/**
 * Reads CloudFormation templates, YAML or JSON, that are given together: exports and imports among them are joined, and
 * nested stacks whose template is among them. Values are three-valued; see `core/program/value.ts`. Nothing is thrown
 * for what a file holds: it becomes a problem, and the other files are read all the same.
 */
export function readTemplates(inputs: readonly TemplateInput[], options: TemplateOptions = {}): TemplateReading {
  const loaded = inputs.map((input) => load(input));
  const templates = loaded.flatMap(({ template }) => template ?? []);
  const family = makeStacks(templates, options);
  const stacks = family.roots.flatMap(withNested);
  const links = linkStacks(stacks);
  const units = unitsOf(family.roots, links);
  return {
    units: units.map((roots) => scenariosOf(roots.flatMap(withNested), links)),
    problems: distinct([
      ...loaded.flatMap(({ problems }) => problems),
      ...family.problems,
      ...stacks.flatMap(checkStack),
    ]),
    skipped: loaded.flatMap(({ skipped }) => skipped),
    openParameters: family.roots.flatMap(openParameters),
    parameterNames: [...new Set(templates.flatMap(({ template }) => [...template.parameters.keys()]))],
  };
}

const openParameters = ({ template, given }: Stack): readonly OpenParameter[] =>
  [...template.parameters.values()]
    .filter((parameter) => parameter.default === undefined && !parameter.noEcho && given[parameter.name] === undefined)
    .map(({ name, type }) => ({ name, type, file: template.file }));

function withNested(stack: Stack): readonly Stack[] {
  return [stack, ...[...stack.nested.values()].flatMap(withNested)];
}

// A template nested several times has the same problems each time.
function distinct(problems: readonly ReadingProblem[]): readonly ReadingProblem[] {
  const keyOf = ({ file, position, message }: ReadingProblem) =>
    `${file}:${position?.line}:${position?.column}:${message}`;
  return [...groupBy(problems, keyOf).values()].flatMap(([first]) => first ?? []);
}
