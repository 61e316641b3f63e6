import { HOST_TYPES } from "../../core/infrastructure/host-types";
import { connected } from "../../core/readers/cloudformation/group";
import { isRecord, type JsonRecord, recordOr } from "../../core/readers/pulumi/json";

/** What a host may have for itself alone, as the CDK makes it with each. Whatever is of another type counts as shared. */
const OWN_TYPES: ReadonlySet<unknown> = new Set([
  "AWS::AutoScaling::AutoScalingGroup",
  "AWS::AutoScaling::LaunchConfiguration",
  "AWS::EC2::Instance",
  "AWS::EC2::LaunchTemplate",
  "AWS::EC2::SecurityGroup",
  "AWS::IAM::InstanceProfile",
  "AWS::IAM::Policy",
  "AWS::IAM::Role",
]);

/**
 * The hosts of a template, each with what is its own, as logical ids in the order of the template: resources that mention each
 * other and that nothing else in the template mentions.
 */
export function clustersIn({ Resources, ...sections }: JsonRecord): readonly (readonly string[])[] {
  const resources = recordOr(Resources);
  const typeOf = (id: string): unknown => recordOr(resources[id]).Type;
  const own = new Set(Object.keys(resources).filter((id) => OWN_TYPES.has(typeOf(id))));
  const shared = mentionsIn(sections, own);
  const pairs: [string, string][] = [];
  for (const [id, resource] of Object.entries(resources)) {
    for (const mentioned of mentionsIn(resource, own)) {
      if (own.has(id)) pairs.push([id, mentioned]);
      else shared.add(mentioned);
    }
  }
  return connected([...own], pairs).filter(
    (ids) => ids.some((id) => HOST_TYPES.has(String(typeOf(id)))) && !ids.some((id) => shared.has(id)),
  );
}

/** Of some resources those that a part of a template may refer to: too many rather than too few. */
function mentionsIn(part: unknown, resources: ReadonlySet<string>): Set<string> {
  const found = new Set<string>();
  const note = (text: string): void => {
    for (const id of namesIn(text)) if (resources.has(id)) found.add(id);
  };
  const visit = (value: unknown): void => {
    if (typeof value === "string") note(value);
    else if (Array.isArray(value)) value.forEach(visit);
    else if (isRecord(value)) for (const key in value) visit(value[key]);
  };
  visit(part);
  return found;
}

const PLACEHOLDER = /\$\{([A-Za-z0-9]+)/g;

/** `Role`, `Role.Arn` and what `Fn::Sub` would put into a text. */
function namesIn(text: string): readonly string[] {
  if (text.includes("${")) return [...text.matchAll(PLACEHOLDER)].map(([, id = ""]) => id);
  const dot = text.indexOf(".");
  return [dot < 0 ? text : text.slice(0, dot)];
}
