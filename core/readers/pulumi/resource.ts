import { type JsonRecord, NO_PROPERTIES } from "./json";

/** One resource as Pulumi has it, whichever of the three sources it was read from. */
export interface PulumiResource {
  readonly urn: string;
  /** Type token, e.g. `aws:ec2/instance:Instance`. */
  readonly type: string;
  readonly parent: string | undefined;
  /** What the program says; unknown values are sentinels (`sentinels.ts`). Empty for types that nothing is read of. */
  readonly inputs: JsonRecord;
  /** What the provider says, by name. Only known values are of use. */
  readonly output: (name: string) => unknown;
  /** URNs that a top-level input is made from; of all inputs together where the engine does not tell them apart. */
  readonly dependenciesOf: (input: string) => readonly string[];
  /** URN of the provider resource. */
  readonly provider: string | undefined;
  /** Physical id, where the resource exists. */
  readonly id: string | undefined;
  /** True for what the stack only reads (`Vpc.get`): it is outside, and only its id is known. */
  readonly external: boolean;
  /** Where the program registers it, innermost first: `project:///index.ts#12,3`. */
  readonly sourcePositions: readonly string[];
}

/** What is the same for every resource of a type that nothing is read of. */
export const NOT_READ = {
  inputs: NO_PROPERTIES,
  output: () => undefined,
  dependenciesOf: (): readonly string[] => [],
};

/** What a source holds besides the resources. */
export interface PulumiStack {
  readonly resources: readonly PulumiResource[];
  /** Inputs of provider resources by URN. */
  readonly providers: ReadonlyMap<string, JsonRecord>;
  /** Stack configuration such as `aws:region`, where the source has it. */
  readonly config: JsonRecord;
  /** Outputs of the stack, where the source has them. */
  readonly outputs?: JsonRecord;
  /** Why resources may be missing, as a clause; undefined when all are there. */
  readonly incomplete?: string;
}

/** Parts of `urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>`. A name may itself hold `::`. */
export interface UrnParts {
  readonly stack: string;
  readonly type: string;
  readonly name: string;
}

export function parseUrn(urn: string): UrnParts | undefined {
  const stack = stackOf(urn);
  const [, , types, ...name] = urn.split("::");
  if (stack === undefined || types === undefined || name.length === 0) return undefined;
  return { stack, type: types.slice(types.lastIndexOf("$") + 1), name: name.join("::") };
}

const URN_PREFIX = "urn:pulumi:";

export function stackOf(urn: string): string | undefined {
  const end = urn.indexOf("::");
  return end === -1 || !urn.startsWith(URN_PREFIX) ? undefined : urn.slice(URN_PREFIX.length, end);
}

/** The provider's URN in a reference `<urn>::<id>`. */
export const providerUrn = (reference: string): string => {
  const end = reference.lastIndexOf("::");
  return end === -1 ? reference : reference.slice(0, end);
};

/** How a message calls a resource: `Vpc "main"`. */
export function shortName(urn: string): string {
  const parts = parseUrn(urn);
  if (parts === undefined) return urn;
  return `${parts.type.slice(parts.type.lastIndexOf(":") + 1)} "${parts.name}"`;
}
