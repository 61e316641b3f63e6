import { absent, type Fact, known, unknown } from "../facts/fact";
import { lazy } from "../facts/lazy";
import type { Declaration } from "../program/declaration";
import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../program/normal-form";
import { asBoolean, asList, asString, at } from "../program/read";
import { NOTHING, record, unknownValue, type Value } from "../program/value";
import { withParameterDefaults } from "./document-parameters";
import { followKey } from "./encryption-key";
import type { LogBucket, SessionDocument, SessionPreferences } from "./model";
import type { ProgramIndex } from "./program-index";
import { type DocumentBody, readBody } from "./session-content";

/** The document that holds an account's preferences in a region. Source: Systems Manager user guide, "Configure session preferences". */
export const PREFERENCES_DOCUMENT = "SSM-SessionManagerRunShell";

const BUCKET = ["AWS::S3::Bucket"];
const LOG_GROUP = ["AWS::Logs::LogGroup"];

export function sessionDocument(declaration: Declaration, index: ProgramIndex): SessionDocument {
  const property = (name: string) => at(declaration.properties, name);
  const body = lazy(() => readBody(property("Content"), asString(property("DocumentFormat"))));
  const preferences = lazy(() => readPreferences(body()));
  const input = (name: string): Value => {
    const read = preferences();
    return read.state === "known" ? at(read.value.inputs, name) : NOTHING;
  };
  return {
    declaration,
    name: asString(property("Name")),
    documentType: asString(property("DocumentType")),
    content: property("Content"),
    get body() {
      return body();
    },
    get preferences() {
      return preferences();
    },
    get bucket() {
      return followBucket(input("s3BucketName"), declaration, index);
    },
    get logGroup() {
      return index.follow(input("cloudWatchLogGroupName"), LOG_GROUP, declaration.stack);
    },
    get key() {
      return followKey(input("kmsKeyId"), declaration, index);
    },
  };
}

function readPreferences(body: DocumentBody): Fact<SessionPreferences> {
  if (body.state === "malformed") {
    const { document, why } = body;
    return document === undefined ? unknown(`the content ${why}`) : readPreferences(known(document));
  }
  if (body.state === "absent") return unknown("the document has no content");
  if (body.state === "unknown") return body;
  const written = at(body.value, "inputs");
  if (written.kind === "unknown") return unknown(`its inputs are not known: ${written.reason}`);
  const inputs = withParameterDefaults(written.kind === "record" ? written : record({}), at(body.value, "parameters"));
  const text = (name: string) => emptyIsAbsent(asString(at(inputs, name)));
  const flag = (name: string) => asBoolean(at(inputs, name));
  const preferences: SessionPreferences = {
    inputs,
    s3BucketName: text("s3BucketName"),
    s3EncryptionEnabled: flag("s3EncryptionEnabled"),
    cloudWatchLogGroupName: text("cloudWatchLogGroupName"),
    cloudWatchEncryptionEnabled: flag("cloudWatchEncryptionEnabled"),
    cloudWatchStreamingEnabled: flag("cloudWatchStreamingEnabled"),
    kmsKeyId: text("kmsKeyId"),
    runAsEnabled: flag("runAsEnabled"),
    runAsDefaultUser: text("runAsDefaultUser"),
  };
  return { ...body, value: preferences };
}

// The console writes every input, and an empty text for what is not used.
const emptyIsAbsent = (fact: Fact<string>): Fact<string> =>
  fact.state === "known" && fact.value === "" ? absent(fact.assuming) : fact;

function followBucket(value: Value, owner: Declaration, index: ProgramIndex): Fact<LogBucket> {
  const found = index.follow(value, BUCKET, owner.stack);
  if (found.state !== "known") return found;
  const declaration = found.value;
  const byDefault = defaultEncryption(declaration, index);
  const encryption = asString(at(byDefault, "SSEAlgorithm"));
  const keyId = customerKey(byDefault, encryption);
  return { ...found, value: { declaration, encryption, keyId, key: followKey(keyId, declaration, index) } };
}

/** `ServerSideEncryptionByDefault` of a bucket; absent where the program leaves it to S3, which takes AES256. */
function defaultEncryption(bucket: Declaration, index: ProgramIndex): Value {
  const [attached] = index.attachments(EXTRA.bucketEncryption, "Bucket", BUCKET).get(bucket) ?? [];
  const rules =
    attached === undefined
      ? at(bucket.properties, "BucketEncryption", "ServerSideEncryptionConfiguration")
      : at(attached.declaration.properties, "ServerSideEncryptionConfiguration");
  const items = asList(rules);
  if (items.state === "unknown") return unknownValue(items.reason);
  const [rule] = items.state === "known" ? items.value : [];
  return rule === undefined ? NOTHING : at(rule, "ServerSideEncryptionByDefault");
}

/**
 * AWS's own key lets in everybody of the account who may use S3. Source: Amazon S3 user guide, "Using server-side encryption
 * with AWS KMS keys (SSE-KMS)".
 */
function customerKey(byDefault: Value, encryption: Fact<string>): Value {
  if (encryption.state === "unknown") return unknownValue(encryption.reason);
  if (encryption.state === "absent" || !encryption.value.startsWith("aws:kms")) return NOTHING;
  const keyId = at(byDefault, "KMSMasterKeyID");
  const isOfAws = keyId.kind === "literal" && /(?:^|:)alias\/aws\/s3$/.test(String(keyId.value));
  return isOfAws ? NOTHING : keyId;
}
