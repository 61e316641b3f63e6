import { type Fact, known, map } from "../../facts/fact";
import { lazy } from "../../facts/lazy";
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
  // The same hole in a policy of another stack may stand for another region; role and host always share the account.
  return placeIn(host.declaration, {
    regionHole: regionHole(host.declaration.stack, host.declaration.stack === role.declaration.stack),
    accountHole: "AWS::AccountId",
  });
}

export const regionHole = (stack: string, near: boolean): string => (near ? "AWS::Region" : `the region of ${stack}`);

/** Where something is deployed, with the names of the holes for what is not known. */
export function placeIn(
  { region, account }: Pick<Declaration, "region" | "account">,
  { regionHole, accountHole }: { readonly regionHole: string; readonly accountHole: string },
): Place {
  const partition = region.state === "known" ? partitionOfRegion(region.value)?.name : undefined;
  return {
    partition: partition ?? { hole: "AWS::Partition", reason: "the partition is not known before deployment" },
    region: part(region, regionHole, "the region is not known before deployment"),
    account: part(account, accountHole, "the account is not known before deployment"),
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
 * map, hence undecided: the address that the request comes from (`aws:SourceIp`), what sets a host apart (`hostKeys`), the
 * organization, the time, and principal tags that the program does not set, as stack tags and default tags add more.
 * Source: IAM user guide, "AWS global condition context keys".
 */
export function hostContext(
  role: Role,
  place: Place,
  request: readonly ContextEntry[] = directRequest(place),
): RequestContext {
  const entries = lazy(
    () =>
      new Map([
        ...principalTags(role),
        ["aws:principaltype", text("AssumedRole")],
        ["aws:principalarn", known([roleArn(role.declaration, place)])],
        ["aws:principalaccount", known([[place.account]])],
        ["ec2:sourceinstancearn", known([instanceArn(place)])],
        ["aws:username", NO_SUCH_KEY],
        ...request,
      ]),
  );
  return { get: (key) => entries().get(key) };
}

/** What every request carries that a principal makes itself, not a service in its place. */
export const directRequest = (place: Place): readonly ContextEntry[] => [
  ["aws:principalisawsservice", text("false")],
  ["aws:requestedregion", known([[place.region]])],
  ["aws:securetransport", text("true")],
  ["aws:viaawsservice", text("false")],
  ...["aws:calledvia", "aws:calledviafirst", "aws:calledvialast", "aws:principalservicename"].map(
    (key): ContextEntry => [key, NO_SUCH_KEY],
  ),
];

export type ContextEntry = readonly [string, Fact<readonly Pattern[]>];

export const NO_SUCH_KEY: Fact<never> = { state: "absent", assuming: [] };

export const text = (value: string): Fact<readonly Pattern[]> => known([[value]]);

export function principalTags({ tags }: Pick<Role, "tags">): readonly ContextEntry[] {
  if (tags.state !== "known") return [];
  return [...tags.value].map(
    ([key, value]): ContextEntry => [`aws:principaltag/${key.toLowerCase()}`, map(value, (tag) => [[tag]])],
  );
}

const ROLE_ARN = /^arn:[\w-]+:iam::\d{12}:role\//;

export function roleArn(role: Declaration, place: Place): Pattern {
  const deployed = role.physicalIds.find((id) => ROLE_ARN.test(id));
  return deployed === undefined ? [...iamArn(role, "role", place), ...roleName(role)] : [deployed];
}

/**
 * CloudFormation joins the stack's name, the logical id and a random end with hyphens.
 * Source: CloudFormation user guide, "Name type".
 */
export function roleName(role: Declaration): Pattern {
  const name = nameOf(role, "RoleName", UNKNOWN_SEGMENT.roleName);
  const isMadeUp = asText(at(role.properties, "RoleName")).state === "absent" && role.physicalIds.length === 0;
  return isMadeUp && role.language !== "pulumi" ? [...name, "-", unseen(UNKNOWN_SEGMENT.roleNameEnd)] : name;
}

/** `arn:aws:iam::111122223333:user/` with the path that the declaration gives. */
export const iamArn = (declaration: Declaration, kind: "role" | "user", { partition, account }: Place): Pattern => [
  "arn:",
  partition,
  ":iam::",
  account,
  `:${kind}`,
  ...pathOf(declaration, kind),
];

function pathOf({ properties }: Declaration, kind: string): Pattern {
  const path = asText(at(properties, "Path"));
  if (path.state === "absent") return ["/"];
  return path.state === "known" ? path.value : [{ hole: `the ${kind}'s path`, reason: path.reason }];
}

/** The physical name that a declaration gives itself, else a hole. */
export function nameOf({ properties }: Declaration, property: string, hole: string): Pattern {
  const name = asText(at(properties, property));
  if (name.state === "known") return name.value;
  return [unseen(hole)];
}

const unseen = (hole: string): TextPart => ({ hole, reason: `${hole} is not known before deployment` });
