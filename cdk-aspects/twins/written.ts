import { INNER_IDS } from "../../core/program/short-name";
import type { ConstructPath, ConstructPaths } from "../../core/readers/cloudformation";
import { type JsonRecord, recordOr } from "../../core/readers/pulumi/json";
import type { Slots } from "./slots";

/**
 * What chooses by the tag Name, which is then no mere name: `tag:Name`, `aws:ResourceTag/Name` and the word itself, but for a key
 * and for the tag of a resource.
 */
export const SELECTS_BY_NAME = /[:/]Name\b|\\"Name\\"|"Name"(?!\s*:|,\s*"Value":\s*")/;

/** The resources of a stack, and what else there is to know of them. */
export interface StackResources {
  /** By logical id. */
  readonly resources: JsonRecord;
  readonly constructPaths: ConstructPaths;
  /** Something in the app is chosen by what the tag Name says, so that it is no mere name. */
  readonly nameMatters: boolean;
}

/** A host and what is its own, written with slots in the place of names. Equal for hosts that differ in nothing but names. */
export interface WrittenHost {
  /** JSON of each resource, on a line of its own. */
  readonly bodies: string;
  /** Of their logical ids. */
  readonly slots: readonly string[];
  readonly constructs: readonly (ConstructPath | undefined)[];
}

/** @param ids logical ids of the host and of what is its own */
export function writeHost(ids: readonly string[], stack: StackResources, slots: Slots): WrittenHost {
  return {
    bodies: bodiesOf(ids, stack, slots),
    slots: ids.map((id) => slots.of(id)),
    constructs: ids.map((id) => {
      const construct = stack.constructPaths.get(id);
      return construct === undefined ? undefined : slottedConstruct(construct, slots);
    }),
  };
}

/** Where a logical id stands for the resource. The CDK names an inline policy after its logical id. */
const REFERENCE = /("(?:Ref|PolicyName)":|"Fn::GetAtt":\[)"(\w+)"/g;

const PATH = /"aws:cdk:path":"([^"\\]+)"/g;

const NAME = /"Key":"Name","Value":"([^"\\]+)"/g;

const DESCRIPTION = /"((?:Group)?Description)":"[^"\\]*"/g;

/**
 * JSON, for which patterns take a fraction of the time of a copy, and one text of all for the same reason: no JSON has a line
 * break. No verdict rests on a description or on `DependsOn`.
 */
function bodiesOf(ids: readonly string[], { resources, nameMatters }: StackResources, slots: Slots): string {
  const own = new Set(ids);
  const bodies = ids
    .map((id) => JSON.stringify({ ...recordOr(resources[id]), DependsOn: undefined }))
    .join("\n")
    .replaceAll(REFERENCE, (all, before: string, id: string) => (own.has(id) ? `${before}"${slots.of(id)}"` : all))
    .replaceAll(PATH, (_all, path: string) => `"aws:cdk:path":"${slottedPath(path, slots)}"`)
    .replaceAll(DESCRIPTION, '"$1":""');
  return nameMatters
    ? bodies
    : bodies.replaceAll(NAME, (_all, name: string) => `"Key":"Name","Value":"${slots.of(name)}"`);
}

function slottedConstruct({ path, sourceLocation }: ConstructPath, slots: Slots): ConstructPath {
  return {
    path: slottedPath(path, slots),
    ...(sourceLocation === undefined ? {} : { sourceLocation: slots.of(sourceLocation) }),
  };
}

/** `Hosts/<slot>/Resource`: what shows which name is meant, and what a message leaves out, stays as it is. */
function slottedPath(path: string, slots: Slots): string {
  const [end = ""] = INNER_IDS.exec(path) ?? [];
  const named = path.slice(0, path.length - end.length);
  const start = named.indexOf("/") + 1;
  return named.slice(0, start) + slots.of(named.slice(start)) + end;
}
