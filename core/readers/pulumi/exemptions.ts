import type { Exemption } from "../../program/declaration";
import { exemptionOf } from "../../program/exemption-text";
import { isRecord, type JsonRecord, listOr } from "./json";
import { BLINDED_SECRET, isUnknownSentinel } from "./sentinels";

/**
 * A finding is passed over by a tag on the resource: tags are the one part of a Pulumi program that is free to use and reaches
 * a policy pack, a preview and a state alike. The key is `ssm-preflight/ignore/<rule>`, or `ssm-preflight/ignore/all`. The
 * value is the reason, and may end with settings:
 *
 *     "ssm-preflight/ignore/agent-missing": "vendor appliance without agent expires=2027-01-31 owner=network-team"
 *
 * This keeps to what every AWS service allows in tags: letters, digits, spaces and `_ . : / = + - @`, 128 characters in a key
 * and 256 in a value. Source: EMR Serverless user guide, "Tagging limitations".
 */
const PREFIX = "ssm-preflight/ignore/";

/** @param tags the input `tags`: a map, or a list of `{key, value}` */
export function exemptionsIn(tags: unknown): readonly Exemption[] {
  return tagPairs(tags)
    .filter(([key]) => key.startsWith(PREFIX))
    .map(([key, value]) => readExemption(key.slice(PREFIX.length), value));
}

function tagPairs(tags: unknown): readonly (readonly [string, unknown])[] {
  if (isRecord(tags)) return Object.entries(tags);
  return listOr(tags)
    .filter(isRecord)
    .flatMap((tag: JsonRecord) => (typeof tag.key === "string" ? [[tag.key, tag.value] as const] : []));
}

function readExemption(name: string, value: unknown): Exemption {
  const rule = name === "all" ? "*" : name;
  return isReadable(value) ? { rule, ...exemptionOf(value) } : { rule, reason: "", expires: "not known" };
}

const isReadable = (value: unknown): value is string =>
  typeof value === "string" && !isUnknownSentinel(value) && value !== BLINDED_SECRET;
