import type { ReadingProblem } from "../../program/declaration";
import { describeJson, isRecord, type JsonRecord, listOr, NO_PROPERTIES, recordOr, stringsIn, textOf } from "./json";
import { type PulumiResource, providerUrn } from "./resource";
import { isReadType } from "./translate";

/**
 * A resource as the engine writes it, in a state and in the steps of a preview alike.
 * Source: pulumi/pulumi, sdk/go/common/apitype, `ResourceV3`.
 *
 * @param old the state before the update, which knows ids and outputs
 */
export function readStateRecord(json: JsonRecord, old: JsonRecord = NO_PROPERTIES): PulumiResource | undefined {
  const urn = textOf(json.urn);
  const type = textOf(json.type);
  if (urn === undefined || type === undefined || !isMapOrNothing(json.inputs)) return undefined;
  const parent = textOf(json.parent);
  const id = textOf(json.id) ?? textOf(old.id);
  const provider = textOf(json.provider);
  const propertyDependencies = isReadType(type) ? readPropertyDependencies(json.propertyDependencies) : undefined;
  return {
    urn,
    type,
    inputs: isReadType(type) ? recordOr(json.inputs) : NO_PROPERTIES,
    outputs: isReadType(type) ? { ...recordOr(old.outputs), ...recordOr(json.outputs) } : NO_PROPERTIES,
    dependencies: stringsIn(json.dependencies),
    external: json.external === true,
    sourcePositions: readSourcePositions(json),
    ...(parent === undefined ? {} : { parent }),
    ...(id === undefined ? {} : { id }),
    ...(provider === undefined ? {} : { provider: providerUrn(provider) }),
    ...(propertyDependencies === undefined ? {} : { propertyDependencies }),
  };
}

const isMapOrNothing = (json: unknown): boolean => json === undefined || json === null || isRecord(json);

/** An engine that does not tell property by property tells nothing here, and the resource's dependencies hold for each. */
function readPropertyDependencies(json: unknown): Readonly<Record<string, readonly string[]>> | undefined {
  if (!isRecord(json) || Object.keys(json).length === 0) return undefined;
  return Object.fromEntries(Object.entries(json).map(([property, urns]) => [property, stringsIn(urns)]));
}

function readSourcePositions(json: JsonRecord): readonly string[] {
  const frames = listOr(json.stackTrace).map((frame) => (isRecord(frame) ? textOf(frame.sourcePosition) : undefined));
  return [textOf(json.sourcePosition), ...frames].filter((position): position is string => position !== undefined);
}

export function notAResource(json: unknown, what: string, file: string | undefined): ReadingProblem {
  const message = `${what} is left out: a resource with "urn", "type" and a map of "inputs" was expected, and ${describeJson(json)} was found`;
  return { message, ...(file === undefined ? {} : { file }) };
}
