import type { EncryptionKey, SessionDocument, SessionPreferences } from "../../infrastructure/model";
import { shortName } from "../../program/names";
import { asBoolean, asString, at } from "../../program/read";
import { actionMatches, decide } from "../identity/evaluate";
import { type DocumentMistake, mistake } from "./document-problem";

const PROPERTY = "Content.inputs.kmsKeyId";

/** Keys that cannot encrypt sessions. */
export function keyMistakes(
  { key, declaration }: SessionDocument,
  { kmsKeyId }: SessionPreferences,
): readonly DocumentMistake[] {
  if (key.state === "known") return declaredKeyMistakes(key.value, key.assuming);
  if (kmsKeyId.state !== "known") return [];
  const say = (why: string) => [
    mistake("error", PROPERTY, `kmsKeyId is "${kmsKeyId.value}", ${why}`, kmsKeyId.assuming),
  ];
  if (!isKeyName(kmsKeyId.value)) return say("neither the id nor the ARN nor an alias of a key");
  const { region } = declaration;
  const own = kmsKeyId.value.startsWith("arn:") ? kmsKeyId.value.split(":")[3] : undefined;
  if (own === undefined || region.state !== "known" || own === region.value) return [];
  return say(`a key of ${own}, and sessions in ${region.value} can use keys of ${region.value} only`);
}

/** Source: AWS KMS developer guide, "Key identifiers (KeyId)". */
const isKeyName = (text: string): boolean =>
  /^(?:arn:[\w-]+:kms:[\w-]*:\d{12}:(?:key\/[\w-]+|alias\/[\w/-]+)|alias\/[\w/-]+|mrk-[\da-f]{32}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i.test(
    text,
  );

/** Each party and what it does with the key. Source: Systems Manager user guide, "Turn on KMS key encryption of session data". */
const USES = [
  ["kms:GenerateDataKey", "which whoever starts a session needs"],
  ["kms:Decrypt", "which hosts need"],
] as const;

function declaredKeyMistakes(key: EncryptionKey, assuming: readonly string[]): readonly DocumentMistake[] {
  const { properties } = key.declaration;
  const name = `key ${shortName(key.declaration)}`;
  const say = (why: string, more: readonly string[] = []) => [mistake("error", PROPERTY, why, [...assuming, ...more])];
  const enabled = asBoolean(at(properties, "Enabled"));
  if (enabled.state === "known" && !enabled.value) return say(`${name} is disabled`, enabled.assuming);
  const usage = asString(at(properties, "KeyUsage"));
  const spec = asString(at(properties, "KeySpec"));
  if (usage.state === "known" && usage.value !== "ENCRYPT_DECRYPT") {
    return say(`${name} is for ${usage.value}, and sessions need a symmetric key that encrypts`, usage.assuming);
  }
  if (spec.state === "known" && spec.value !== "SYMMETRIC_DEFAULT") {
    return say(`${name} is ${spec.value}, and sessions need a symmetric key`, spec.assuming);
  }
  return closedPolicy(key, name).flatMap((why) => say(why));
}

function closedPolicy({ policy, grants, declaration }: EncryptionKey, name: string): readonly string[] {
  if (policy.state !== "known" || grants.length > 0) return [];
  const attached = { name: `the policy of ${name}`, document: policy, declaration };
  const refused = USES.filter(
    ([action]) => decide([attached], ({ actions }) => actionMatches(action, actions)).effect === "notAllowed",
  );
  return refused.slice(0, 1).map(([action, who]) => `the policy of ${name} lets nobody use ${action}, ${who}`);
}
