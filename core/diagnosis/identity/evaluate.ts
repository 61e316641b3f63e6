import { type Absent, assumptionsOf, type Fact, is, known, type Unknown, union, unknown } from "../../facts/fact";
import { memoize } from "../../facts/lazy";
import type { AttachedPolicy } from "../../infrastructure/model";
import type { Pattern, Patterns, PolicyDocument, Statement } from "../../infrastructure/policy-document";
import type { Declaration } from "../../program/declaration";
import { showText } from "../../program/read";
import { conditionsHold, type RequestContext, variablesIn } from "./conditions";
import type { RequiredPermission } from "./host-permissions";
import { compare, matchPattern, type Variables } from "./pattern";
import { anyOf, everyOf, FALSE, isFalse, not, standingOn, type Truth } from "./truth";

/** One call to AWS, as far as the program tells. */
export interface Request extends RequiredPermission {
  readonly context: RequestContext;
}

export type RequestedResource =
  /** The ARN that the service checks. */
  | { readonly kind: "arn"; readonly arn: Pattern }
  /**
   * The action has no resource types: AWS documents `*` as the only Resource that grants it. Services check an ARN of
   * their own all the same; a statement limited to one of those is not decided either way.
   */
  | { readonly kind: "any"; readonly seen: readonly Pattern[] };

export interface Policies {
  readonly identityPolicies: readonly AttachedPolicy[];
  readonly boundary?: AttachedPolicy | undefined;
}

/** The statement that decides. */
export interface StatementReference {
  /** For messages: `statement "NoMessages" of policy Guard`, `statement 2 of AmazonSSMManagedInstanceCore`. */
  readonly text: string;
  readonly policy: AttachedPolicy;
  /** Where it is written, as far as the program shows that; else where its policy is attached. */
  readonly declaration: Declaration;
  /** `PolicyDocument.Statement.0` */
  readonly property?: string;
}

export type Decision = Allowed | Denied | NotAllowed | Undecided;

export interface Allowed {
  readonly effect: "allowed";
  readonly by: StatementReference;
  readonly assuming: readonly string[];
}

export interface Denied {
  readonly effect: "denied";
  readonly by: StatementReference;
  readonly assuming: readonly string[];
}

/** No statement allows it, and none that is out of sight could. */
export interface NotAllowed {
  readonly effect: "notAllowed";
  readonly assuming: readonly string[];
  /** The identity policies may allow it, the permissions boundary does not. */
  readonly limitedBy?: AttachedPolicy;
}

export interface Undecided {
  readonly effect: "unknown";
  /** What would decide: a statement, or a policy that cannot be read. */
  readonly by: StatementReference;
  /** A clause that names it, and the condition where there is one. */
  readonly reason: string;
}

/**
 * Whether policies of an identity and its permissions boundary let a request pass.
 * Source: IAM user guide, "Policy evaluation logic". Service control policies and session policies are out of sight and
 * are not assumed. Documents of AWS's managed policies answer for some actions only, see `coversAction`.
 */
export function evaluate(request: Request, { identityPolicies, boundary }: Policies): Decision {
  const granted = decide(identityPolicies, (statement, document) => applies(request, statement, document));
  if (granted.effect === "denied" || granted.effect === "notAllowed") return granted;
  if (boundary === undefined) return granted;
  const limit = decide([boundary], (statement, document) => applies(request, statement, document));
  if (limit.effect === "notAllowed") return { ...limit, limitedBy: boundary };
  if (limit.effect === "denied") return limit;
  if (granted.effect === "unknown" || limit.effect === "unknown") return granted.effect === "unknown" ? granted : limit;
  return { ...granted, assuming: union(granted.assuming, limit.assuming) };
}

function applies(request: Request, statement: Statement, document: PolicyDocument): Truth {
  const action = actionMatches(request.action, statement.actions);
  if (isFalse(action) && assumptionsOf(action).length === 0) return action;
  const variables = variablesIn(document, request.context);
  return everyOf([
    action,
    resourceMatches(request, statement, variables),
    conditionsHold(statement.conditions, request.context, variables),
  ]);
}

/** Roles share AWS's managed policies, whose statements name many actions. */
const matchedActions = memoize((_: Patterns) => new Map<string, Truth>());

export function actionMatches(action: string, patterns: Patterns): Truth {
  const matched = matchedActions(patterns);
  const existing = matched.get(action);
  if (existing !== undefined) return existing;
  const subject: Pattern = [action];
  const truth = listMatches(patterns, patterns.negated ? "NotAction" : "Action", (pattern) =>
    compare(pattern, subject, { ignoreCase: true }),
  );
  matched.set(action, truth);
  return truth;
}

/** Whether a statement is about what a request is about. */
export function resourceMatches(
  request: RequiredPermission,
  statement: Statement,
  variables: Variables | undefined,
): Truth {
  const { resources, effect } = statement;
  if (resources.state === "absent") return unknown("it has no Resource, without which IAM rejects it");
  if (resources.state === "unknown") return unknown(`its Resource is not known: ${resources.reason}`);
  const { negated } = resources.value;
  const truth = listMatches(resources.value, negated ? "NotResource" : "Resource", (pattern) => {
    const matches = oneResourceMatches(request, pattern, variables);
    return !negated && is(effect, "Deny") ? unlessAnotherInstance(matches, pattern) : matches;
  });
  return standingOn(truth, resources.assuming);
}

function oneResourceMatches(
  { action, resource }: RequiredPermission,
  pattern: Pattern,
  variables: Variables | undefined,
): Truth {
  if (resource.kind === "arn") return compare(pattern, resource.arn, { variables });
  const everything = compare(pattern, ["*"], { variables });
  if (!isFalse(everything)) return everything;
  const mayMatch = resource.seen.some((arn) => matchPattern(pattern, arn, { variables }) !== "no");
  return mayMatch ? unknown(`it names ${showText(pattern)}, and AWS documents only "*" for ${action}`) : FALSE;
}

