import { absent, type Fact } from "../../facts/fact";
import type { Infrastructure, SessionDocument } from "../../infrastructure/model";
import type { Pattern } from "../../infrastructure/policy-document";
import { readTags } from "../../infrastructure/tags";
import { at } from "../../program/read";
import type { Place } from "../identity/place";
import { NOT_TAGGED_ELSEWHERE } from "./target";

/** Holds the preferences of an account in a region, and serves sessions that name no document. */
export const DEFAULT_DOCUMENT = "SSM-SessionManagerRunShell";

/** Names that begin like this are reserved for AWS. Source: Systems Manager API, CreateDocument, `Name`. */
const isOfAws = (name: string): boolean => /^(aws|amazon|amzn)/i.test(name);

/** A document that a session may use. */
export interface DocumentTarget {
  readonly name: string;
  readonly ofAws: boolean;
  /** The value of a tag, by its key in lower case. */
  readonly tag: (key: string) => Fact<string>;
}

export function documentTarget(name: string, documents: readonly SessionDocument[]): DocumentTarget {
  const ofAws = isOfAws(name);
  const declared = declaredDocument(name, documents);
  return {
    name,
    ofAws,
    tag: (key) => {
      if (ofAws) return absent();
      return declared === undefined ? absent([NOT_TAGGED_ELSEWHERE]) : tagOf(declared, key);
    },
  };
}

export const declaredDocument = (name: string, documents: Infrastructure["documents"]): SessionDocument | undefined =>
  documents.find((document) => document.name.state === "known" && document.name.value === name);

function tagOf({ declaration }: SessionDocument, key: string): Fact<string> {
  const tags = readTags(at(declaration.properties, "Tags"));
  if (tags.state === "unknown") return tags;
  const found = tags.state === "known" ? [...tags.value].find(([name]) => name.toLowerCase() === key) : undefined;
  return found === undefined ? absent([NOT_TAGGED_ELSEWHERE]) : found[1];
}

/**
 * Documents of AWS belong to no account: services name them `arn:aws:ssm:us-east-1::document/AWS-StartSSHSession` in
 * their errors.
 */
export const documentArn = ({ name, ofAws }: Pick<DocumentTarget, "name" | "ofAws">, place: Place): Pattern => [
  ...documentsOf(place, ofAws),
  name,
];

/** Any document of the account, or of AWS. */
export const anyDocumentArn = (place: Place, ofAws: boolean): Pattern => [
  ...documentsOf(place, ofAws),
  { hole: "the document's name", reason: "any document would do" },
];

const documentsOf = ({ partition, region, account }: Place, ofAws: boolean): Pattern => [
  "arn:",
  partition,
  ":ssm:",
  region,
  ":",
  ...(ofAws ? [] : [account]),
  ":document/",
];
