import { is } from "../../facts/fact";
import type { SessionPreferences } from "../../infrastructure/model";
import { asText, at, referencesIn, showText } from "../../program/read";
import type { Value } from "../../program/value";
import { assumedIn, type DocumentMistake, mistake } from "./document-problem";

/** Characters that no bucket name has. Source: Amazon S3 user guide, "General purpose bucket naming rules". */
const NOT_IN_BUCKET_NAMES = /[/:\s]/;

export function bucketNameMistakes({ inputs }: SessionPreferences): readonly DocumentMistake[] {
  const value = at(inputs, "s3BucketName");
  const say = (why: string) => [mistake("error", "Content.inputs.s3BucketName", why, assumedIn(value))];
  const attribute = attributeIn(value);
  if (attribute !== undefined) return say(`s3BucketName is ${attribute} of a bucket, and its name is needed`);
  const text = knownText(value);
  if (text === undefined || !NOT_IN_BUCKET_NAMES.test(text)) return [];
  const shownText = `s3BucketName is "${shownWhole(value)}"`;
  if (/^\w+:\/\//.test(text)) return say(`${shownText}, a URL, and the bare name of the bucket is needed`);
  if (text.startsWith("arn:")) return say(`${shownText}, an ARN, and the name of the bucket is needed`);
  if (text.includes("/")) return say(`${shownText}, and the path in it belongs in s3KeyPrefix`);
  return say(`${shownText}, which is no name of a bucket`);
}

/** Source: CloudWatch Logs API, `CreateLogGroup`, `logGroupName`. */
const NOT_IN_LOG_GROUP_NAMES = /[^\w.\-/#]/;

export function logGroupNameMistakes({
  inputs,
  cloudWatchEncryptionEnabled,
}: SessionPreferences): readonly DocumentMistake[] {
  const value = at(inputs, "cloudWatchLogGroupName");
  const fails = is(cloudWatchEncryptionEnabled, true);
  const outcome = fails ? "so every session is refused" : "so no logs are kept";
  const say = (why: string) => [
    mistake(
      fails ? "error" : "warning",
      "Content.inputs.cloudWatchLogGroupName",
      `${why}, ${outcome}`,
      assumedIn(value),
    ),
  ];
  const attribute = attributeIn(value);
  if (attribute !== undefined) return say(`cloudWatchLogGroupName is ${attribute} of a log group and not its name`);
  const text = knownText(value);
  if (text === undefined || !NOT_IN_LOG_GROUP_NAMES.test(text)) return [];
  const what = text.startsWith("arn:") ? "an ARN and not the name of a log group" : "no name of a log group";
  return say(`cloudWatchLogGroupName is "${shownWhole(value)}", ${what}`);
}

/** What is known of a text: its holes left out, since names of buckets and groups can stand there. */
function knownText(value: Value): string | undefined {
  const text = asText(value);
  if (text.state !== "known") return undefined;
  return text.value.filter((part) => typeof part === "string").join("");
}

function shownWhole(value: Value): string {
  const text = asText(value);
  return text.state === "known" ? showText(text.value) : "";
}

/** Return values of buckets and log groups that are not their names. */
const ATTRIBUTES = new Set(["Arn", "DomainName", "DualStackDomainName", "RegionalDomainName", "WebsiteURL"]);

/** The attribute of a resource that a value surely is, where that is not its name. */
function attributeIn(value: Value): string | undefined {
  const [reference, ...others] = value.kind === "unknown" ? referencesIn(value) : [];
  const attribute = others.length === 0 ? reference?.attribute : undefined;
  return attribute !== undefined && ATTRIBUTES.has(attribute) ? attribute : undefined;
}
