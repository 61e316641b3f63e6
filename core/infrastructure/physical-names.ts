import type { Declaration } from "../program/declaration";
import { lastSegment } from "../program/last-segment";
import { asString, asText, at, showText } from "../program/read";
import { isRunWide } from "../program/run-wide-name";
import type { Hole, Value } from "../program/value";

/** Properties that give a resource its physical name. Source: CloudFormation resource reference, "Ref" of each type. */
export const NAME_PROPERTIES: Readonly<Record<string, string>> = {
  "AWS::IAM::Role": "RoleName",
  "AWS::IAM::InstanceProfile": "InstanceProfileName",
  "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
  "AWS::IAM::User": "UserName",
  "AWS::IAM::Group": "GroupName",
  "AWS::EC2::LaunchTemplate": "LaunchTemplateName",
  "AWS::EC2::SecurityGroup": "GroupName",
  "AWS::AutoScaling::LaunchConfiguration": "LaunchConfigurationName",
  "AWS::S3::Bucket": "BucketName",
  "AWS::Logs::LogGroup": "LogGroupName",
  "AWS::KMS::Alias": "AliasName",
};

/** Everything that a declaration can be found by, beside references to it. */
export function physicalNames(declaration: Declaration): ReadonlySet<string> {
  const names = new Set(declaration.physicalIds);
  const property = NAME_PROPERTIES[declaration.type];
  if (property === undefined) return names;
  const written = at(declaration.properties, property);
  const name = asString(written);
  if (name.state === "known") names.add(name.value);
  for (const built of builtNames(written, declaration.stack)) names.add(built);
  return names;
}

/** The physical names in a value: itself, and the last segment of an ARN whose beginning may hold unknown parts. */
export function namesIn(value: Value): readonly string[] {
  const text = asText(value);
  if (text.state !== "known") return [];
  const last = text.value.at(-1);
  if (typeof last !== "string") return [];
  const segment = lastSegment(last);
  if (text.value.length === 1) return last.startsWith("arn:") ? [last, segment] : [last];
  return last.includes("/") && showText(text.value).startsWith("arn:") ? [segment] : [];
}

/**
 * Keys of a name that is not known, which equal expressions of a stack share: `${AWS::StackName}-host` in two places. Of an
 * ARN also the key of what follows its last slash.
 */
export function builtNames(value: Value, stack: string): readonly string[] {
  if (value.kind === "unknown") return value.name === undefined ? [] : [builtName([{ hole: value.name }], stack)];
  if (value.kind !== "text") return [];
  const { parts } = value;
  const slash = parts.findLastIndex((part) => typeof part === "string" && part.includes("/"));
  const [start, ...rest] = parts.slice(slash);
  const whole = builtName(parts, stack);
  if (slash < 0 || typeof start !== "string" || !showText(parts).startsWith("arn:")) return [whole];
  return [whole, builtName([lastSegment(start), ...rest], stack)];
}

/** No text holds the separator, so that a known name is never taken for a built one. */
function builtName(parts: readonly (string | Pick<Hole, "hole">)[], stack: string): string {
  const holes = parts.flatMap((part) => (typeof part === "string" ? [] : [part.hole]));
  const shown = parts.filter((part) => part !== "").map((part) => (typeof part === "string" ? part : `{${part.hole}}`));
  return [holes.every(isRunWide) ? "" : stack, ...shown].join("\u0000");
}
