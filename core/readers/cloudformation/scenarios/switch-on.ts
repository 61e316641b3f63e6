import { child, type Node, scalarText } from "../parse/node";
import type { Atom, Choice, Choices } from "../resolve/decision";
import { variableKey } from "../resolve/equality-decision";
import { Evaluation, type Links } from "../resolve/evaluation";
import type { Stack } from "../resolve/stack";
import { conditionStatement } from "../resolve/stack-resolver";
import type { Parameter } from "../template/parameter";
import { usesIn } from "../template/uses";
import { answered } from "./combinations";
import type { ConditionRef, ResourceRef } from "./dependencies";

const MAX_STEPS = 500;

/** Parameters whose default is open to change, by their variable in {@link Choices}. */
type Freed = ReadonlyMap<string, Parameter>;

/**
 * Choices under which a resource exists that the parameters' defaults leave out: other parameter values where some bring
 * it about, as close to the defaults as can be, else the conditions are taken as true whatever they are made of.
 */
export function switchOn(resource: ResourceRef, conditions: readonly ConditionRef[], links: Links): Choices {
  const freed = new Map(conditions.flatMap((condition) => [...parametersBehind(condition, new Set())]));
  const variables = new Map([...freed.keys()].map((key): [string, Choice] => [key, { isNot: new Set<string>() }]));
  const found = search(resource, { variables, statements: new Map() }, freed, links);
  if (found !== undefined) return withoutDefaults(found, freed);
  return {
    variables: new Map(),
    statements: new Map(conditions.map(({ stack, name }) => [conditionStatement(stack, name), true])),
  };
}

function search(resource: ResourceRef, start: Choices, freed: Freed, links: Links): Choices | undefined {
  const pending = [start];
  for (let steps = 0; pending.length > 0 && steps < MAX_STEPS; steps++) {
    const choices = pending.pop() ?? start;
    const decision = new Evaluation(choices, links).of(resource.stack).exists(resource.logicalId);
    if (decision.truth === true) return choices;
    const atom = decision.open.find((candidate) => isFreed(candidate, freed)) ?? decision.open[0];
    if (decision.truth === false || atom === undefined) continue;
    const likely = isDefault(atom, freed);
    pending.push(answered(choices, atom, !likely), answered(choices, atom, likely));
  }
  return undefined;
}

const isFreed = (atom: Atom, freed: Freed): boolean => atom.kind === "variable" && freed.has(atom.variable);

/** The answer that the default gives is tried first. */
const isDefault = (atom: Atom, freed: Freed): boolean =>
  atom.kind === "variable" && freed.get(atom.variable)?.default === atom.text;

/** A parameter that may keep its default does, and the report says that it was taken for granted. */
function withoutDefaults(choices: Choices, freed: Freed): Choices {
  const variables = new Map(choices.variables);
  for (const [key, parameter] of freed) {
    const choice = variables.get(key);
    const value = parameter.default;
    if (choice === undefined || value === undefined) continue;
    if ("is" in choice ? choice.is === value : !choice.isNot.has(value)) variables.delete(key);
  }
  return { ...choices, variables };
}

/** Parameters with a default that a condition is made of. Values that the caller gave stay. */
function parametersBehind({ stack, name }: ConditionRef, seen: Set<string>): Map<string, Parameter> {
  const found = new Map<string, Parameter>();
  const node = stack.template.conditions.get(name)?.value;
  const key = `${stack.key} ${name}`;
  if (node === undefined || seen.has(key)) return found;
  seen.add(key);
  collectParameters(stack, node, found);
  for (const other of conditionsIn(node)) {
    for (const [variable, parameter] of parametersBehind({ stack, name: other }, seen)) found.set(variable, parameter);
  }
  return found;
}

function collectParameters(stack: Stack, node: Node, found: Map<string, Parameter>): void {
  for (const { kind, name } of usesIn(node)) {
    const parameter = kind === "reference" ? stack.template.parameters.get(name) : undefined;
    if (parameter === undefined) continue;
    const passed = stack.parent?.parameters.get(name);
    if (stack.parent !== undefined && passed !== undefined) collectParameters(stack.parent.stack, passed, found);
    else if (parameter.default !== undefined && !isGiven(stack, name)) found.set(variableKey(stack, name), parameter);
  }
}

export const isGiven = (stack: Stack, parameter: string): boolean =>
  stack.parent === undefined && stack.given[parameter] !== undefined;

/** Names of conditions that an expression of the Conditions section mentions. */
function conditionsIn(node: Node): readonly string[] {
  if (node.kind === "list") return node.items.flatMap(conditionsIn);
  if (node.kind !== "map") return [];
  const own = node.entries.size === 1 ? scalarText(child(node, "Condition")) : undefined;
  return own === undefined ? [...node.entries.values()].flatMap(({ value }) => conditionsIn(value)) : [own];
}
