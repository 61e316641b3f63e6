import { createHash } from "node:crypto";
import { autonameOf, blockDefaults, schemaDefaults } from "./aws-defaults";
import { objectSchema, type PropertySchema, type ResourceSchema, resourceSchema } from "./aws-schema";
import { containsUnknown, isPropertyMap, type PropertyMap, type PropertyValue, unknown } from "./property-value";

export interface CheckRequest {
  readonly type: string;
  readonly name: string;
  readonly news: PropertyMap;
  readonly olds: PropertyMap | undefined;
  readonly randomSeed: string;
  readonly providerConfig: PropertyMap;
}

/**
 * The inputs that Check hands back to the engine, and so what a resource policy sees: what the program wrote,
 * plus automatic name, schema defaults, `region` and `tagsAll`. Defaults are listed in `__defaults`.
 */
export function checkedInputs(request: CheckRequest): PropertyMap {
  const schema = resourceSchema(request.type);
  const written = withoutNulls(request.news);
  const inputs: PropertyMap = {};
  for (const [property, value] of Object.entries(written)) {
    inputs[property] = checkedValue(value, schema.outputs.get(property));
  }
  const added = { ...automaticName(request, schema), ...schemaDefaults(request.type) };
  const missing = Object.entries(added).filter(([property]) => inputs[property] === undefined);
  return {
    ...inputs,
    ...regionAndTags(schema, inputs, request.providerConfig),
    ...Object.fromEntries(missing),
    __defaults: missing.map(([property]) => property).sort(),
  };
}

function automaticName({ type, name, olds, news, randomSeed }: CheckRequest, schema: ResourceSchema): PropertyMap {
  const autoname = autonameOf(type, schema.inputs);
  if (autoname === undefined || (news[`${autoname.property}Prefix`] ?? null) !== null) {
    return {};
  }
  const previous = olds?.[autoname.property];
  if (previous !== undefined) {
    return { [autoname.property]: previous };
  }
  const suffix = createHash("sha256").update(randomSeed).update(name).digest("hex").slice(0, 7);
  const base = autoname.lowerCase === true ? name.toLowerCase() : name;
  return { [autoname.property]: `${autoname.prefix ?? ""}${base}-${suffix}` };
}

function regionAndTags(schema: ResourceSchema, inputs: PropertyMap, providerConfig: PropertyMap): PropertyMap {
  const added: PropertyMap = {};
  const region = inputs.region ?? providerConfig.region;
  if (schema.inputs.has("region") && region !== undefined) {
    added.region = region;
  }
  if (schema.inputs.has("tags") && schema.outputs.has("tagsAll")) {
    added.tagsAll = mergedTags(inputs.tags ?? {}, providerConfig.defaultTags ?? {});
  }
  return added;
}

function mergedTags(tags: PropertyValue, defaultTags: PropertyValue): PropertyValue {
  if (containsUnknown(tags) || containsUnknown(defaultTags)) {
    return unknown;
  }
  const shared = isPropertyMap(defaultTags) && isPropertyMap(defaultTags.tags) ? defaultTags.tags : {};
  return isPropertyMap(tags) ? { ...shared, ...tags } : shared;
}

function checkedValue(value: PropertyValue, schema: PropertySchema | undefined): PropertyValue {
  if (schema?.valueType === "string" && typeof value === "object") {
    return containsUnknown(value) ? unknown : jsonDocument(value);
  }
  if (schema?.objectType === undefined) {
    return value;
  }
  const { objectType } = schema;
  return Array.isArray(value) ? value.map((item) => checkedBlock(item, objectType)) : checkedBlock(value, objectType);
}

function checkedBlock(value: PropertyValue, objectType: string): PropertyValue {
  if (!isPropertyMap(value)) {
    return value;
  }
  const schema = objectSchema(objectType);
  const missing = Object.entries(blockDefaults(objectType)).filter(([property]) => value[property] === undefined);
  const written = Object.entries(value).map(([property, item]) => [property, checkedValue(item, schema.get(property))]);
  return {
    ...Object.fromEntries(written),
    ...Object.fromEntries(missing),
    __defaults: missing.map(([property]) => property).sort(),
  };
}

/** A policy document written as an object, in the form Go's encoder gives: sorted keys, `<`, `>` and `&` escaped. */
function jsonDocument(value: PropertyValue): string {
  const text = JSON.stringify(sortedKeys(value));
  return text.replace(/[<>&]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`);
}

function sortedKeys(value: PropertyValue): PropertyValue {
  if (Array.isArray(value)) {
    return value.map(sortedKeys);
  }
  if (!isPropertyMap(value)) {
    return value;
  }
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sortedKeys(item)]));
}

function withoutNulls(value: PropertyMap): PropertyMap {
  const kept = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(kept.map(([key, item]) => [key, isPropertyMap(item) ? withoutNulls(item) : item]));
}
