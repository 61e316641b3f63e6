import { type Fact, known, map } from "../../facts/fact";
import type { Host, Role } from "../../infrastructure/model";
import type { Pattern } from "../../infrastructure/policy-document";
import { partitionOfRegion } from "../../knowledge/partitions";
import type { Declaration } from "../../program/declaration";
import { asText, at } from "../../program/read";
import type { TextPart } from "../../program/value";
import type { RequestContext } from "./conditions";
import { UNKNOWN_SEGMENT } from "./pattern";

/** Where a host calls AWS from, as parts of ARNs. What is not known is a hole, named like the pseudo parameter. */
export interface Place {
  readonly partition: TextPart;
  readonly region: TextPart;
  readonly account: TextPart;
}

export function placeOf(host: Host, role: Role): Place {
  const { region, account, stack } = host.declaration;
  // The same hole in a policy of another stack may stand for another region; role and host always share the account.
  const regionHole = stack === role.declaration.stack ? "AWS::Region" : `the region of ${stack}`;
  const partition = region.state === "known" ? partitionOfRegion(region.value)?.name : undefined;
  return {
    partition: partition ?? { hole: "AWS::Partition", reason: "the partition is not known before deployment" },
    region: part(region, regionHole, "the region is not known before deployment"),
    account: part(account, "AWS::AccountId", "the account is not known before deployment"),
  };
}

const part = (fact: Fact<string>, hole: string, reason: string): TextPart =>
  fact.state === "known" ? fact.value : { hole, reason };

/** The host itself: `arn:aws:ec2:eu-west-1:111122223333:instance/i-…`. */
export const instanceArn = ({ partition, region, account }: Place): Pattern => [
  "arn:",
  partition,
  ":ec2:",
  region,
  ":",
  account,
  ":instance/",
  { hole: UNKNOWN_SEGMENT.instanceId, reason: "instance ids are not known before deployment" },
];

/**
 * What every request of an agent carries that signs with the role of its instance profile.
 *
 * Surely absent: keys of users, of calls through other services and of session tags, which EC2 does not set. Not in the
 * map, hence undecided: where the request comes from (`aws:SourceVpc`, `aws:SourceVpce`, `aws:SourceIp`), the
 * organization, the time, and principal tags that the program does not set, as stack tags and default tags add more.
 * Source: IAM user guide, "AWS global condition context keys".
 */
export function hostContext(role: Role, place: Place): RequestContext {
  return new Map([
    ...principalTags(role),
    ["aws:principaltype", text("AssumedRole")],
    ["aws:principalarn", known([roleArn(role, place)])],
    ["aws:principalaccount", known([[place.account]])],
    ["aws:principalisawsservice", text("false")],
    ["aws:requestedregion", known([[place.region]])],
    ["aws:securetransport", text("true")],
    ["aws:viaawsservice", text("false")],
    ["ec2:sourceinstancearn", known([instanceArn(place)])],
    ...["aws:username", "aws:calledvia", "aws:calledviafirst", "aws:calledvialast", "aws:principalservicename"].map(
      (key): ContextEntry => [key, { state: "absent", assuming: [] }],
    ),
  ]);
}

type ContextEntry = readonly [string, Fact<readonly Pattern[]>];

const text = (value: string): Fact<readonly Pattern[]> => known([[value]]);

function principalTags(role: Role): readonly ContextEntry[] {
  if (role.tags.state !== "known") return [];
  return [...role.tags.value].map(
    ([key, value]): ContextEntry => [`aws:principaltag/${key.toLowerCase()}`, map(value, (tag) => [[tag]])],
  );
}

function roleArn(role: Role, { partition, account }: Place): Pattern {
  return ["arn:", partition, ":iam::", account, ":role", ...rolePath(role.declaration), ...roleName(role)];
}

function rolePath(role: Declaration): Pattern {
  const path = asText(at(role.properties, "Path"));
  if (path.state === "absent") return ["/"];
  return path.state === "known" ? path.value : [{ hole: "the role's path", reason: path.reason }];
}

function roleName(role: Role): Pattern {
  const name = asText(at(role.declaration.properties, "RoleName"));
  if (name.state === "known") return name.value;
  return [{ hole: UNKNOWN_SEGMENT.roleName, reason: "the role's name is not known before deployment" }];
}
