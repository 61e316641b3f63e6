import type { ConstructPath } from "../../core/readers/cloudformation";
import { isRecord, type JsonRecord } from "../../core/readers/pulumi/json";
import { Slots } from "./slots";

/** The resources of a stack, and what else there is to know of them. */
export interface StackResources {
  /** By logical id. */
  readonly resources: JsonRecord;
  readonly constructPaths: ReadonlyMap<string, ConstructPath>;
  /** Something in the app is chosen by what the tag Name says, so that it is no mere name. */
  readonly nameMatters: boolean;
}

/** A host and what is its own, written with slots in the place of names. */
export interface WrittenHost {
  /** By slot. */
  readonly names: readonly string[];
  readonly resources: readonly WrittenResource[];
}

interface WrittenResource {
  readonly id: string;
  /** Of its logical id. */
  readonly slot: string;
  readonly body: unknown;
  readonly construct?: ConstructPath;
}

/** @param ids logical ids of the host and of what is its own */
export function writeHost(ids: readonly string[], stack: StackResources, group: number): WrittenHost {
  const slots = new Slots(group);
  const naming: Naming = { slots, own: new Set(ids), nameMatters: stack.nameMatters };
  const resources = ids.map((id): WrittenResource => {
    const construct = stack.constructPaths.get(id);
    return {
      id,
      slot: slots.of(id),
      body: slotted(stack.resources[id], naming),
      ...(construct === undefined ? {} : { construct: slottedConstruct(construct, slots) }),
    };
  });
  return { names: slots.names(), resources };
}

interface Naming {
  readonly slots: Slots;
  /** Logical ids that are names; others refer to what is shared. */
  readonly own: ReadonlySet<string>;
  readonly nameMatters: boolean;
}

/** Where a text that is a logical id stands for the resource. The CDK names an inline policy after its logical id. */
const REFERRING: ReadonlySet<string> = new Set(["Ref", "Fn::GetAtt", "DependsOn", "PolicyName"]);

/** No verdict rests on what these say. */
const WITHOUT_BEARING: ReadonlySet<string> = new Set(["Description", "GroupDescription"]);

/** `key` is what the value stands under. */
function slotted(value: unknown, naming: Naming, key = ""): unknown {
  if (typeof value === "string") return slottedText(value, naming, key);
  if (Array.isArray(value)) {
    // Behind the logical id of a Fn::GetAtt stands the name of an attribute.
    return value.map((item, index) => slotted(item, naming, key === "Fn::GetAtt" && index > 0 ? "" : key));
  }
  return isRecord(value) ? slottedRecord(value, naming) : value;
}

function slottedRecord(record: JsonRecord, naming: Naming): JsonRecord {
  const written: Record<string, unknown> = {};
  for (const key in record) {
    if (!WITHOUT_BEARING.has(key) || typeof record[key] !== "string") written[key] = slotted(record[key], naming, key);
  }
  const { Key: tag, Value: value } = record;
  if (tag === "Name" && typeof value === "string" && !naming.nameMatters) written.Value = naming.slots.of(value);
  return written;
}

function slottedText(text: string, { slots, own }: Naming, key: string): string {
  if (key === "aws:cdk:path") return slottedPath(text, slots);
  return REFERRING.has(key) && own.has(text) ? slots.of(text) : text;
}

function slottedConstruct({ path, sourceLocation }: ConstructPath, slots: Slots): ConstructPath {
  return {
    path: slottedPath(path, slots),
    ...(sourceLocation === undefined ? {} : { sourceLocation: slots.of(sourceLocation) }),
  };
}

/** The end that resources share whatever they are called is no name, and messages leave it out. */
function slottedPath(path: string, slots: Slots): string {
  const [end = ""] = /\/(?:Resource|Default)$/.exec(path) ?? [];
  return slots.of(path.slice(0, path.length - end.length)) + end;
}
