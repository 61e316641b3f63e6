import { assumptionsOf, is } from "../../facts/fact";
import type { Infrastructure, SessionDocument, SessionPreferences } from "../../infrastructure/model";
import { readTags } from "../../infrastructure/tags";
import { shortName } from "../../program/names";
import { at } from "../../program/read";
import type { Value } from "../../program/value";
import { bucketNameMistakes, logGroupNameMistakes } from "./destination-mistakes";
import { assumedIn, type DocumentMistake, mistake } from "./document-problem";
import { keyMistakes } from "./key-mistakes";

/** Where inputs of a session document contradict each other, or the resources of the program that they name. */
export function contradictions(document: SessionDocument, infrastructure: Infrastructure): readonly DocumentMistake[] {
  const { preferences } = document;
  if (preferences.state !== "known") return [];
  return [
    ...bucketNameMistakes(preferences.value),
    ...bucketEncryptionMistakes(document, preferences.value),
    ...logGroupNameMistakes(preferences.value),
    ...logGroupEncryptionMistakes(document, preferences.value),
    ...streamingMistakes(preferences.value),
    ...keyMistakes(document, preferences.value),
    ...runAsMistakes(preferences.value, infrastructure),
  ];
}

/**
 * S3 encrypts every bucket since January 2023, so the flag can hardly fail; the agent takes two algorithms for encryption.
 * Sources: Amazon S3 user guide, "Setting default server-side encryption behavior"; github.com/aws/amazon-ssm-agent, `IsBucketEncrypted`.
 */
function bucketEncryptionMistakes(
  { bucket }: SessionDocument,
  { s3EncryptionEnabled }: SessionPreferences,
): readonly DocumentMistake[] {
  if (!is(s3EncryptionEnabled, true) || bucket.state !== "known") return [];
  const { encryption, declaration } = bucket.value;
  if (encryption.state !== "known" || ["AES256", "aws:kms"].includes(encryption.value)) return [];
  const why = `s3EncryptionEnabled is true, and the SSM Agent does not count ${encryption.value} of bucket ${shortName(declaration)} as encryption`;
  return [mistake("warning", path("s3EncryptionEnabled"), why, encryption.assuming)];
}

/** Source: Systems Manager user guide, "Troubleshooting Session Manager", "Blank screen displays after starting a session". */
function logGroupEncryptionMistakes(
  { logGroup }: SessionDocument,
  { cloudWatchEncryptionEnabled }: SessionPreferences,
): readonly DocumentMistake[] {
  if (!is(cloudWatchEncryptionEnabled, true) || logGroup.state !== "known") return [];
  const key = at(logGroup.value.properties, "KmsKeyId");
  const isEncrypted = key.kind !== "absent" && !(key.kind === "literal" && key.value === "");
  if (isEncrypted) return [];
  const why = `cloudWatchEncryptionEnabled is true, and log group ${shortName(logGroup.value)} has no KmsKeyId, so every session is refused`;
  const assuming = [...logGroup.assuming, ...assumptionsOf(cloudWatchEncryptionEnabled), ...assumedIn(key)];
  return [mistake("error", path("cloudWatchEncryptionEnabled"), why, assuming)];
}

function streamingMistakes({
  inputs,
  cloudWatchStreamingEnabled,
  cloudWatchLogGroupName,
}: SessionPreferences): readonly DocumentMistake[] {
  if (!is(cloudWatchStreamingEnabled, true) || cloudWatchLogGroupName.state !== "absent") return [];
  // The console leaves streaming on beside an empty name; whoever writes it by hand means to stream.
  const level = at(inputs, "cloudWatchLogGroupName").kind === "absent" ? "warning" : "note";
  const why = "cloudWatchStreamingEnabled is true, and cloudWatchLogGroupName names no log group to stream to";
  return [mistake(level, path("cloudWatchStreamingEnabled"), why, cloudWatchLogGroupName.assuming)];
}

const RUN_AS_TAG = "SSMSessionRunAs";
const PEOPLE = new Set(["AWS::IAM::User", "AWS::IAM::Role", "AWS::SSO::PermissionSet"]);

/** Source: Systems Manager user guide, "Turn on Run As support for Linux and macOS managed nodes". */
function runAsMistakes(
  { runAsEnabled, runAsDefaultUser }: SessionPreferences,
  { declarations }: Infrastructure,
): readonly DocumentMistake[] {
  if (!is(runAsEnabled, true)) return [];
  if (is(runAsDefaultUser, "root")) {
    const why = "runAsDefaultUser is root, which Session Manager does not support";
    return [mistake("warning", path("runAsDefaultUser"), why, assumptionsOf(runAsDefaultUser))];
  }
  const isTagged = declarations.some((person) => PEOPLE.has(person.type) && hasTag(at(person.properties, "Tags")));
  if (runAsDefaultUser.state !== "absent" || isTagged) return [];
  const why = `runAsEnabled is true, and without runAsDefaultUser sessions open only for users and roles with tag ${RUN_AS_TAG}`;
  return [mistake("warning", path("runAsEnabled"), why, assumptionsOf(runAsEnabled))];
}

function hasTag(value: Value): boolean {
  const tags = readTags(value);
  return tags.state === "known" && tags.value.has(RUN_AS_TAG);
}

const path = (input: string): string => `Content.inputs.${input}`;
