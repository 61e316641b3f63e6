import { type Fact, is, known, unknown } from "../../facts/fact";
import type { Declaration } from "../../program/declaration";
import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../../program/normal-form";
import { asBoolean, asList, asString, at } from "../../program/read";
import { shortName } from "../../program/short-name";
import type { Value } from "../../program/value";
import type { ProgramIndex } from "../program-index";
import { readTags } from "../tags";
import type { Launch } from "./launches";

type Tags = Fact<ReadonlyMap<string, Fact<string>>>;

/**
 * The tags that the machines of a host get, as far as the program gives them: those of the host itself that reach its
 * machines, over those of what it launches from.
 * Sources: EC2 Auto Scaling user guide, "Tag Auto Scaling groups and instances" (the group's value wins over the
 * template's); EKS API, CreateNodegroup (tags of a node group do not reach its instances).
 */
export function instanceTags(declaration: Declaration, launches: readonly Launch[], index: ProgramIndex): Tags {
  const own = merged(ownTags(declaration), separateTags(declaration, index));
  const template = agreed(launches.map(templateTags));
  if (template.state !== "known") return template.state === "absent" ? own : template;
  return merged(declaration.type === "AWS::EC2::Instance" && own.state === "known" ? inDoubt(template) : template, own);
}

function ownTags({ type, properties }: Declaration): Tags {
  switch (type) {
    case "AWS::AutoScaling::AutoScalingGroup":
      return readTags(propagated(at(properties, "Tags")));
    case "AWS::Batch::ComputeEnvironment":
      return readTags(at(properties, "ComputeResources", "Tags"));
    case "AWS::EC2::LaunchTemplate":
    case "AWS::EKS::Nodegroup":
      return { state: "absent", assuming: [] };
    case "AWS::EC2::EC2Fleet":
      return specifiedTags(at(properties, "TagSpecifications"));
    default:
      return readTags(at(properties, "Tags"));
  }
}

function propagated(tags: Value): Value {
  if (tags.kind !== "list") return tags;
  return { ...tags, items: tags.items.filter((tag) => !is(asBoolean(at(tag, "PropagateAtLaunch")), false)) };
}

/** Tags that a resource of its own puts on the host. Whether one of a group reaches its machines is not in the normal form. */
function separateTags(declaration: Declaration, index: ProgramIndex): Tags {
  const attachments = index.attachments(EXTRA.resourceTag, "ResourceId", [declaration.type]).get(declaration) ?? [];
  if (attachments.length === 0) return { state: "absent", assuming: [] };
  const tags = new Map<string, Fact<string>>();
  for (const { declaration: tag, certain } of attachments) {
    const key = asString(at(tag.properties, "Key"));
    if (key.state !== "known") return unknown(`the key of ${shortName(tag)} is not known`);
    const sure = certain && declaration.type === "AWS::EC2::Instance";
    const value = asString(at(tag.properties, "Value"));
    tags.set(key.value, sure ? value : unknown(`${shortName(tag)} may not reach its machines`));
  }
  return known(tags);
}

function templateTags({ layers }: Launch): Tags {
  for (const layer of layers) {
    if (layer.state !== "known") continue;
    const tags = specifiedTags(layer.value.tagSpecifications);
    if (tags.state !== "absent") return tags;
  }
  return { state: "absent", assuming: [] };
}

/** Of `TagSpecifications`, the tags of instances. */
function specifiedTags(specifications: Value): Tags {
  const items = asList(specifications);
  if (items.state !== "known") return items;
  const [forInstances] = items.value.filter((item) => is(asString(at(item, "ResourceType")), "instance"));
  return forInstances === undefined ? { state: "absent", assuming: [] } : readTags(at(forInstances, "Tags"));
}

function agreed(tags: readonly Tags[]): Tags {
  const [first, ...others] = tags;
  if (first === undefined) return { state: "absent", assuming: [] };
  const [shown, ...shownOthers] = [first, ...others].map(show);
  return shownOthers.every((other) => other === shown) ? first : unknown("its launches differ in their tags");
}

const show = (tags: Tags): string =>
  JSON.stringify(tags.state === "known" ? { ...tags, value: [...tags.value] } : tags);

function merged(base: Tags, over: Tags): Tags {
  if (base.state === "unknown" || over.state === "absent") return base;
  if (over.state === "unknown" || base.state === "absent") return over;
  return known(new Map([...base.value, ...over.value]), [...new Set([...base.assuming, ...over.assuming])]);
}

/** It is not documented whether the tags of a launch stand beside those of its template or in their place. */
function inDoubt(template: Extract<Tags, { readonly state: "known" }>): Tags {
  const doubt = unknown("the tags of the instance may take the place of those of its launch template");
  return known(new Map([...template.value].map(([key]) => [key, doubt])), template.assuming);
}
