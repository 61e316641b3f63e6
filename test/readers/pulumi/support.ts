import type { Declaration, Reading } from "../../../core/program/declaration";
import type { Value } from "../../../core/program/value";
import { readPulumiPreview } from "../../../core/readers/pulumi";

export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
export const SECRET = { [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:hush" };

const PROVIDER = "urn:pulumi:dev::shop::pulumi:providers:aws::default_7_48_0";

export interface Sketch {
  readonly type: string;
  readonly name?: string;
  readonly inputs?: unknown;
  readonly outputs?: unknown;
  readonly parent?: string;
  /** URNs by property. */
  readonly from?: Readonly<Record<string, readonly string[] | null>>;
  readonly dependencies?: readonly string[];
  readonly provider?: string;
  readonly op?: string;
  readonly id?: string;
}

export const urn = (type: string, name = "it"): string => `urn:pulumi:dev::shop::${type}::${name}`;

export function stateRecord(sketch: Sketch): Record<string, unknown> {
  const {
    type,
    name,
    inputs = {},
    outputs,
    parent,
    from,
    dependencies,
    provider = `${PROVIDER}::${UNKNOWN}`,
    id,
  } = sketch;
  return {
    urn: urn(type, name),
    type,
    custom: true,
    inputs,
    provider,
    ...(outputs === undefined ? {} : { outputs }),
    ...(parent === undefined ? {} : { parent }),
    ...(from === undefined ? {} : { propertyDependencies: from }),
    ...(dependencies === undefined ? {} : { dependencies }),
    ...(id === undefined ? {} : { id }),
  };
}

/** The document that `pulumi preview --json` prints for resources to create, unless they say otherwise. */
export function previewOf(...sketches: readonly Sketch[]): { config: Record<string, string>; steps: unknown[] } {
  const steps = sketches.map((sketch) => ({
    op: sketch.op ?? "create",
    urn: urn(sketch.type, sketch.name),
    newState: stateRecord(sketch),
  }));
  return { config: { "aws:region": "eu-west-1" }, steps };
}

export const read = (...sketches: readonly Sketch[]): readonly Declaration[] =>
  declarationsOf(readPulumiPreview(previewOf(...sketches), "preview.json"));

export const declarationsOf = (reading: Reading): readonly Declaration[] =>
  reading.units.flatMap((scenarios) => scenarios.flatMap(({ program }) => program.declarations));

export function declarationNamed(declarations: readonly Declaration[], id: string): Declaration {
  const found = declarations.find((declaration) => declaration.id === id);
  if (found === undefined)
    throw new Error(`no declaration ${id} among ${declarations.map((each) => each.id).join(", ")}`);
  return found;
}

/** A value as JSON that is easy to compare: `{unknown: reason, from: [ids]}` where it is unknown. */
export function shown(value: Value): unknown {
  if (value.kind === "literal") return value.value;
  if (value.kind === "list") return value.items.map(shown);
  if (value.kind === "record") return Object.fromEntries([...value.entries].map(([key, item]) => [key, shown(item)]));
  if (value.kind === "unknown") {
    return { unknown: value.reason, ...(value.refersTo === undefined ? {} : { from: idsOf(value) }) };
  }
  return value.kind === "absent" ? undefined : { text: value.parts };
}

export const idsOf = (value: Value): readonly string[] => (value.refersTo ?? []).map(({ id }) => id);

/** The declarations without what every one of them has. */
export const summary = (declarations: readonly Declaration[]): readonly unknown[] =>
  declarations.map(({ type, properties }) => ({ type, properties: shown(properties) }));
