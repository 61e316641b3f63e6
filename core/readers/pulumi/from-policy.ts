import type { Reading } from "../../program/declaration";
import { type JsonRecord, NO_PROPERTIES } from "./json";
import type { PulumiResource } from "./resource";
import { isDeclaredType, translate } from "./translate";

/** A resource as a stack policy sees it: the part of `PolicyResource` of `@pulumi/policy` that is read. */
export interface AnalyzedResource {
  readonly type: string;
  readonly urn: string;
  /** Outputs, behind a proxy that throws where a value is unknown. */
  readonly props: Readonly<Record<string, unknown>>;
  readonly provider?: { readonly urn: string; readonly props: Readonly<Record<string, unknown>> } | undefined;
  readonly parent?: { readonly urn: string } | undefined;
  readonly dependencies: readonly { readonly urn: string }[];
  readonly propertyDependencies: Readonly<Record<string, readonly { readonly urn: string }[]>>;
}

/** A resource as a resource policy sees it: the part of `ResourceValidationArgs` that is read. */
export interface AnalyzedInputs {
  readonly type: string;
  readonly urn: string;
  /** Inputs, behind the same proxy. */
  readonly props: Readonly<Record<string, unknown>>;
}

/** Inputs by URN, as {@link recordInputs} keeps them. */
export type RecordedInputs = ReadonlyMap<string, JsonRecord>;

const ROOT = "pulumi:pulumi:Stack";

/**
 * Keeps the inputs of a resource for {@link readPolicyResources}. To be called by a resource policy for every resource; types
 * that are not read cost nothing. The root stack is kept as a sign that the recording policy ran.
 */
export function recordInputs(into: Map<string, JsonRecord>, { type, urn, props }: AnalyzedInputs): void {
  if (isDeclaredType(type)) into.set(urn, unproxied(props));
  if (type === ROOT) into.set(urn, NO_PROPERTIES);
}

/**
 * Reads a stack inside a policy pack: what the program set from the recorded inputs, ids from the outputs.
 *
 * The engine hands a pack no inputs of what the stack only reads (`Vpc.get`), so a resource without recorded inputs is
 * outside. Secrets reach a pack in clear and unmarked: values may be judged there and must not be shown.
 */
export function readPolicyResources(resources: readonly AnalyzedResource[], recorded: RecordedInputs): Reading {
  if (recorded.size === 0 && resources.some(({ type }) => isDeclaredType(type))) return NOT_RECORDED;
  const neutral = resources.map((resource) => neutralResource(resource, recorded));
  return translate({ resources: neutral, providers: providersOf(resources), config: NO_PROPERTIES }, []);
}

const NOT_RECORDED: Reading = {
  units: [],
  problems: [{ message: "no inputs were recorded, so nothing is judged: the policy that records them is disabled" }],
};

function neutralResource(resource: AnalyzedResource, recorded: RecordedInputs): PulumiResource {
  const { urn, type, props, dependencies, propertyDependencies } = resource;
  const isDeclared = isDeclaredType(type);
  const inputs = isDeclared ? recorded.get(urn) : undefined;
  const isToldApart = isDeclared && Object.keys(propertyDependencies).length > 0;
  return {
    urn,
    type,
    parent: resource.parent?.urn,
    provider: resource.provider?.urn,
    id: undefined,
    inputs: inputs ?? NO_PROPERTIES,
    output: (name) => unproxiedMember(props, name),
    dependenciesOf: (input) => urnsOf(isToldApart ? (propertyDependencies[input] ?? []) : dependencies),
    external: isDeclared && inputs === undefined,
    sourcePositions: [],
  };
}

const urnsOf = (resources: readonly { readonly urn: string }[]): readonly string[] => resources.map(({ urn }) => urn);

/**
 * What stands behind a checking proxy: the proxy checks reads, not property descriptors, and what a descriptor holds is the
 * bare value with everything below it.
 */
const unproxiedMember = (props: Readonly<Record<string, unknown>>, name: string): unknown =>
  Object.getOwnPropertyDescriptor(props, name)?.value;

function unproxied(props: Readonly<Record<string, unknown>>): JsonRecord {
  const bare: Record<string, unknown> = {};
  for (const name of Object.keys(props)) bare[name] = unproxiedMember(props, name);
  return bare;
}

function providersOf(resources: readonly AnalyzedResource[]): ReadonlyMap<string, JsonRecord> {
  const providers = new Map<string, JsonRecord>();
  for (const { provider } of resources) {
    if (provider !== undefined && !providers.has(provider.urn)) providers.set(provider.urn, unproxied(provider.props));
  }
  return providers;
}
