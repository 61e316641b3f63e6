import type { Declaration, Program, Reading, ReadingProblem } from "../../program/declaration";
import { literal, type RecordValue, record, type Value } from "../../program/value";
import { nativeFragment, nativeType } from "./aws-native";
import { exemptionsIn } from "./exemptions";
import { textOf } from "./json";
import { isProviderType, type Location, locate } from "./location";
import { type Fragment, reshapeRecord, type Shape, type TypeMapping, withDefaults } from "./mapping";
import { followReferences, type References } from "./references";
import { type PulumiResource, type PulumiStack, stackOf } from "./resource";
import { BLINDED_SECRET, isUnknownSentinel } from "./sentinels";
import { CLASSIC_TYPES } from "./types";
import { inputValue } from "./values";

const CLASSIC: ReadonlyMap<string, TypeMapping> = new Map(Object.entries(CLASSIC_TYPES));

/** Whether a type has a place in the normal form. */
export const isDeclaredType = (token: string): boolean => CLASSIC.has(token) || nativeType(token) !== undefined;

/** Whether anything of a resource of this type is read: the rest needs no inputs. */
export const isReadType = (token: string): boolean => isDeclaredType(token) || isProviderType(token);

/** Turns a stack into the reading that the core judges: one unit, one scenario. */
export function translate(stack: PulumiStack, problems: readonly ReadingProblem[], file?: string): Reading {
  const references = followReferences(stack.resources, isDeclaredType, stack.incomplete);
  const whereIs = locate(stack);
  const declarations = stack.resources
    .filter((resource) => !resource.external && isDeclaredType(resource.type))
    .sort(byUrn)
    .flatMap((resource) => {
      const fragments = fragmentsOf(resource, references);
      if (fragments.length === 0) return [];
      return declarationsOf(resource, fragments, whereIs(resource), file);
    });
  const program: Program = {
    declarations,
    ...(stack.incomplete === undefined ? {} : { incomplete: stack.incomplete }),
  };
  return { units: [[{ program }]], problems };
}

/** The engine lists resources in the order in which they happened to be ready. What is said of them must not depend on it. */
const byUrn = (left: PulumiResource, right: PulumiResource): number => (left.urn < right.urn ? -1 : 1);

function fragmentsOf(resource: PulumiResource, references: References): readonly Fragment[] {
  const mapping = CLASSIC.get(resource.type);
  if (mapping !== undefined) return classicFragments(resource, mapping, references);
  const native = nativeType(resource.type);
  return native === undefined ? [] : [nativeFragment(native, inputRecord(resource, references), resource)];
}

function classicFragments(resource: PulumiResource, mapping: TypeMapping, references: References): readonly Fragment[] {
  const fromInputs = reshapeRecord(inputRecord(resource, references), mapping.inputs, resource);
  const properties = withDefaults(withOutputs(fromInputs, resource, mapping), mapping.defaults);
  return mapping.split?.(properties, resource) ?? [{ type: mapping.type, properties }];
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

function declarationsOf(
  resource: PulumiResource,
  fragments: readonly Fragment[],
  location: Location,
  file: string | undefined,
): readonly Declaration[] {
  const { urn } = resource;
  const physicalIds = physicalIdsOf(resource);
  const stack = stackOf(urn) ?? "";
  const exemptions = exemptionsIn(resource.inputs.tags);
  const place = placeOf(resource, file);
  return fragments.map(({ type, properties, part }) => ({
    id: part === undefined ? urn : `${urn}#${part}`,
    name: urn,
    type,
    sourceType: resource.type,
    language: "pulumi",
    properties,
    stack,
    region: location.region,
    account: location.account,
    assuming: [],
    physicalIds: part === undefined ? physicalIds : [],
    exemptions,
    ...place,
  }));
}

function placeOf(resource: PulumiResource, file: string | undefined): Pick<Declaration, "file" | "sourceLocation"> {
  const sourceLocation = sourceLocationOf(resource.sourcePositions);
  return { ...(file === undefined ? {} : { file }), ...(sourceLocation === undefined ? {} : { sourceLocation }) };
}

/** Outputs by which other resources name this one. */
const NAMING_OUTPUTS = ["id", "arn", "name", "allocationId", "keyId", "zoneId", "primaryNetworkInterfaceId"];

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
