import type { Declaration, Program, Reading, ReadingProblem } from "../../program/declaration";
import { literal, type RecordValue, record, type Value } from "../../program/value";
import { nativeProperties, nativeType } from "./aws-native";
import { typeByName } from "./custom-types";
import { exemptionsIn } from "./exemptions";
import { textOf } from "./json";
import { isProviderType, type Location, locate } from "./location";
import { type Fragment, reshapeRecord, type Shape, type TypeMapping, withDefaults } from "./mapping";
import { outputDeclarations, ROOT_STACK } from "./outputs";
import { followReferences, type References } from "./references";
import { type PulumiResource, type PulumiStack, stackOf } from "./resource";
import { BLINDED_SECRET, isUnknownSentinel } from "./sentinels";
import { CLASSIC_TYPES } from "./types";
import { inputValue } from "./values";

const CLASSIC: ReadonlyMap<string, TypeMapping> = new Map(Object.entries(CLASSIC_TYPES));

/** Whether a type has a place in the normal form. */
export const isDeclaredType = (token: string): boolean =>
  CLASSIC.has(token) || nativeType(token) !== undefined || typeByName(token) !== undefined;

/** Whether anything of a resource of this type is read: the rest needs no inputs. */
export const isReadType = (token: string): boolean => isDeclaredType(token) || isProviderType(token);

/** Turns a stack into the reading that the core judges: one unit, one scenario. */
export function translate(stack: PulumiStack, problems: readonly ReadingProblem[], file?: string): Reading {
  const references = followReferences(stack.resources, isDeclaredType, stack.incomplete);
  const whereIs = locate(stack);
  const declarations = stack.resources
    .filter((resource) => !resource.external && isDeclaredType(resource.type))
    .sort(byUrn)
    .flatMap((resource) => declarationsOf(resource, { references, whereIs, file }));
  const program: Program = {
    declarations,
    ...outputsOf(stack, whereIs, file),
    ...(stack.incomplete === undefined ? {} : { incomplete: stack.incomplete }),
  };
  return { units: [[{ program }]], problems };
}

function outputsOf(
  { resources, outputs }: PulumiStack,
  whereIs: (resource: PulumiResource) => Location,
  file: string | undefined,
): Pick<Program, "outputs"> {
  const root = resources.find(({ type }) => type === ROOT_STACK);
  if (root === undefined || outputs === undefined) return {};
  return { outputs: outputDeclarations(root, outputs, whereIs(root), file) };
}

/** The engine lists resources in the order in which they happened to be ready. What is said of them must not depend on it. */
const byUrn = (left: PulumiResource, right: PulumiResource): number => (left.urn < right.urn ? -1 : 1);

interface Translation {
  readonly references: References;
  readonly whereIs: (resource: PulumiResource) => Location;
  readonly file: string | undefined;
}

/**
 * The declarations of a resource. What they hold is worked out when it is asked for, because most resources of a stack concern no
 * host; only a type that is split must be read to know its parts.
 */
function declarationsOf(resource: PulumiResource, translation: Translation): readonly Declaration[] {
  const common = partsInCommon(resource, translation);
  const itself = { ...common, id: resource.urn, physicalIds: physicalIdsOf(resource) };
  const inputs = () => inputRecord(resource, translation.references);
  const mapping = CLASSIC.get(resource.type);
  if (mapping === undefined) {
    const native = nativeType(resource.type);
    if (native !== undefined) {
      return [
        { ...itself, type: native, properties: new LazyRecord(() => nativeProperties(native, inputs(), resource)) },
      ];
    }
    const type = typeByName(resource.type);
    return type === undefined ? [] : [{ ...itself, type, properties: new LazyRecord(inputs) }];
  }
  const properties = new LazyRecord(() => classicProperties(resource, mapping, inputs()));
  const fragments: readonly Fragment[] = mapping.split?.(properties, resource) ?? [{ type: mapping.type, properties }];
  return fragments.map(({ part, ...fragment }) =>
    part === undefined
      ? { ...itself, ...fragment }
      : { ...common, ...fragment, id: `${resource.urn}#${part}`, physicalIds: [] },
  );
}

function classicProperties(resource: PulumiResource, mapping: TypeMapping, inputs: RecordValue): RecordValue {
  const fromInputs = reshapeRecord(inputs, mapping.inputs, resource);
  return withDefaults(withOutputs(fromInputs, resource, mapping), mapping.defaults);
}

