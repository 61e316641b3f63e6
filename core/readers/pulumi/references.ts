import { unknownValue } from "../../program/value";
import { type PulumiResource, parseUrn, shortName } from "./resource";
import { type Origin, originFrom } from "./values";

/** Follows the dependencies of inputs to the resources that are declared. */
export interface References {
  originOf(resource: PulumiResource, input: string): Origin;
}

const MOST_NAMED = 3;
const UNTRACED_REASON = "it is known only after deployment";
const STACK_TYPE = "pulumi:pulumi:Stack";
const STACK_REFERENCE = "pulumi:pulumi:StackReference";

/**
 * @param isDeclared whether a type token has a place in the normal form
 * @param incomplete why resources may be missing, see `PulumiStack`
 */
export function followReferences(
  resources: readonly PulumiResource[],
  isDeclared: (type: string) => boolean,
  incomplete: string | undefined,
): References {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const children = childrenByParent(resources);

  const isFollowed = (resource: PulumiResource | undefined): resource is PulumiResource =>
    resource !== undefined && !resource.external && resource.type !== STACK_TYPE;

  /** A resource itself; everything inside of a component, where a resource may be the parent of another. */
  const candidatesBehind = (urn: string): readonly string[] => {
    const resource = byUrn.get(urn);
    if (!isFollowed(resource)) return [];
    return isDeclared(resource.type) ? [urn] : declaredBelow(urn, new Set());
  };

  const declaredBelow = (urn: string, seen: Set<string>): readonly string[] => {
    if (seen.has(urn)) return [];
    seen.add(urn);
    return (children.get(urn) ?? []).flatMap((child) => {
      const resource = byUrn.get(child);
      if (!isFollowed(resource)) return [];
      return [...(isDeclared(resource.type) ? [child] : []), ...declaredBelow(child, seen)];
    });
  };

  const isOutside = (urn: string): boolean => {
    const resource = byUrn.get(urn);
    return resource === undefined || resource.external || resource.type === STACK_REFERENCE;
  };

  const reasonFor = (urns: readonly string[]): string => {
    const otherStack = urns.find((urn) => parseUrn(urn)?.type === STACK_REFERENCE);
    if (otherStack !== undefined) return `it comes from another stack (${shortName(otherStack)})`;
    const external = urns.find((urn) => byUrn.get(urn)?.external);
    if (external !== undefined) return `it comes from ${shortName(external)}, which the stack only reads`;
    const missing = urns.find((urn) => !byUrn.has(urn));
    if (missing !== undefined && incomplete !== undefined) {
      return `it comes from ${shortName(missing)}, and ${incomplete}`;
    }
    return `it comes from ${enumerate(urns)} and is known only after deployment`;
  };

  const originFor = (urns: readonly string[], itself: string): Origin => {
    const candidates = new Set(urns.flatMap(candidatesBehind));
    candidates.delete(itself);
    return originFrom(
      [...candidates].map((id) => ({ id })),
      urns.some(isOutside),
      reasonFor(urns),
    );
  };

  /** Most inputs are made from one resource, and many from the same. */
  const single = new Map<string, Origin>();
  const originOfOne = (urn: string, itself: string): Origin => {
    const origin = single.get(urn) ?? originFor([urn], "");
    single.set(urn, origin);
    const isInside = origin.candidates.refersTo?.some(({ id }) => id === itself) ?? false;
    return isInside ? originFor([urn], itself) : origin;
  };

  return {
    originOf(resource, input) {
      const urns = resource.dependenciesOf(input);
      const [first] = urns;
      if (first === undefined) return NO_ORIGIN;
      return urns.length === 1 ? originOfOne(first, resource.urn) : originFor(urns, resource.urn);
    },
  };
}

/** A lookup over what is not known yet has a result without dependencies. Source: pulumi/pulumi, sdk/nodejs/runtime/invoke.ts. */
const NO_ORIGIN: Origin = {
  ...originFrom([], false, UNTRACED_REASON),
  unknownPart: unknownValue(UNTRACED_REASON, { isUntraced: true }),
};

/** A remote component is itself the dependency; what it made stands below it. */
function childrenByParent(resources: readonly PulumiResource[]): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>();
  for (const { urn, parent } of resources) {
    if (parent === undefined) continue;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [urn]);
    else siblings.push(urn);
  }
  return children;
}

function enumerate(urns: readonly string[]): string {
  const named = urns.slice(0, MOST_NAMED).map(shortName).join(", ");
  return urns.length > MOST_NAMED ? `${named} and ${urns.length - MOST_NAMED} more` : named;
}
