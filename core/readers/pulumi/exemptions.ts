import type { Exemption } from "../../program/declaration";
import { isRecord, type JsonRecord, listOr } from "./json";
import { BLINDED_SECRET, isUnknownSentinel } from "./sentinels";

/**
 * A finding is passed over by a tag on the resource: tags are the one part of a Pulumi program that is free to use and reaches
 * a policy pack, a preview and a state alike. The key is `ssm-preflight/ignore/<rule>`, or `ssm-preflight/ignore/all`. The
 * value is the reason, and may end with the last day and who answers for it:
 *
 *     "ssm-preflight/ignore/agent-missing": "vendor appliance without agent expires=2027-01-31 owner=network-team"
 *
 * This keeps to what every AWS service allows in tags: letters, digits, spaces and `_ . : / = + - @`, 128 characters in a key
 * and 256 in a value. Source: EMR Serverless user guide, "Tagging limitations".
 */
const PREFIX = "ssm-preflight/ignore/";

const SETTING = /(?:^|\s)(\w+)=(\S*)/g;

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

/** What cannot be understood goes to `expires`, where it counts as expired. */
function readExemption(name: string, value: unknown): Exemption {
  const rule = name === "all" ? "*" : name;
  if (!isReadable(value)) return { rule, reason: "", expires: "not known" };
  const settings = [...value.matchAll(SETTING)].map(([, key = "", text = ""]) => ({ key, text }));
  const reason = value.replace(SETTING, "").trim();
  const owner = settings.find(({ key }) => key === "owner")?.text;
  const expires = expiry(settings) ?? expiryWithoutSign(reason);
  return {
    rule,
    reason,
    ...(expires === undefined ? {} : { expires }),
    ...(owner === undefined ? {} : { owner }),
  };
}

const isReadable = (value: unknown): value is string =>
  typeof value === "string" && !isUnknownSentinel(value) && value !== BLINDED_SECRET;

/** `expires 2027-01-31` and `expires: …` mean a date and must not pass for a reason without one. */
const expiryWithoutSign = (reason: string): string | undefined => /\bexpir\w*\b.*$/i.exec(reason)?.[0];

interface Setting {
  readonly key: string;
  readonly text: string;
}

function expiry(settings: readonly Setting[]): string | undefined {
  const strange = settings.find(({ key }) => key !== "expires" && key !== "owner");
  if (strange !== undefined) return `${strange.key}=${strange.text}`;
  const dates = settings.filter(({ key }) => key === "expires").map(({ text }) => text);
  return dates.length === 0 ? undefined : dates.join(" ");
}