function inputRecord(resource: PulumiResource, references: References): RecordValue {
  const entries = new Map<string, Value>();
  for (const [key, json] of Object.entries(resource.inputs)) {
    entries.set(key, inputValue(json, references.originOf(resource, key)));
  }
  return record(entries);
}

/** What the provider already told fills what the inputs leave out. */
function withOutputs(properties: RecordValue, resource: PulumiResource, { outputs }: TypeMapping): RecordValue {
  if (outputs === undefined) return properties;
  const told = reshapeRecord(knownOutputs(resource, outputs), outputs, resource);
  const missing = [...told.entries].filter(([key]) => !properties.entries.has(key));
  return { ...properties, entries: new Map([...properties.entries, ...missing]) };
}

function knownOutputs(resource: PulumiResource, { rows }: Shape): RecordValue {
  const known = rows.flatMap(({ from: [name = ""] }): [string, Value][] => {
    const json = resource.output(name);
    return isScalar(json) && isTold(json) ? [[name, literal(json)]] : [];
  });
  return record(new Map(known));
}

const isTold = (json: string | number | boolean): boolean => !isUnknownSentinel(json) && json !== BLINDED_SECRET;

const isScalar = (json: unknown): json is string | number | boolean =>
  typeof json === "string" || typeof json === "number" || typeof json === "boolean";

/** The properties of a declaration, read when they are asked for. */
class LazyRecord implements RecordValue {
  readonly kind = "record";
  readonly #read: () => RecordValue;
  #entries: RecordValue["entries"] | undefined;

  constructor(read: () => RecordValue) {
    this.#read = read;
  }

  get entries(): RecordValue["entries"] {
    this.#entries ??= this.#read().entries;
    return this.#entries;
  }
}

function partsInCommon(resource: PulumiResource, { whereIs, file }: Translation) {
  return {
    name: resource.urn,
    sourceType: resource.type,
    language: "pulumi",
    stack: stackOf(resource.urn) ?? "",
    assuming: [],
    exemptions: exemptionsIn(resource.inputs.tags),
    ...whereIs(resource),
    ...placeOf(resource, file),
  } as const;
}

function placeOf(resource: PulumiResource, file: string | undefined): Pick<Declaration, "file" | "sourceLocation"> {
  const sourceLocation = sourceLocationOf(resource.sourcePositions);
  return { ...(file === undefined ? {} : { file }), ...(sourceLocation === undefined ? {} : { sourceLocation }) };
}

/** Outputs by which other resources name this one. */
const NAMING_OUTPUTS = ["id", "arn", "name", "allocationId", "keyId", "zoneId", "primaryNetworkInterfaceId"];

const NAMING: ReadonlySet<string> = new Set(NAMING_OUTPUTS);
const NONE: ReadonlySet<string> = new Set();

/** By type; what some types leave to their outputs comes on top. */
const OUTPUTS_READ: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [...CLASSIC].map(([token, { outputs }]) => {
    const fillingIn = outputs?.rows.flatMap(({ from: [name] }) => name ?? []) ?? [];
    return [token, fillingIn.length === 0 ? NAMING : new Set([...NAMING_OUTPUTS, ...fillingIn])];
  }),
);

/** Outputs of a type that are looked at; the rest need not be known. */
export const outputsRead = (token: string): ReadonlySet<string> =>
  OUTPUTS_READ.get(token) ?? (isDeclaredType(token) ? NAMING : NONE);

function physicalIdsOf(resource: PulumiResource): readonly string[] {
  const ids = new Set<string>();
  for (const json of [resource.id, ...NAMING_OUTPUTS.map(resource.output)]) {
    const id = textOf(json);
    if (id !== undefined && isTold(id)) ids.add(id);
  }
  return [...ids];
}

/** The user's own line, where the registration came through a library: `src/index.ts:12:3`. */
function sourceLocationOf(positions: readonly string[]): string | undefined {
  const locations = positions.flatMap((position) => readPosition(position) ?? []);
  return locations.find((location) => !location.includes("node_modules/")) ?? locations[0];
}

/** `project:///src/index.ts#12,3` as `src/index.ts:12:3`. */
function readPosition(position: string): string | undefined {
  const [, path, line, column] = /^project:\/\/\/(.+)#(\d+)(?:,(\d+))?$/.exec(position) ?? [];
  if (path === undefined || line === undefined) return undefined;
  return [path.replaceAll("%20", " "), line, ...(column === undefined ? [] : [column])].join(":");
}
