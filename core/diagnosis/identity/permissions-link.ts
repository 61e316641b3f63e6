import { union } from "../../facts/fact";
import type { AttachedPolicy, Role } from "../../infrastructure/model";
import { shortName } from "../../program/names";
import type { DeniedAction, PermissionsProblem } from "../problems";
import { fail, pass, type Step, undecided, type Verdict } from "../verdict";
import { listed, withAssumptions } from "../wording";
import type { Decision } from "./evaluate";
import type { DecidedAction } from "./session-permissions";

/** Whether a role grants everything a session needs. One action that it surely lacks decides, whatever is not known of others. */
export function judgePermissions(
  role: Role,
  actions: readonly DecidedAction[],
  assumingRole: readonly string[],
): Verdict<PermissionsProblem> {
  const sorted = sortOut(actions);
  const chain = steps(role, sorted);
  const refused = [...sorted.lacking, ...sorted.limited, ...sorted.denied];
  if (refused.length > 0) {
    const assuming = union(assumingRole, assumptionsOfAll(refused));
    const problem: PermissionsProblem = {
      kind: "ssm-permissions-missing",
      role,
      missing: refused.map(({ action }) => action),
      denied: sorted.denied.map(deniedAction),
    };
    return fail(withAssumptions(whyRefused(role, sorted), assuming), [problem], assuming, chain);
  }
  const [open] = sorted.open;
  if (open !== undefined) {
    const reason = `whether role ${shortName(role.declaration)} grants ${names(sorted.open)} is not known: ${open.decision.reason}`;
    return undecided(reason, open.decision.by.text, chain);
  }
  const assuming = union(assumingRole, assumptionsOfAll(sorted.granted));
  const policies = [...new Set(sorted.granted.map(({ decision }) => decision.by.policy.name))];
  const reason = `role ${shortName(role.declaration)} grants what a session needs through ${listed(policies)}`;
  return pass(withAssumptions(reason, assuming), assuming, chain);
}

type With<E extends Decision["effect"]> = DecidedAction & { readonly decision: Extract<Decision, { effect: E }> };

interface Sorted {
  readonly granted: readonly With<"allowed">[];
  /** No policy allows them. */
  readonly lacking: readonly With<"notAllowed">[];
  /** The permissions boundary does not allow them. */
  readonly limited: readonly With<"notAllowed">[];
  readonly denied: readonly With<"denied">[];
  readonly open: readonly With<"unknown">[];
}

function sortOut(actions: readonly DecidedAction[]): Sorted {
  const notAllowed = actions.filter((action) => has(action, "notAllowed"));
  return {
    granted: actions.filter((action) => has(action, "allowed")),
    lacking: notAllowed.filter(({ decision }) => decision.limitedBy === undefined),
    limited: notAllowed.filter(({ decision }) => decision.limitedBy !== undefined),
    denied: actions.filter((action) => has(action, "denied")),
    open: actions.filter((action) => has(action, "unknown")),
  };
}

const has = <E extends Decision["effect"]>(action: DecidedAction, effect: E): action is With<E> =>
  action.decision.effect === effect;

const assumptionsOfAll = (actions: readonly With<"allowed" | "denied" | "notAllowed">[]): readonly string[] =>
  actions.map(({ decision }) => decision.assuming).reduce(union, []);

const names = (actions: readonly DecidedAction[], conjunction?: string): string =>
  listed(
    actions.map(({ action }) => action),
    conjunction,
  );

const deniedAction = ({ action, decision: { by } }: With<"denied">): DeniedAction => ({
  action,
  by: by.text,
  declaration: by.declaration,
  ...(by.position === undefined ? {} : { position: by.position }),
});

function whyRefused(role: Role, sorted: Sorted): string {
  const name = `role ${shortName(role.declaration)}`;
  const clauses = [
    whyLacking(name, role, sorted),
    sorted.limited.length > 0
      ? `the permissions boundary of ${name} does not allow ${names(sorted.limited, "or")}`
      : "",
    ...byStatement(sorted.denied).map(([statement, actions]) => `${statement} denies ${names(actions)}`),
  ];
  return clauses.filter((clause) => clause !== "").join("; ");
}

function whyLacking(name: string, role: Role, { lacking, granted }: Sorted): string {
  if (lacking.length === 0) return "";
  if (role.policies.length === 0) return `${name} has no policies, and a session needs ${names(lacking)}`;
  const not = lacking.length === 1 ? "not" : "none of";
  if (granted.length > 0) return `${name} grants ${names(granted)} but ${not} ${names(lacking)}`;
  return lacking.length === 1 ? `${name} does not grant ${names(lacking)}` : `${name} grants none of ${names(lacking)}`;
}

function byStatement(denied: readonly With<"denied">[]): readonly (readonly [string, readonly With<"denied">[]])[] {
  const statements = [...new Set(denied.map(({ decision }) => decision.by.text))];
  return statements.map((text) => [text, denied.filter(({ decision }) => decision.by.text === text)]);
}

function steps(role: Role, { granted, lacking, limited, denied, open }: Sorted): readonly Step[] {
  const { declaration } = role;
  const broken = (text: string): Step => ({ text, status: "broken", declaration });
  return [
    ...byPolicy(granted).map(
      ([policy, actions]): Step => ({
        text: `${policy.name} grants ${names(actions)}`,
        status: "ok",
        declaration: policy.declaration,
      }),
    ),
    ...(lacking.length > 0 ? [broken(`no policy grants ${names(lacking, "or")}`)] : []),
    ...(limited.length > 0 ? [broken(`the permissions boundary does not allow ${names(limited, "or")}`)] : []),
    ...byStatement(denied).map(([statement, actions]) => broken(`${statement} denies ${names(actions)}`)),
    ...open.slice(0, 1).map(({ decision }): Step => ({ text: decision.reason, status: "unknown", declaration })),
  ];
}

function byPolicy(
  granted: readonly With<"allowed">[],
): readonly (readonly [AttachedPolicy, readonly DecidedAction[]])[] {
  const policies = [...new Set(granted.map(({ decision }) => decision.by.policy))];
  return policies.map((policy) => [policy, granted.filter(({ decision }) => decision.by.policy === policy)]);
}
