import type { Fact } from "../../facts/fact";
import type { SessionDocument, SessionPreferences } from "../../infrastructure/model";
import type { Pattern } from "../../infrastructure/policy-document";
import type { Declaration } from "../../program/declaration";
import { shortName } from "../../program/names";
import { at } from "../../program/read";
import type { TextPart, Value } from "../../program/value";

/** What preferences make the agent of a host use: where logs go, or the key that encrypts sessions. */
export interface Need {
  readonly service: "s3" | "logs" | "kms";
  /** `bucket session-logs`, as a message calls it. */
  readonly what: string;
  /** Its name, with a hole where that is not known. */
  readonly name: Pattern;
  /** Its ARN as policies of the program may write it: holes of one name stand for the same text. */
  readonly arn?: TextPart;
  /** For logs: the agent makes sure that they are encrypted, and refuses the session otherwise. */
  readonly checked: Fact<boolean>;
  /** Why it may not be used at all. */
  readonly doubt?: string;
  readonly assuming: readonly string[];
}

const NO_CHECK: Fact<boolean> = { state: "absent", assuming: [] };

/** The needs of preferences that are known; what an empty text turns off is none. */
export function needsOf(document: SessionDocument, preferences: SessionPreferences): readonly Need[] {
  const { inputs, s3EncryptionEnabled, cloudWatchEncryptionEnabled } = preferences;
  const bucket = document.bucket.state === "known" ? document.bucket.value.declaration : undefined;
  return [
    ...need("s3", "bucket", at(inputs, "s3BucketName"), bucket, s3EncryptionEnabled),
    ...need(
      "logs",
      "log group",
      at(inputs, "cloudWatchLogGroupName"),
      ifKnown(document.logGroup),
      cloudWatchEncryptionEnabled,
    ),
    ...need("kms", "key", at(inputs, "kmsKeyId"), ifKnown(document.key)?.declaration, NO_CHECK),
  ];
}

const ifKnown = <T>(fact: Fact<T>): T | undefined => (fact.state === "known" ? fact.value : undefined);

function need(
  service: Need["service"],
  kind: string,
  value: Value,
  declared: Declaration | undefined,
  checked: Fact<boolean>,
): readonly Need[] {
  if (value.kind === "absent" || (value.kind === "literal" && value.value === "")) return [];
  const name = patternOf(value, `the name of the ${kind}`);
  const [first] = name;
  const label = declared !== undefined ? shortName(declared) : labelOf(name);
  // A parameter may turn out empty; a resource of the program has a name.
  const doubt =
    value.kind === "unknown" && declared === undefined
      ? `whether there is a ${kind} is not known: ${value.reason}`
      : undefined;
  const arn = arnOf(value, first);
  return [
    {
      service,
      what: `${kind} ${label}`,
      name,
      checked,
      assuming: value.assuming ?? [],
      ...(arn === undefined ? {} : { arn }),
      ...(doubt === undefined ? {} : { doubt }),
    },
  ];
}

/** What names a resource as a pattern; `fallback` names the hole for what is not known. */
export function patternOf(value: Value, fallback: string): Pattern {
  if (value.kind === "literal") return [String(value.value)];
  if (value.kind === "text") return value.parts;
  if (value.kind !== "unknown") return [{ hole: fallback, reason: `it is a ${value.kind}` }];
  return [{ hole: value.name ?? fallback, reason: value.reason }];
}

export const labelOf = (name: Pattern): string =>
  name.map((part) => (typeof part === "string" ? part : part.hole)).join("");

/** `Bucket.Arn` for what is written `Ref: Bucket`. */
function arnOf(value: Value, name: TextPart | undefined): TextPart | undefined {
  if (value.kind !== "unknown" || name === undefined || typeof name === "string") return undefined;
  return value.refersTo?.[0]?.attribute === "Ref" ? { ...name, hole: `${name.hole}.Arn` } : undefined;
}
