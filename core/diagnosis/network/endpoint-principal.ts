import { is, map, orDefault, unknown } from "../../facts/fact";
import type { Endpoint, Role } from "../../infrastructure/model";
import type { Pattern, PolicyDocument, Statement } from "../../infrastructure/policy-document";
import { showText } from "../../program/read";
import type { TextPart } from "../../program/value";
import { compare, UNKNOWN_SEGMENT } from "../identity/pattern";
import { type Place, roleArn, roleName } from "../identity/place";
import { accountIn, isEverybody, nameMatches } from "../identity/principal";
import { anyOf, FALSE, isFalse, isTrue, not, standingOn, TRUE, type Truth } from "../identity/truth";
import { type Caller, callerArn } from "./caller";

export const isGateway = ({ type }: Endpoint): boolean => is(orDefault(type, "Gateway"), "Gateway");

/**
 * Whether a statement of an endpoint's policy is for the caller, by its Principal. A NotPrincipal spares a role only where
 * it names its session and its account as well.
 * Source: IAM user guide, "AWS JSON policy elements: NotPrincipal".
 */
export function principalMatches({ principals }: Statement, endpoint: Endpoint, caller: Caller, place: Place): Truth {
  if (principals.state === "absent") return unknown("it has no Principal, without which AWS rejects it");
  if (principals.state === "unknown") return unknown(`its Principal is not known: ${principals.reason}`);
  const { negated, byKind } = principals.value;
  const matches = isGateway(endpoint) ? atGateway : atInterface;
  const named = nameMatches(principals.value, "AWS", (name) => matches(name, caller, place));
  const canonical = byKind.has("CanonicalUser") ? unknown("it names a canonical user") : FALSE;
  const truth = standingOn(anyOf([named, canonical]), principals.assuming);
  if (!negated) return truth;
  return isTrue(truth) ? unknown("AWS may count a role as somebody else than its NotPrincipal names") : not(truth);
}

function atInterface(name: Pattern, caller: Caller, place: Place): Truth {
  if (isEverybody(name)) return TRUE;
  const account = accountIn(name);
  return account === undefined ? namesCaller(name, caller, place) : isAccount(account, place);
}

/**
 * A gateway endpoint takes `*` alone, and an account there is its root user. That a role's ARN lets the role through is
 * said nowhere, and that it does not has been contradicted.
 * Sources: AWS PrivateLink guide, "Control access to VPC endpoints using endpoint policies";
 * github.com/awsdocs/amazon-vpc-user-guide, pull request 44.
 */
function atGateway(name: Pattern, caller: Caller, place: Place): Truth {
  if (isEverybody(name)) return TRUE;
  if (accountIn(name) !== undefined) return FALSE;
  if (isFalse(namesCaller(name, caller, place))) return FALSE;
  return unknown(
    `it names ${showText(name)} as Principal, and a gateway endpoint takes only * there: name it in a condition on aws:PrincipalArn`,
  );
}

function isAccount(named: string, { account }: Place): Truth {
  if (named === showText([account])) return TRUE;
  if (typeof account !== "string") return unknown(`it names account ${named}, and ${account.reason}`);
  return /^\d{12}$/.test(named) ? FALSE : unknown(`it names account ${named}, and the host's is ${account}`);
}

/** By the ARN of its role or of a session of it. AWS takes no wildcards within either. */
function namesCaller(name: Pattern, caller: Caller, place: Place): Truth {
  const [first] = name;
  if (typeof first === "string" && /^(?!arn:)\w/.test(first)) {
    return unknown(`it names ${showText(name)}, which is no ARN`);
  }
  const arns = [callerArn(caller, place), sessionArn(caller, place)];
  if (!name.some((part) => typeof part === "string" && /[*?]/.test(part))) {
    return anyOf(arns.map((arn) => compare(name, arn, { wildcards: false })));
  }
  const mayMatch = arns.some((arn) => !isFalse(compare(name, arn)));
  return mayMatch ? unknown(`it names ${showText(name)}, and AWS takes no wildcard within a Principal`) : FALSE;
}

/** EC2 calls the session of a role by the instance's id. */
function sessionArn({ role }: Caller, { partition, account }: Place): Pattern {
  const name = role.state === "known" ? roleName(role.value.declaration) : [{ hole: "the role", reason: role.reason }];
  const instance = { hole: UNKNOWN_SEGMENT.instanceId, reason: "instance ids are not known before deployment" };
  return ["arn:", partition, ":sts::", account, ":assumed-role/", ...name, "/", instance];
}

/** The document with references to the caller's role read as its ARN and name, and those to other roles as no name of it. */
export function readForCaller(document: PolicyDocument, { role, declaredRoles }: Caller, place: Place): PolicyDocument {
  if (role.state !== "known") return document;
  const read = (pattern: Pattern): Pattern =>
    pattern.flatMap((part) => readPart(part, role.value, declaredRoles, place));
  const readAll = (names: Statement["actions"]["patterns"]) =>
    map(names, (items) => items.map((item) => map(item, read)));
  const statements = document.statements.map((fact) =>
    map(fact, (statement) => ({
      ...statement,
      principals: map(statement.principals, (principals) => ({
        ...principals,
        byKind: new Map([...principals.byKind].map(([kind, names]) => [kind, readAll(names)])),
      })),
      conditions: map(statement.conditions, (conditions) =>
        conditions.map((condition) => ({ ...condition, values: readAll(condition.values) })),
      ),
    })),
  );
  return { ...document, statements };
}

function readPart(part: TextPart, role: Role, declaredRoles: ReadonlySet<string>, place: Place): Pattern {
  if (typeof part === "string" || part.refersTo?.length !== 1) return [part];
  const [reference] = part.refersTo;
  if (reference?.attribute !== "Ref" && reference?.attribute !== "Arn") return [part];
  const isArn = reference.attribute === "Arn";
  if (reference.id === role.declaration.id)
    return isArn ? roleArn(role.declaration, place) : roleName(role.declaration);
  // Parentheses stand in no ARN.
  return declaredRoles.has(reference.id) ? [`(${part.hole})`] : [part];
}
