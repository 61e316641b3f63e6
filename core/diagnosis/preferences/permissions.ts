import { type Fact, isNot, known } from "../../facts/fact";
import type { Host, Role, SessionDocument, SessionPreferences } from "../../infrastructure/model";
import type { Pattern } from "../../infrastructure/policy-document";
import { shortName } from "../../program/names";
import { asText, at } from "../../program/read";
import type { RequestContext } from "../identity/conditions";
import {
  bucketKeyPermissions,
  cloudWatchLogPermissions,
  type Permissions,
  type RequiredPermission,
  s3LogPermissions,
  sessionKeyPermissions,
} from "../identity/host-permissions";
import { type ContextEntry, hostContext, type Place, placeOf } from "../identity/place";
import { type DecidedAction, decideAll, orProven } from "../identity/session-permissions";
import { type Grant, grantFrom } from "./grant";
import { keyGrant } from "./key-access";
import { keyArns } from "./key-arns";
import { labelOf, type Need, patternOf } from "./needs";

/** An action that preferences make the agent call, and whether the host's role allows it. */
export interface NeededAction {
  readonly action: string;
  /** `bucket session-logs` */
  readonly on: string;
  /** Sessions are refused without it. Otherwise they open, and their logs are lost. */
  readonly breaks: Fact<boolean>;
  readonly grant: Grant;
}

/** What a role grants of the actions that a need brings about. */
export function neededActions(
  need: Need,
  host: Host,
  role: Role,
  document: SessionDocument,
  preferences: SessionPreferences,
): readonly NeededAction[] {
  const place = placeOf(host, role);
  return decideAlternatives(role, place, permissionsFor(need, place, preferences)).map(({ action, decision }) => {
    const grant =
      need.service === "kms" ? keyGrant(action, decision, document.key, role, place) : grantFrom(decision, role);
    return { action, on: need.what, breaks: breaksSessions(action, need), grant };
  });
}

/** What writing to the bucket asks of the key that encrypts it; nothing where that is none of the customer's. */
export function bucketKeyActions({ bucket }: SessionDocument, host: Host, role: Role): readonly NeededAction[] {
  if (bucket.state !== "known" || bucket.value.keyId.kind === "absent") return [];
  const { declaration, keyId, key } = bucket.value;
  const place = placeOf(host, role);
  const name = patternOf(keyId, "the id of the key");
  const [arn, ...others] = keyArns(name, place);
  const permissions = { required: bucketKeyPermissions(arn), otherwise: others.flatMap(bucketKeyPermissions) };
  const context = hostContext(role, place, PASSED_ON_BY_S3);
  const label = key.state === "known" ? shortName(key.value.declaration) : labelOf(name);
  return decideAlternatives(role, place, permissions, context).map(({ action, decision }) => ({
    action,
    on: `key ${label} of bucket ${shortName(declaration)}`,
    breaks: known(false),
    grant: keyGrant(action, decision, key, role, place, context),
  }));
}

/** What such a request says of itself depends on the bucket, its region among others. */
const PASSED_ON_BY_S3: readonly ContextEntry[] = [];

const decideAlternatives = (
  role: Role,
  place: Place,
  { required, otherwise }: Permissions,
  context?: RequestContext,
): readonly DecidedAction[] =>
  orProven(decideAll(role, place, required, context), decideAll(role, place, otherwise, context));

/** Source: github.com/aws/amazon-ssm-agent, `validate` of the shell plugin and `PerformHandshake`. */
function breaksSessions(action: string, { service, checked }: Need): Fact<boolean> {
  if (service === "kms") return known(true);
  return action === "s3:GetEncryptionConfiguration" || action === "logs:DescribeLogGroups" ? checked : known(false);
}

/** What a need makes the agent call. */
export function permissionsFor(need: Need, place: Place, { inputs }: SessionPreferences): Permissions {
  switch (need.service) {
    case "s3":
      return bucketPermissions(need, place, at(inputs, "s3KeyPrefix"));
    case "logs":
      return logGroupPermissions(need, place);
    case "kms": {
      const [arn, ...others] = keyArns(need.name, place);
      return { required: sessionKeyPermissions(arn), otherwise: others.flatMap(sessionKeyPermissions) };
    }
  }
}

function bucketPermissions(
  { name, arn, checked }: Need,
  place: Place,
  prefix: Parameters<typeof asText>[0],
): Permissions {
  const keyPrefix = asText(prefix);
  const isPrefixed = keyPrefix.state === "known" && keyPrefix.value.join("") !== "";
  const options = {
    encrypted: !isNot(checked, true),
    ...(isPrefixed ? { keyPrefix: keyPrefix.value } : {}),
  };
  const required = s3LogPermissions(place, name, options);
  if (arn === undefined) return { required, otherwise: [] };
  const { length } = bucketArn(place, name);
  return { required, otherwise: required.map((permission) => replaced(permission, length, [arn])) };
}

const bucketArn = ({ partition }: Place, name: Pattern): Pattern => ["arn:", partition, ":s3:::", ...name];

function logGroupPermissions({ name, arn }: Need, place: Place): Permissions {
  const required = cloudWatchLogPermissions(place, name);
  if (arn === undefined) return { required, otherwise: [] };
  // The ARN that a log group returns ends in ":*", which covers its streams.
  const otherwise = [[arn], [arn, ":log-stream:"]].flatMap((pattern) =>
    required.map((permission) => replaced(permission, Number.POSITIVE_INFINITY, pattern)),
  );
  return { required, otherwise };
}

/** The permission on an ARN of which the first parts are written in another way. */
function replaced({ action, resource }: RequiredPermission, parts: number, by: Pattern): RequiredPermission {
  if (resource.kind !== "arn") return { action, resource };
  return { action, resource: { kind: "arn", arn: [...by, ...resource.arn.slice(parts)] } };
}
