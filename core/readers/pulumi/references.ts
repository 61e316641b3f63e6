import type { Reference } from "../../program/value";
import { type PulumiResource, parseUrn, shortName } from "./resource";
import type { Origin } from "./values";

/** Follows the dependencies of inputs to the resources that are declared. */
export interface References {
  originOf(resource: PulumiResource, property: string): Origin;
}

const MOST_NAMED = 3;
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

  const declaredBehind = (urn: string, seen: Set<string>): readonly string[] => {
    if (seen.has(urn)) return [];
    seen.add(urn);
    const resource = byUrn.get(urn);
    if (resource === undefined || resource.external || resource.type === STACK_TYPE) return [];
    if (isDeclared(resource.type)) return [urn];
    return (children.get(urn) ?? []).flatMap((child) => declaredBehind(child, seen));
  };

  const reasonFor = (urns: readonly string[]): string => {
    if (urns.length === 0) return "it is known only after deployment";
    const otherStack = urns.find((urn) => parseUrn(urn)?.type === STACK_REFERENCE);
    if (otherStack !== undefined) return `it comes from another stack (${shortName(otherStack)})`;
    const external = urns.find((urn) => byUrn.get(urn)?.external);
    if (external !== undefined) return `it comes from ${shortName(external)}, which the stack only reads`;
    const missing = urns.find((urn) => !byUrn.has(urn));
    if (missing !== undefined && incomplete !== undefined)
      return `it comes from ${shortName(missing)}, and ${incomplete}`;
    return `it comes from ${enumerate(urns)} and is known only after deployment`;
  };

  return {
    originOf(resource, property) {
      const urns = dependenciesOf(resource, property);
      const seen = new Set([resource.urn]);
      const declared = urns.flatMap((urn) => declaredBehind(urn, seen));
      return { references: declared.map((id): Reference => ({ id })), reason: () => reasonFor(urns) };
    },
  };
}

function dependenciesOf(resource: PulumiResource, property: string): readonly string[] {
  const { propertyDependencies } = resource;
  return propertyDependencies === undefined ? resource.dependencies : (propertyDependencies[property] ?? []);
}

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
