import type { ReadingProblem } from "../../program/declaration";
import { describeJson, isRecord, type JsonRecord, listOr, NO_PROPERTIES, recordOr, stringsIn, textOf } from "./json";
import { NOT_READ, type PulumiResource, providerUrn } from "./resource";
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
  const provider = textOf(json.provider);
  return {
    urn,
    type,
    ...(isReadType(type) ? whatIsRead(json, old) : NOT_READ),
    parent: textOf(json.parent),
    id: textOf(json.id) ?? textOf(old.id),
    provider: provider === undefined ? undefined : providerUrn(provider),
    external: json.external === true,
    sourcePositions: readSourcePositions(json),
  };
}

function whatIsRead(json: JsonRecord, old: JsonRecord): Pick<PulumiResource, "inputs" | "output" | "dependenciesOf"> {
  const outputs = recordOr(json.outputs);
  const oldOutputs = recordOr(old.outputs);
  const byProperty = recordOr(json.propertyDependencies);
  const isToldApart = Object.keys(byProperty).length > 0;
  return {
    inputs: recordOr(json.inputs),
    output: (name) => outputs[name] ?? oldOutputs[name],
    dependenciesOf: (input) => stringsIn(isToldApart ? byProperty[input] : json.dependencies),
  };
}

const isMapOrNothing = (json: unknown): boolean => json === undefined || json === null || isRecord(json);

function readSourcePositions(json: JsonRecord): readonly string[] {
  const frames = listOr(json.stackTrace).map((frame) => (isRecord(frame) ? textOf(frame.sourcePosition) : undefined));
  return [textOf(json.sourcePosition), ...frames].filter((position): position is string => position !== undefined);
}

export function notAResource(json: unknown, what: string, file: string | undefined): ReadingProblem {
  const expected = 'a resource with "urn", "type" and a map of "inputs" was expected';
  const message = `${what} is left out: ${expected}, and ${describeJson(json)} was found`;
  return { message, ...(file === undefined ? {} : { file }) };
}