const INSTANCE = /:instance\/(i-[0-9a-f]{8,})$/;

/** A statement that denies something to one instance by its id names one that was there before, hence hardly the host. */
function unlessAnotherInstance(truth: Truth, pattern: Pattern): Truth {
  const last = pattern.at(-1);
  const id = typeof last === "string" ? INSTANCE.exec(last)?.[1] : undefined;
  return id === undefined || truth.state === "known" ? truth : known(false, [`the host is not ${id}`]);
}

function listMatches(list: Patterns, element: string, matches: (pattern: Pattern) => Truth): Truth {
  const { patterns } = list;
  if (patterns.state === "absent") return unknown(`it has no ${element}, without which IAM rejects it`);
  if (patterns.state === "unknown") return unknown(`its ${element} is not known: ${patterns.reason}`);
  const results = patterns.value.map((pattern): Truth => {
    if (pattern.state === "unknown") return unknown(`a part of its ${element} is not known: ${pattern.reason}`);
    return pattern.state === "absent" ? FALSE : standingOn(matches(pattern.value), pattern.assuming);
  });
  const truth = standingOn(anyOf(results), patterns.assuming);
  return list.negated ? not(truth) : truth;
}

/** A statement that applies or may, and its place in its policy; a policy that cannot be read has none. What cannot be read is "unseen". */
interface Judged {
  readonly policy: AttachedPolicy;
  readonly statement?: { readonly fact: Fact<Statement>; readonly index: number };
  readonly effect: "Allow" | "Deny" | "either" | "unseen";
  readonly truth: Truth;
}

type AppliesTo = (statement: Statement, document: PolicyDocument) => Truth;

/**
 * Deny beats Allow, and a Deny that may apply leaves the decision open. A policy or statement that cannot be read is not
 * suspected of a Deny, so that a policy in sight can still prove a permission; it may always hold the missing Allow.
 */
export function decide(policies: readonly AttachedPolicy[], appliesTo: AppliesTo): Decision {
  const judged = policies.flatMap((policy) => judgePolicy(policy, appliesTo));
  const deny = strongest(judged.filter(({ effect }) => effect === "Deny" || effect === "either"));
  const allow = strongest(judged.filter(({ effect }) => effect !== "Deny"));
  if (deny.by !== undefined && deny.truth.state === "known") {
    return { effect: "denied", by: deny.by, assuming: deny.truth.assuming };
  }
  if (allow.by === undefined) return { effect: "notAllowed", assuming: assumptionsOf(allow.truth) };
  if (deny.by !== undefined && deny.truth.state === "unknown") return mayBe(deny.by, "deny", deny.truth);
  if (allow.truth.state === "unknown") return mayBe(allow.by, "allow", allow.truth);
  return { effect: "allowed", by: allow.by, assuming: union(allow.truth.assuming, assumptionsOf(deny.truth)) };
}

const mayBe = (by: StatementReference, verb: string, { reason }: Unknown): Undecided => ({
  effect: "unknown",
  by,
  reason: `${by.text} may ${verb} it: ${reason}`,
});

/** What the statements come to together, and the one that decides it; none where none applies. */
function strongest(judged: readonly Judged[]): { readonly truth: Truth; readonly by?: StatementReference } {
  const truth = anyOf(judged.map((statement) => statement.truth));
  const deciding = isFalse(truth) ? undefined : judged.find((statement) => statement.truth === truth);
  return deciding === undefined ? { truth } : { truth, by: reference(deciding) };
}

function judgePolicy(policy: AttachedPolicy, appliesTo: AppliesTo): readonly Judged[] {
  const { document, declaration } = policy;
  if (document.state === "absent") return [];
  if (document.state === "unknown") return [{ policy, effect: "unseen", truth: document }];
  return document.value.statements.flatMap((fact, index): readonly Judged[] => {
    if (fact.state === "absent") return [];
    const judged = { policy, statement: { fact, index } };
    if (fact.state === "unknown") return [{ ...judged, effect: "unseen", truth: fact }];
    const { effect } = fact.value;
    const truth = standingOn(appliesTo(fact.value, document.value), union(document.assuming, fact.assuming));
    if (isFalse(truth) && assumptionsOf(truth).length === 0) return [];
    if (effect.state !== "known") return [{ ...judged, effect: "either", truth: everyOf([truth, noEffect(effect)]) }];
    // Where a statement does not apply it makes no difference that its policy may not exist.
    const existence = isFalse(truth) ? [] : declaration.assuming;
    return [{ ...judged, effect: effect.value, truth: standingOn(truth, union(effect.assuming, existence)) }];
  });
}

const noEffect = (effect: Absent | Unknown): Unknown =>
  unknown(effect.state === "absent" ? "it has no Effect" : effect.reason);

function reference({ policy, statement }: Judged): StatementReference {
  const { name, declaration, written } = policy;
  if (statement === undefined) return { text: name, policy, declaration };
  const { fact, index } = statement;
  const text = `${statementName(fact, index)} of ${name}`;
  if (written === undefined) return { text, policy, declaration };
  return { text, policy, declaration: written.declaration, property: `${written.property}.Statement.${index}` };
}

/** `statement 2`, `statement "NoMessages"`. */
export function statementName(statement: Fact<Statement>, index: number): string {
  const sid = statement.state === "known" ? statement.value.sid : undefined;
  return `statement ${sid === undefined ? index + 1 : `"${sid}"`}`;
}
