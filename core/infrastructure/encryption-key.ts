import { chain, type Fact, known, map, unknown } from "../facts/fact";
import type { Declaration } from "../program/declaration";
import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../program/normal-form";
import { at } from "../program/read";
import type { Value } from "../program/value";
import type { EncryptionKey } from "./model";
import { type PolicyDocument, readPolicyDocument } from "./policy-document";
import type { ProgramIndex } from "./program-index";

const KEY = "AWS::KMS::Key";
const ALIAS = "AWS::KMS::Alias";

/** The key of the program that a value of a declaration names by id, ARN or alias; absent when the value is. */
export function followKey(value: Value, { stack }: Declaration, index: ProgramIndex): Fact<EncryptionKey> {
  const key = chain(index.follow(value, [KEY, ALIAS], stack), (found) =>
    found.type === ALIAS ? index.follow(at(found.properties, "TargetKeyId"), [KEY]) : known(found),
  );
  return map(key, (declaration) => ({
    declaration,
    policy: keyPolicy(declaration, index),
    grants: (index.attachments(EXTRA.keyGrant, "KeyId", [KEY]).get(declaration) ?? []).map(
      (grant) => grant.declaration,
    ),
  }));
}

function keyPolicy(key: Declaration, index: ProgramIndex): Fact<PolicyDocument> {
  const [attached] = index.attachments(EXTRA.keyPolicy, "KeyId", [KEY]).get(key) ?? [];
  if (attached === undefined) return readPolicyDocument(at(key.properties, "KeyPolicy"));
  if (!attached.certain) return unknown(`${attached.declaration.name} may be the policy of another key`);
  return readPolicyDocument(at(attached.declaration.properties, "KeyPolicy"));
}
