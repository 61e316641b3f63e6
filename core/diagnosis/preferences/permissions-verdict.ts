import { is, isNot, union } from "../../facts/fact";
import type { Host, Role, SessionDocument } from "../../infrastructure/model";
import { shortName } from "../../program/names";
import type { PreferencesProblem, Remark } from "../problems";
import { fail, pass, undecided, type Verdict } from "../verdict";
import { listed, withAssumptions } from "../wording";
import type { Grant } from "./grant";
import type { NeededAction } from "./permissions";

type With<O extends Grant["outcome"]> = NeededAction & { readonly grant: Extract<Grant, { outcome: O }> };

const has = <O extends Grant["outcome"]>(action: NeededAction, outcome: O): action is With<O> =>
  action.grant.outcome === outcome;

const missingOf = (actions: readonly NeededAction[]): readonly With<"missing">[] =>
  actions.filter((action) => has(action, "missing"));

/** Whether a role lets sessions open under the preferences. An action that only the logs need decides nothing here. */
export function judgeGrants(
  role: Role,
  actions: readonly NeededAction[],
  document: SessionDocument,
  host: Host,
): Verdict<PreferencesProblem> {
  const missing = missingOf(actions);
  const name = `role ${shortName(role.declaration)}`;
  if (missing.some(({ breaks }) => is(breaks, true))) {
    const assuming = assumed(missing);
    const why = withAssumptions(`${whyMissing(missing, document)}, so sessions are refused`, assuming);
    const place = { declaration: role.declaration };
    const problem = { kind: "preferences-permissions-missing", host, why, place } as const;
    return fail(why, [problem], assuming);
  }
  const doubtful = missing.find(({ breaks }) => breaks.state === "unknown");
  const open = actions.filter((action) => has(action, "open"));
  const decisive = open.find(({ breaks }) => !isNot(breaks, true)) ?? doubtful;
  if (decisive !== undefined) {
    const { action, on, grant } = decisive;
    return undecided(`whether ${name} has ${action} on ${on} is not known: ${grant.why}`, `the policies of ${name}`);
  }
  const [caveat] = open;
  const also = caveat === undefined ? "" : `; whether it may write the logs is not known: ${caveat.grant.why}`;
  const assuming = assumed(actions.filter((action) => has(action, "granted")));
  return pass(withAssumptions(`${name} may do what they need${also}`, assuming), assuming);
}

/** Logs that are lost while sessions work. */
export function lostLogs(role: Role, actions: readonly NeededAction[], document: SessionDocument): readonly Remark[] {
  const missing = missingOf(actions);
  if (missing.length === 0 || !missing.every(({ breaks }) => isNot(breaks, true))) return [];
  const why = withAssumptions(`${whyMissing(missing, document)}, so no session logs are kept`, assumed(missing));
  return [{ kind: "preferences-permissions-missing", why, place: { declaration: role.declaration } }];
}

function whyMissing(missing: readonly With<"missing">[], { declaration }: SessionDocument): string {
  const targets = [...new Set(missing.map(({ on }) => on))];
  const needed = targets.map(
    (on) => `${listed(missing.filter((action) => action.on === on).map(({ action }) => action))} on ${on}`,
  );
  const reasons = [...new Set(missing.map(({ grant }) => grant.why))];
  return `session preferences in ${shortName(declaration)} need ${listed(needed)}, and ${listed(reasons)}`;
}

const assumed = (actions: readonly (With<"missing"> | With<"granted">)[]): readonly string[] =>
  actions.map(({ grant }) => grant.assuming).reduce(union, []);
