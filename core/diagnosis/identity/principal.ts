import { absent, type Fact, unknown } from "../../facts/fact";
import type { Role } from "../../infrastructure/model";
import type { Pattern, Principals } from "../../infrastructure/policy-document";
import { showText } from "../../program/read";
import { compare } from "./pattern";
import { type Place, roleArn } from "./place";
import { anyOf, FALSE, standingOn, TRUE, type Truth } from "./truth";

/** Whether one of the names that a Principal lists of a kind (`AWS`, `Service` …) fits. */
export function nameMatches({ byKind }: Principals, kind: string, matches: (name: Pattern) => Truth): Truth {
  const names = byKind.get(kind) ?? absent();
  if (names.state === "absent") return FALSE;
  if (names.state === "unknown") return unknown(`its Principal is not known: ${names.reason}`);
  return standingOn(anyOf(names.value.map((name) => oneMatches(name, matches))), names.assuming);
}

function oneMatches(name: Fact<Pattern>, matches: (name: Pattern) => Truth): Truth {
  if (name.state === "unknown") return unknown(`its Principal is not known: ${name.reason}`);
  return name.state === "absent" ? FALSE : standingOn(matches(name.value), name.assuming);
}

export const isEverybody = (name: Pattern): boolean => name.length === 1 && name[0] === "*";

/** Whether a name in a Principal is everybody, or the role by its ARN. */
export function isRole(name: Pattern, role: Role, place: Place): Truth {
  if (isEverybody(name)) return TRUE;
  if (accountIn(name) !== undefined) return FALSE;
  const [only, ...others] = name;
  const refersTo = others.length === 0 && only !== undefined && typeof only !== "string" ? only.refersTo : undefined;
  // A reference to another resource of the program is another principal.
  if (refersTo?.length === 1) return refersTo.some(({ id }) => id === role.declaration.id) ? TRUE : FALSE;
  return compare(name, roleArn(role.declaration, place), { wildcards: false });
}

const ACCOUNT = /^(?:arn:(?:[^:$]+|\$\{[^}]*\}):iam::(\d{12}|\$\{[^}]*\}):root|(\d{12}|\$\{AWS::AccountId\}))$/;

/**
 * The account, or the hole for it, that a name in a Principal stands for: `111122223333` and
 * `arn:aws:iam::111122223333:root` say the same. Undefined where it is no account.
 */
export function accountIn(name: Pattern): string | undefined {
  const [, ofArn, alone] = ACCOUNT.exec(showText(name)) ?? [];
  return ofArn ?? alone;
}
