import { type Absent, assumptionsOf, is, known, type Unknown, union, unknown } from "../../facts/fact";
import { memoize } from "../../facts/lazy";
import type { AttachedPolicy } from "../../infrastructure/model";
import type { Pattern, Patterns, PolicyDocument, Statement } from "../../infrastructure/policy-document";
import { showText } from "../../program/read";
import { conditionsHold, type RequestContext, variablesIn } from "./conditions";
import type { RequiredPermission } from "./host-permissions";
import { compare, matchPattern, type Variables } from "./pattern";
import { type PlacedStatement, referenceTo, type StatementReference } from "./statement-reference";
import { anyOf, everyOf, FALSE, isFalse, not, standingOn, type Truth } from "./truth";
import { type UnmetStatement, unmetStatement } from "./unmet";

export type { StatementReference } from "./statement-reference";

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
  /** A statement that would allow it if its condition were met. */
  readonly unmet?: UnmetStatement;
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
  const { context } = request;
  const matches: Matches = (statement, document) => isMeant(request, statement, document);
  const granted = decideCall(identityPolicies, context, matches);
  if (granted.effect === "denied" || granted.effect === "notAllowed") return granted;
  if (boundary === undefined) return granted;
  const limit = decideCall([boundary], context, matches);
  if (limit.effect === "notAllowed") return { ...limit, limitedBy: boundary };
  if (limit.effect === "denied") return limit;
  if (granted.effect === "unknown" || limit.effect === "unknown") return granted.effect === "unknown" ? granted : limit;
  return { ...granted, assuming: union(granted.assuming, limit.assuming) };
}

function isMeant(request: Request, statement: Statement, document: PolicyDocument): Truth {
  const action = actionMatches(request.action, statement.actions);
  if (isSurelyFalse(action)) return action;
  return everyOf([action, resourceMatches(request, statement, variablesIn(document, request.context))]);
}

const isSurelyFalse = (truth: Truth): boolean => isFalse(truth) && assumptionsOf(truth).length === 0;

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
  readonly statement?: PlacedStatement;
  readonly effect: "Allow" | "Deny" | "either" | "unseen";
  readonly truth: Truth;
}

type AppliesTo = (statement: Statement, document: PolicyDocument) => Truth;

/** Whether a statement is about a call, its conditions left aside. */
export type Matches = AppliesTo;

/** {@link decide} for a call whose context decides conditions; names the one that a refusal may come from. */
export function decideCall(policies: readonly AttachedPolicy[], context: RequestContext, matches: Matches): Decision {
  const decision = decide(policies, (statement, document) => {
    const matched = matches(statement, document);
    if (isSurelyFalse(matched)) return matched;
    return everyOf([matched, conditionsHold(statement.conditions, context, variablesIn(document, context))]);
  });
  if (decision.effect !== "notAllowed") return decision;
  const unmet = unmetStatement(policies, context, matches);
  return unmet === undefined ? decision : { ...decision, unmet };
}

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
  return deciding === undefined ? { truth } : { truth, by: referenceTo(deciding.policy, deciding.statement) };
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
    if (isSurelyFalse(truth)) return [];
    if (effect.state !== "known") return [{ ...judged, effect: "either", truth: everyOf([truth, noEffect(effect)]) }];
    // Where a statement does not apply it makes no difference that its policy may not exist.
    const existence = isFalse(truth) ? [] : declaration.assuming;
    return [{ ...judged, effect: effect.value, truth: standingOn(truth, union(effect.assuming, existence)) }];
  });
}

const noEffect = (effect: Absent | Unknown): Unknown =>
  unknown(effect.state === "absent" ? "it has no Effect" : effect.reason);
