import type { Fact } from "../../facts/fact";
import { unknown } from "../../facts/fact";
import type { EncryptionKey, Role } from "../../infrastructure/model";
import type { Pattern, Principals } from "../../infrastructure/policy-document";
import { shortName } from "../../program/names";
import type { RequestContext } from "../identity/conditions";
import { actionMatches, type Decision, decideCall } from "../identity/evaluate";
import { hostContext, type Place } from "../identity/place";
import { accountIn, isRole, nameMatches } from "../identity/principal";
import { everyOf, FALSE, standingOn, TRUE, type Truth } from "../identity/truth";
import { butFor } from "../identity/unmet";
import { type Grant, granted, grantFrom, missing, open } from "./grant";

const OUTSIDE = "the key's own policy leaves access to IAM policies";

/**
 * Whether a role may use a key, from what its own policies decide and from the key's policy: that names the role, or leaves
 * access to the policies of the account's identities, or lets nobody in.
 * Source: AWS KMS developer guide, "Determining access to AWS KMS keys" and "Default key policy".
 */
export function keyGrant(
  action: string,
  own: Decision,
  key: Fact<EncryptionKey>,
  role: Role,
  place: Place,
  context: RequestContext = hostContext(role, place),
): Grant {
  const byIam = grantFrom(own, role);
  if (own.effect === "denied") return byIam;
  if (key.state !== "known") return outside(byIam);
  if (key.value.policy.state === "absent") return byIam;
  const { direct, delegated } = keyPolicyDecisions(action, key.value, role, place, context);
  if (direct.effect === "denied" || delegated.effect === "denied") {
    return grantFrom(direct.effect === "denied" ? direct : delegated, role);
  }
  if (direct.effect === "allowed") return own.effect === "unknown" ? byIam : granted(direct.assuming);
  const isClosed = direct.effect === "notAllowed" && key.value.grants.length === 0;
  if (delegated.effect === "allowed" && (isClosed || byIam.outcome === "granted")) {
    return byIam.outcome === "granted" ? granted([...byIam.assuming, ...delegated.assuming]) : byIam;
  }
  const name = shortName(key.value.declaration);
  if (delegated.effect === "notAllowed" && isClosed) {
    const roleName = shortName(role.declaration);
    const why = `the policy of key ${name} lets in neither role ${roleName} nor the account${butFor(direct.unmet)}`;
    return missing(why, delegated.assuming);
  }
  const doubt = [direct, delegated].find(({ effect }) => effect === "unknown");
  return open(doubt?.effect === "unknown" ? doubt.reason : `a grant may let the role use key ${name}`);
}

/** The default policy of a key is taken for granted where the program does not show it, more than that for possible. */
function outside(byIam: Grant): Grant {
  if (byIam.outcome === "granted") return granted([...byIam.assuming, OUTSIDE]);
  return byIam.outcome === "missing" ? open(`${byIam.why}, and the key's own policy may allow it`) : byIam;
}

function keyPolicyDecisions(
  action: string,
  { policy, declaration }: EncryptionKey,
  role: Role,
  place: Place,
  context: RequestContext,
) {
  const document = policy.state === "absent" ? unknown("it is the default one") : policy;
  const attached = { name: `the policy of key ${shortName(declaration)}`, document, declaration };
  const ask = (matches: (name: Pattern) => Truth) =>
    decideCall([attached], context, (statement) =>
      everyOf([actionMatches(action, statement.actions), principalMatches(statement.principals, matches)]),
    );
  return {
    direct: ask((name) => isRole(name, role, place)),
    delegated: ask((name) => isAccount(name, place)),
  };
}

function principalMatches(principals: Fact<Principals>, matches: (name: Pattern) => Truth): Truth {
  if (principals.state !== "known") return unknown("its Principal is not known");
  if (principals.value.negated) return unknown("it has a NotPrincipal");
  return standingOn(nameMatches(principals.value, "AWS", matches), principals.assuming);
}

/** The account as a principal stands for the IAM policies of everybody in it. */
function isAccount(name: Pattern, { account }: Place): Truth {
  const named = accountIn(name);
  if (named === undefined) return FALSE;
  return typeof account === "string" && /^\d{12}$/.test(named) && named !== account ? FALSE : TRUE;
}
