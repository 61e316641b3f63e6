import { NAME_PROPERTIES } from "../../core/infrastructure/physical-names";
import type { ConstructPath, TemplateInput } from "../../core/readers/cloudformation";
import { groupBy } from "../../core/readers/cloudformation/group";
import { isRecord, type JsonRecord, recordOr } from "../../core/readers/pulumi/json";
import { clustersIn } from "./clusters";
import { Slots } from "./slots";
import { SELECTS_BY_NAME, type StackResources, writeHost } from "./written";

/** One of the hosts that differ in nothing but names, with what is its own. */
export interface Twin {
  /** What stands in its place of each slot. */
  readonly names: readonly string[];
  /** Lines of its resources in the folded template, 1-based and in the order of the template. */
  readonly lines: readonly number[];
}

export interface Folded {
  /** The templates with one of each group of twins, slots in the place of its names. Their lines tell the order of resources and no more. */
  readonly inputs: readonly TemplateInput[];
  /** By the number of the group in the slots. The first of each is the one that is left. */
  readonly groups: readonly (readonly Twin[])[];
}

/**
 * Leaves one of the hosts of a stack that differ in nothing but names. An app that declares hosts in a loop has many, each with
 * a role and a security group of its own, and what holds for one holds for all. A template in which this cannot be seen stays
 * as it is.
 */
export function foldTwins(inputs: readonly TemplateInput[]): Folded {
  const nameMatters = inputs.some(({ text }) => SELECTS_BY_NAME.test(text));
  const groups: (readonly Twin[])[] = [];
  return { inputs: inputs.map((input) => foldTemplate(input, nameMatters, groups)), groups };
}

/** Every resource gets a line of its own, which stays empty where it is left out: so lines tell the order of the template. */
function foldTemplate(input: TemplateInput, nameMatters: boolean, groups: (readonly Twin[])[]): TemplateInput {
  const template = parse(input.text);
  if (template === undefined) return input;
  const { Resources, ...sections } = template;
  const resources = recordOr(Resources);
  const stack: StackResources = { resources, constructPaths: input.constructPaths ?? new Map(), nameMatters };
  const alike = twinsIn(template, stack);
  if (alike.length === 0) return input;
  const lineOf = new Map(Object.keys(resources).map((id, index) => [id, index + 2]));
  const written = new Map(alike.flat().flatMap(({ ids }) => ids.map((id) => [id, ""])));
  const slotted = new Map<string, ConstructPath>();
  for (const twins of alike) {
    const left = twins[0]?.ids ?? [];
    const { bodies, slots, constructs } = writeHost(left, stack, new Slots(groups.length));
    for (const [index, body] of bodies.split("\n").entries()) {
      const [id = "", slot = "", construct] = [left[index], slots[index], constructs[index]];
      written.set(id, `,"${slot}":${body}`);
      if (construct !== undefined) slotted.set(slot, construct);
    }
    groups.push(twins.map(({ ids, names }) => ({ names, lines: ids.map((id) => lineOf.get(id) ?? 1) })));
  }
  const lines = Object.entries(resources).map(([id, body]) => written.get(id) ?? member(id, body));
  const rest = Object.entries(sections).map(([name, section]) => member(name, section));
  return {
    ...input,
    text: `{"Resources":{\n${lines.join("\n").replace(",", "")}}${rest.join("")}}`,
    constructPaths: { get: (id) => slotted.get(id) ?? stack.constructPaths.get(id) },
  };
}

/** `,"<name>":…` */
const member = (name: string, value: unknown): string => `,${JSON.stringify(name)}:${JSON.stringify(value)}`;

interface Host {
  /** Logical ids of it and of what is its own, in the order of the template. */
  readonly ids: readonly string[];
  readonly names: readonly string[];
  /** What it has in common with its twins. */
  readonly text: string;
}

function twinsIn(template: JsonRecord, stack: StackResources): readonly (readonly Host[])[] {
  const hosts = clustersIn(template)
    .filter((ids) => ids.every((id) => isPlain(id, stack)))
    .map((ids): Host => {
      const slots = new Slots(0);
      const { bodies, ...rest } = writeHost(ids, stack, slots);
      return { ids, names: slots.names(), text: `${bodies}\n${JSON.stringify(rest)}` };
    });
  return [...groupBy(hosts, ({ text }) => text).values()].filter(({ length }) => length > 1);
}

/** Undefined for what is no template in JSON, and for one that something rewrites at deployment. */
function parse(text: string): JsonRecord | undefined {
  try {
    const template: unknown = JSON.parse(text);
    return isRecord(template) && template.Transform === undefined ? template : undefined;
  } catch {
    return undefined;
  }
}

/** Names that the program gives, by which others may refer to a resource. */
const PHYSICAL_NAMES: ReadonlySet<string> = new Set([...Object.values(NAME_PROPERTIES), "AutoScalingGroupName"]);

/** Whether a resource has neither a name that others may know nor an exemption, which counts by itself. */
function isPlain(id: string, { resources, constructPaths }: StackResources): boolean {
  const { Properties, Metadata } = recordOr(resources[id]);
  return (
    !Object.keys(recordOr(Properties)).some((name) => PHYSICAL_NAMES.has(name)) &&
    recordOr(Metadata)["ssm-preflight"] === undefined &&
    (constructPaths.get(id)?.exemptions ?? []).length === 0
  );
}
