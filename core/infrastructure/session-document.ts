import { parse } from "yaml";
import { chain, type Fact, known, unknown } from "../facts/fact";
import type { Declaration } from "../program/declaration";
import { asBoolean, asString, at } from "../program/read";
import { fromJson, type RecordValue, type Value } from "../program/value";
import { lazy } from "./lazy";
import type { SessionDocument, SessionPreferences } from "./model";

/** A document of type Session; `SSM-SessionManagerRunShell` holds an account's preferences in its region. */
export function sessionDocument(declaration: Declaration): SessionDocument {
  const content = at(declaration.properties, "Content");
  const preferences = lazy(() => chain(readContent(content), readPreferences));
  return {
    declaration,
    name: asString(at(declaration.properties, "Name")),
    content,
    get preferences() {
      return preferences();
    },
  };
}

/** Content is a map, or JSON or YAML text; YAML reads both. */
function readContent(content: Value): Fact<RecordValue> {
  if (content.kind === "record") return known(content, content.assuming);
  const text = asString(content);
  if (text.state !== "known") return text.state === "absent" ? unknown("the document has no content") : text;
  let plain: unknown;
  try {
    plain = parse(text.value);
  } catch {
    return unknown("the document is neither valid JSON nor valid YAML");
  }
  const value = fromJson(plain);
  return value.kind === "record" ? known(value) : unknown("the document is not a map");
}

function readPreferences(document: RecordValue): Fact<SessionPreferences> {
  const inputs = at(document, "inputs");
  const text = (name: string) => emptyIsAbsent(asString(at(inputs, name)));
  return known({
    s3BucketName: text("s3BucketName"),
    s3EncryptionEnabled: asBoolean(at(inputs, "s3EncryptionEnabled")),
    cloudWatchLogGroupName: text("cloudWatchLogGroupName"),
    cloudWatchEncryptionEnabled: asBoolean(at(inputs, "cloudWatchEncryptionEnabled")),
    cloudWatchStreamingEnabled: asBoolean(at(inputs, "cloudWatchStreamingEnabled")),
    kmsKeyId: text("kmsKeyId"),
  });
}

// The console writes every input, and an empty text for what is not used.
const emptyIsAbsent = (fact: Fact<string>): Fact<string> =>
  fact.state === "known" && fact.value === "" ? { state: "absent", assuming: fact.assuming } : fact;
