import type { Role } from "../../infrastructure/model";
import { shortName } from "../../program/names";
import type { Decision } from "../identity/evaluate";
import { butFor } from "../identity/unmet";

/** Whether a role may do something. "Missing" is certain. */
export type Grant =
  | { readonly outcome: "granted"; readonly assuming: readonly string[] }
  | { readonly outcome: "missing"; readonly why: string; readonly assuming: readonly string[] }
  | { readonly outcome: "open"; readonly why: string };

export const granted = (assuming: readonly string[]): Grant => ({ outcome: "granted", assuming });

export const missing = (why: string, assuming: readonly string[]): Grant => ({ outcome: "missing", why, assuming });

export const open = (why: string): Grant => ({ outcome: "open", why });

export function grantFrom(decision: Decision, role: Role): Grant {
  const name = `role ${shortName(role.declaration)}`;
  switch (decision.effect) {
    case "allowed":
      return granted(decision.assuming);
    case "denied":
      return missing(`${decision.by.text} denies it`, decision.assuming);
    case "notAllowed": {
      const boundary = decision.limitedBy === undefined ? "" : "the permissions boundary of ";
      return missing(`${boundary}${name} does not allow it${butFor(decision.unmet)}`, decision.assuming);
    }
    case "unknown":
      return open(decision.reason);
  }
}
