import { union } from "../../facts/fact";
import type { AttachedPolicy, Role } from "../../infrastructure/model";
import { shortName } from "../../program/names";
import type { PermissionsProblem } from "../problems";
import { fail, pass, type Step, undecided, type Verdict } from "../verdict";
import { listed, withAssumptions } from "../wording";
import type { Decision, StatementReference } from "./evaluate";
import type { DecidedAction } from "./session-permissions";
import { butFor } from "./unmet";

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
    const problems = problemsOf(role, sorted);
    const reason = problems.map(({ why }) => why).join("; ");
    const told = problems.map((problem) => ({ ...problem, why: withAssumptions(problem.why, assuming) }));
    return fail(withAssumptions(reason, assuming), told, assuming, chain);
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

/** One for what nobody allows, to be mended at the role, and one for each statement that denies. */
function problemsOf(role: Role, sorted: Sorted): readonly PermissionsProblem[] {
  const denials = byStatement(sorted.denied).map(
    ([by, actions]): PermissionsProblem => ({
      ...problem(role, actions, `${by.text} denies ${names(actions)}`),
      isDenied: true,
      place: placeOf(by),
    }),
  );
  const notAllowed = [...sorted.lacking, ...sorted.limited];
  return notAllowed.length === 0 ? denials : [problem(role, notAllowed, whyNotAllowed(role, sorted)), ...denials];
}

const problem = (role: Role, actions: readonly DecidedAction[], why: string): PermissionsProblem => ({
  kind: "ssm-permissions-missing",
  role,
  isDenied: false,
  missing: actions.map(({ action }) => action),
  why,
  place: { declaration: role.declaration },
});

const placeOf = ({ declaration, property }: StatementReference): PermissionsProblem["place"] =>
  property === undefined ? { declaration } : { declaration, property };

function whyNotAllowed(role: Role, sorted: Sorted): string {
  const name = `role ${shortName(role.declaration)}`;
  const lacking = whyLacking(name, role, sorted);
  if (sorted.limited.length === 0) return lacking;
  const limited = `the permissions boundary of ${name} does not allow ${names(sorted.limited, "or")}${unmetBy(sorted.limited)}`;
  return lacking === "" ? limited : `${lacking}; ${limited}`;
}

function whyLacking(name: string, role: Role, { lacking, granted }: Sorted): string {
  if (lacking.length === 0) return "";
  if (role.policies.length === 0) return `${name} has no policies, and a session needs ${names(lacking)}`;
  const not = lacking.length === 1 ? "not" : "none of";
  const what = `${names(lacking)}${unmetBy(lacking)}`;
  if (granted.length > 0) return `${name} grants ${names(granted)} but ${not} ${what}`;
  return lacking.length === 1 ? `${name} does not grant ${what}` : `${name} grants none of ${what}`;
}

/** The statement that would allow the first of the actions that has one, and whatever else it would. */
function unmetBy(actions: readonly With<"notAllowed">[]): string {
  const [first] = actions.flatMap(({ decision: { unmet } }) => unmet ?? []);
  const alike = actions.filter(({ decision: { unmet } }) => butFor(unmet) === butFor(first));
  const all = actions.length === 1 ? "it" : "them";
  return butFor(first, alike.length === actions.length ? all : names(alike));
}

function byStatement(
  denied: readonly With<"denied">[],
): readonly (readonly [StatementReference, readonly DecidedAction[]])[] {
  const statements = new Map(denied.map(({ decision: { by } }) => [by.text, by]));
  return [...statements].map(([text, by]) => [by, denied.filter(({ decision }) => decision.by.text === text)]);
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
    ...(lacking.length > 0 ? [broken(`no policy grants ${names(lacking, "or")}${unmetBy(lacking)}`)] : []),
    ...(limited.length > 0
      ? [broken(`the permissions boundary does not allow ${names(limited, "or")}${unmetBy(limited)}`)]
      : []),
    ...byStatement(denied).map(
      ([by, actions]): Step => ({ ...broken(`${by.text} denies ${names(actions)}`), declaration: by.declaration }),
    ),
    ...open.slice(0, 1).map(({ decision }): Step => ({ text: decision.reason, status: "unknown", declaration })),
  ];
}

function byPolicy(
  granted: readonly With<"allowed">[],
): readonly (readonly [AttachedPolicy, readonly DecidedAction[]])[] {
  const policies = [...new Set(granted.map(({ decision }) => decision.by.policy))];
  return policies.map((policy) => [policy, granted.filter(({ decision }) => decision.by.policy === policy)]);
}
