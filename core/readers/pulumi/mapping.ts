import { at } from "../../program/read";
import { fromJson, list, NOTHING, type RecordValue, record, type Value } from "../../program/value";

/** What a converter may need to know of the resource it works on. */
export interface Self {
  readonly urn: string;
}

export type Convert = (value: Value, self: Self) => Value;

/** Moves the member at `from` to `to`, after taking each step: a converter, or the shape of the members within. */
export interface Row {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly steps: readonly (Convert | Shape)[];
}

/** How a map of the input becomes a map of the normal form. Members without a row are left out. */
export interface Shape {
  readonly rows: readonly Row[];
}

type RowSpec = string | readonly [from: string, to: string, ...steps: (Convert | Shape)[]];

/**
 * A shape from rows. `"subnetId"` stands for `["subnetId", "SubnetId"]`; paths are dotted. Two rows may fill one place:
 * lists are joined, otherwise the first that holds something counts.
 */
export const shape = (...rows: readonly RowSpec[]): Shape => ({ rows: rows.map(rowFrom) });

function rowFrom(spec: RowSpec): Row {
  if (typeof spec === "string") return { from: [spec], to: [pascalCase(spec)], steps: [] };
  const [from, to, ...steps] = spec;
  return { from: from.split("."), to: to.split("."), steps };
}

/** The same rows, filled in below a member of the normal form. */
export const below = (member: string, inner: Shape): Shape => ({
  rows: inner.rows.map((row) => ({ ...row, to: [member, ...row.to] })),
});

export const joined = (...shapes: readonly Shape[]): Shape => ({ rows: shapes.flatMap(({ rows }) => rows) });

export const pascalCase = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** One resource of the normal form. `part` tells apart what one resource of the input is split into. */
export interface Fragment {
  readonly type: string;
  readonly properties: RecordValue;
  readonly part?: string;
}

/** What a type of the input language becomes. */
export interface TypeMapping {
  readonly type: string;
  readonly inputs: Shape;
  /** Read where the inputs leave a property out and the provider's outputs have it known. */
  readonly outputs?: Shape;
  /** Written out where the input language's default is not CloudFormation's. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Makes more than one resource, or another type, of the properties. */
  readonly split?: (properties: RecordValue, self: Self) => readonly Fragment[];
}

export type TypeMappings = Readonly<Record<string, TypeMapping>>;

/** A mapping that needs nothing but rows. */
export const plain = (type: string, ...rows: readonly RowSpec[]): TypeMapping => ({ type, inputs: shape(...rows) });

/** Reshapes a map, or every map of a list. What is unknown stays so. */
export function reshape(value: Value, into: Shape, self: Self): Value {
  if (value.kind === "list") return { ...value, items: value.items.map((item) => reshape(item, into, self)) };
  return value.kind === "record" ? reshapeRecord(value, into, self) : value;
}

export function reshapeRecord(value: RecordValue, into: Shape, self: Self): RecordValue {
  const entries = new Map<string, Value>();
  for (const { from, to, steps } of into.rows) {
    const found = steps.reduce((current, step) => take(step, current, self), unlessEmpty(at(value, ...from)));
    if (found.kind !== "absent") put(entries, to, found);
  }
  return { ...value, entries };
}

const take = (step: Convert | Shape, value: Value, self: Self): Value =>
  typeof step === "function" ? step(value, self) : reshape(value, step, self);

/** To the Terraform providers behind Pulumi's an empty text is the same as none. */
const unlessEmpty = (value: Value): Value => (value.kind === "literal" && value.value === "" ? NOTHING : value);

function put(entries: Map<string, Value>, [key, ...rest]: readonly string[], value: Value): void {
  if (key === undefined) return;
  const present = entries.get(key);
  if (rest.length > 0) {
    const inner = new Map(present?.kind === "record" ? present.entries : []);
    put(inner, rest, value);
    entries.set(key, record(inner));
    return;
  }
  if (present === undefined) entries.set(key, value);
  if (present?.kind === "list" && value.kind === "list") entries.set(key, concatenated(present, value));
}

const concatenated = (left: Value & { kind: "list" }, right: Value & { kind: "list" }): Value => {
  const refersTo = [...(left.refersTo ?? []), ...(right.refersTo ?? [])];
  return list([...left.items, ...right.items], refersTo.length === 0 ? {} : { refersTo });
};

/** Properties where `defaults` fill in what is left out. */
export function withDefaults(properties: RecordValue, defaults: Readonly<Record<string, unknown>> = {}): RecordValue {
  const missing = Object.entries(defaults).filter(([key]) => !properties.entries.has(key));
  if (missing.length === 0) return properties;
  const filled = missing.map(([key, json]): [string, Value] => [key, fromJson(json)]);
  return { ...properties, entries: new Map([...properties.entries, ...filled]) };
}

/** The properties without some of them. */
export function without(properties: RecordValue, ...keys: readonly string[]): RecordValue {
  const kept = [...properties.entries].filter(([key]) => !keys.includes(key));
  return { ...properties, entries: new Map(kept) };
}
