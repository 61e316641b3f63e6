import type { ReadingProblem } from "../../program/declaration";
import { at } from "./load";
import { child, type Node, scalarText } from "./parse/node";
import { isPseudoParameter } from "./resolve/pseudo-parameters";
import { declarationId, type Stack } from "./resolve/stack";
import { admits } from "./template/parameter";
import { isClosed, type Resource } from "./template/template";
import { type Use, usesIn } from "./template/uses";

/** References to nothing, circles of references and parameter values that CloudFormation would refuse. */
export function checkStack(stack: Stack): readonly ReadingProblem[] {
  return [...checkReferences(stack), ...checkCircles(stack), ...checkGiven(stack)];
}

function checkReferences(stack: Stack): readonly ReadingProblem[] {
  const { template } = stack;
  if (!isClosed(template)) return [];
  const problems: ReadingProblem[] = [];
  const report = (offset: number, message: string, logicalId?: string) => {
    const problem = at(template.file, template.source, offset, message);
    problems.push(logicalId === undefined ? problem : { ...problem, declaration: declarationId(stack, logicalId) });
  };
  const check = (node: Node, logicalId?: string) => {
    for (const use of usesIn(node)) {
      const missing = missingName(use, stack);
      if (missing !== undefined) report(use.offset, missing, logicalId);
    }
  };
  for (const [, { value }] of template.conditions) check(value);
  for (const resource of template.resources.values()) {
    check(resource.node, resource.logicalId);
    const name = resource.condition;
    if (name !== undefined && !template.conditions.has(name)) {
      report(resource.offset, `condition ${name} is not defined in this template`, resource.logicalId);
    }
  }
  for (const [, { value }] of template.outputs) check(value);
  return problems;
}

function missingName({ kind, name }: Use, { template }: Stack): string | undefined {
  switch (kind) {
    case "condition":
      return template.conditions.has(name) ? undefined : `condition ${name} is not defined in this template`;
    case "mapping":
      return template.mappings.has(name) ? undefined : `mapping ${name} is not defined in this template`;
    case "reference":
      return isDefined(name, template) ? undefined : `${name} is neither a parameter nor a resource of this template`;
    default:
      return undefined;
  }
}

function isDefined(name: string, { parameters, resources }: Stack["template"]): boolean {
  return parameters.has(name) || resources.has(name) || isPseudoParameter(name);
}

/** Circles that no condition can break: what stands in a branch of `Fn::If` is left out. */
function checkCircles(stack: Stack): readonly ReadingProblem[] {
  const { template } = stack;
  if (!isClosed(template)) return [];
  const edges = new Map<string, readonly string[]>();
  for (const resource of template.resources.values()) edges.set(resource.logicalId, dependencies(resource, stack));
  return circles(edges).map((circle) => {
    const [first = ""] = circle;
    const offset = template.resources.get(first)?.offset ?? 0;
    const message = `circular references: ${[...circle, first].join(" -> ")}`;
    return { ...at(template.file, template.source, offset, message), declaration: declarationId(stack, first) };
  });
}

function dependencies({ node, properties }: Resource, { template }: Stack): readonly string[] {
  const names = (properties === undefined ? [] : usesIn(properties))
    .filter(({ kind, guards }) => kind === "reference" && guards.length === 0)
    .map(({ name }) => name);
  const dependsOn = child(node, "DependsOn");
  const listed = dependsOn?.kind === "list" ? dependsOn.items : dependsOn === undefined ? [] : [dependsOn];
  return [...names, ...listed.flatMap((item) => scalarText(item) ?? [])].filter((name) => template.resources.has(name));
}

/** One circle for each group of resources that lead back to themselves. Depth first, without recursion: chains may be long. */
function circles(edges: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const found: string[][] = [];
  const done = new Set<string>();
  for (const start of edges.keys()) {
    const path: string[] = [];
    const onPath = new Map<string, number>();
    const pending: { readonly name: string; readonly depth: number }[] = [{ name: start, depth: 0 }];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      for (const left of path.splice(next.depth)) {
        onPath.delete(left);
        done.add(left);
      }
      const from = onPath.get(next.name);
      if (from !== undefined) found.push(path.slice(from));
      if (from !== undefined || done.has(next.name)) continue;
      onPath.set(next.name, path.length);
      path.push(next.name);
      for (const name of edges.get(next.name) ?? []) pending.push({ name, depth: path.length });
    }
    for (const left of path) done.add(left);
  }
  return found;
}

function checkGiven(stack: Stack): readonly ReadingProblem[] {
  if (stack.parent !== undefined) return [];
  const { template, given } = stack;
  return [...template.parameters.values()].flatMap((parameter): readonly ReadingProblem[] => {
    const value = given[parameter.name];
    if (value === undefined || admits(parameter, value)) return [];
    const shown = parameter.noEcho ? "the value given" : `"${value}"`;
    const allowed = parameter.allowedValues?.map((allowedValue) => `"${allowedValue}"`).join(", ");
    const expected = allowed === undefined ? `type ${parameter.type}` : allowed;
    return [
      at(
        template.file,
        template.source,
        parameter.offset,
        `parameter ${parameter.name} does not accept ${shown}; expected: ${expected}`,
      ),
    ];
  });
}
