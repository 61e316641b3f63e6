import { union } from "../../facts/fact";
import type { Principal } from "../../infrastructure/model";
import { butFor } from "../identity/unmet";
import { listed, withAssumptions } from "../wording";
import { principalName } from "./caller";
import { type AccessCheck, type AccessDecision, type AccessStatus, statementOf, statusOfCheck } from "./start-session";

/** One check in words. */
export interface SaidCheck {
  readonly status: AccessStatus;
  readonly reason: string;
  /** The fact that would decide an open one. */
  readonly missing?: string;
}

export function sayCheck(check: AccessCheck): SaidCheck {
  const { decision, action, on, doubt } = check;
  const status = statusOfCheck(check);
  switch (decision.effect) {
    case "allowed":
      return { status, reason: withAssumptions(`${decision.by.text} allows ${action} on ${on}`, decision.assuming) };
    case "unknown":
      return {
        status,
        reason: `whether ${action} on ${on} is allowed is not known: ${decision.reason}`,
        missing: decision.by.text,
      };
    case "denied":
      return {
        status,
        reason: withDoubt(withAssumptions(`${decision.by.text} denies ${action} on ${on}`, decision.assuming), doubt),
      };
    case "notAllowed": {
      const who = decision.limitedBy === undefined ? "no policy allows" : "the permissions boundary does not allow";
      const refusal = `${who} ${action} on ${on}${butFor(decision.unmet)}`;
      return { status, reason: withDoubt(withAssumptions(refusal, decision.assuming), doubt) };
    }
  }
}

const withDoubt = (reason: string, doubt: string | undefined): string =>
  doubt === undefined ? reason : `${reason}; whether that keeps a session from starting is not known: ${doubt}`;

/** Whether a principal may start a session, in a sentence with what decides. */
export function sayDecision(principal: Principal, node: string, { status, checks }: AccessDecision): SaidCheck {
  const who = principalName(principal);
  const decisive = checks.filter((check) => statusOfCheck(check) === status).map(sayCheck);
  if (status !== "pass") {
    const [first] = decisive;
    const start =
      status === "fail"
        ? `${who} may not start a session on ${node}`
        : `whether ${who} may start a session on ${node} is not known`;
    const missing = first?.missing === undefined ? {} : { missing: first.missing };
    return { status, reason: `${start}: ${first?.reason ?? ""}`, ...missing };
  }
  const statements = [...new Set(checks.flatMap(({ decision }) => statementOf(decision).map(({ text }) => text)))];
  const assuming = checks
    .map(({ decision }) => (decision.effect === "unknown" ? [] : decision.assuming))
    .reduce(union, []);
  const verb = statements.length === 1 ? "allows" : "allow";
  return {
    status,
    reason: withAssumptions(`${who} may start a session on ${node}: ${listed(statements)} ${verb} it`, assuming),
  };
}
