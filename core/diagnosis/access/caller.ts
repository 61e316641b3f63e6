import { type Fact, known, map } from "../../facts/fact";
import { lazy } from "../../facts/lazy";
import type { AttachedPolicy, Principal, PrincipalKind } from "../../infrastructure/model";
import type { Pattern } from "../../infrastructure/policy-document";
import { shortName } from "../../program/names";
import { type Decision, evaluate } from "../identity/evaluate";
import { UNKNOWN_SEGMENT } from "../identity/pattern";
import {
  type ContextEntry,
  directRequest,
  iamArn,
  NO_SUCH_KEY,
  nameOf,
  type Place,
  principalTags,
  roleArn,
  text,
} from "../identity/place";

/** One call to AWS that a principal makes. */
export interface Call {
  readonly action: string;
  readonly arn: Pattern;
  /** Where the resource is. */
  readonly place: Place;
  /** The value of a tag of the resource, by its key in lower case. */
  readonly tag?: (key: string) => Fact<string>;
  readonly context?: readonly ContextEntry[];
}

/** What the policies of a principal say to a call. */
export type Caller = (call: Call) => Decision;

export function callerOf(principal: Principal): Caller {
  const policies = { identityPolicies: principal.policies, boundary: principal.permissionsBoundary };
  const tagKeys = lazy(() => tagsAskedFor(principal.policies));
  return ({ action, arn, place, tag, context = [] }) => {
    const tags = tag === undefined ? [] : tagKeys().flatMap((key) => tagEntries(key, tag));
    const request = { action, resource: { kind: "arn", arn } as const };
    return evaluate(
      { ...request, context: new Map([...personContext(principal, place), ...tags, ...context]) },
      policies,
    );
  };
}

export const isRefused = ({ effect }: Decision): boolean => effect === "denied" || effect === "notAllowed";

const NAMES: Readonly<Record<PrincipalKind, string>> = {
  user: "user ",
  group: "group ",
  role: "role ",
  permissionSet: "permission set ",
  policy: "whoever holds only policy ",
};

/** What a sentence calls a principal: `user Alice`. */
export const principalName = ({ kind, declaration }: Principal): string => NAMES[kind] + shortName(declaration);

const TAG_KEY = /^(?:ssm|aws):resourcetag\/(.+)$/;

/** Keys, in lower case, of tags of the resource that conditions ask for. A tag that nobody asks for decides nothing. */
export const tagsAskedFor = (policies: readonly AttachedPolicy[]): readonly string[] => [
  ...new Set(conditionKeys(policies).flatMap((key) => TAG_KEY.exec(key)?.[1] ?? [])),
];

function conditionKeys(policies: readonly AttachedPolicy[]): readonly string[] {
  const statements = policies.flatMap(({ document }) => (document.state === "known" ? document.value.statements : []));
  return statements.flatMap((statement) =>
    statement.state !== "known" || statement.value.conditions.state !== "known"
      ? []
      : statement.value.conditions.value.map(({ key }) => key.toLowerCase()),
  );
}

function tagEntries(key: string, tag: (key: string) => Fact<string>): readonly ContextEntry[] {
  const value = map(tag(key), (text): readonly Pattern[] => [[text]]);
  return [
    [`ssm:resourcetag/${key}`, value],
    [`aws:resourcetag/${key}`, value],
  ];
}

/**
 * What every request of a person carries. Not in the map, hence undecided: what the sign-in brings (MFA, session tags,
 * source identity), where the request comes from, the time, the organization.
 * Source: IAM user guide, "AWS global condition context keys" and "Variables and tags".
 */
function personContext(principal: Principal, place: Place): readonly ContextEntry[] {
  return [
    ...principalTags(principal),
    ...identityKeys(principal, place),
    ["aws:userid", known([[CALLER]])],
    ["aws:resourceaccount", known([[place.account]])],
    ...directRequest(place),
  ];
}

/** The unique id of the caller, with which a session's id begins as AWS documents it. */
export const CALLER = { hole: "aws:userid", reason: "the id of the caller is not known before deployment" };

function identityKeys({ kind, declaration }: Principal, place: Place): readonly ContextEntry[] {
  switch (kind) {
    case "user":
      return [
        ["aws:username", known([userName(declaration)])],
        ["aws:principaltype", text("User")],
        ["aws:principalarn", known([[...iamArn(declaration, "user", place), ...userName(declaration)]])],
        ["aws:principalaccount", known([[place.account]])],
      ];
    case "group":
      return [["aws:principaltype", text("User")]];
    case "role":
      return [
        ["aws:username", NO_SUCH_KEY],
        ["aws:principaltype", text("AssumedRole")],
        ["aws:principalarn", known([roleArn(declaration, place)])],
        ["aws:principalaccount", known([[place.account]])],
      ];
    case "permissionSet":
      return [
        ["aws:username", NO_SUCH_KEY],
        ["aws:principaltype", text("AssumedRole")],
      ];
    case "policy":
      return [];
  }
}

export const userName = (user: Principal["declaration"]): Pattern => nameOf(user, "UserName", UNKNOWN_SEGMENT.userName);
