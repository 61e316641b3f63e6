import { type Fact, is, known, unknown } from "../../facts/fact";
import type { Endpoint } from "../../infrastructure/model";
import type { Pattern, PolicyDocument, Statement } from "../../infrastructure/policy-document";
import { showText } from "../../program/read";
import { type RequestContext, unmetCondition, variablesIn } from "../identity/conditions";
import { actionMatches, resourceMatches } from "../identity/evaluate";
import type { RequiredPermission } from "../identity/host-permissions";
import { idSeenFrom } from "../identity/host-request";
import type { Place } from "../identity/place";
import { withSourceInstance } from "../identity/session-permissions";
import { statementName } from "../identity/statement-reference";
import { everyOf, isFalse, type Truth } from "../identity/truth";
import { listed } from "../wording";
import { type Caller, callerContext, callerName, placeAt } from "./caller";
import { isGateway, principalMatches } from "./endpoint-principal";
import { ownerContext, principalOrganization, type Use } from "./use";

/** A call that comes to an endpoint, as the endpoint's policy judges it. */
export interface EndpointRequest extends RequiredPermission {
  readonly endpoint: Endpoint;
  readonly caller: Caller;
  readonly place: Place;
  readonly context: RequestContext;
}

export function requestsThrough(
  endpoint: Endpoint,
  use: Use,
  caller: Caller,
): (permission: RequiredPermission) => EndpointRequest {
  const place = placeAt(endpoint, caller);
  const ofCaller = callerContext(caller, place);
  const { declaration, vpc } = endpoint;
  const own = new Map<string, Fact<readonly Pattern[]>>([
    ...ownerContext(use.owner, place),
    principalOrganization,
    ["aws:sourcevpce", idSeenFrom(declaration, known(endpoint))],
    ["aws:sourcevpc", idSeenFrom(declaration, vpc)],
  ]);
  const common: RequestContext = { get: (key) => own.get(key) ?? ofCaller(key) ?? undecidedTag(key) };
  return (permission) => {
    const context = withSourceInstance(permission.action, common, place);
    return { ...permission, endpoint, caller, place, context };
  };
}

const undecidedTag = (key: string): Fact<never> | undefined =>
  key.startsWith("aws:principaltag/")
    ? unknown("stack tags and default tags may add it to those that the program gives the role")
    : undefined;

/** Whether a statement is about a request, its conditions left aside. */
export function isAbout(request: EndpointRequest, statement: Statement, document: PolicyDocument): Truth {
  const action = actionMatches(request.action, statement.actions);
  if (isFalse(action)) return action;
  return everyOf([
    action,
    principalMatches(statement, request.endpoint, request.caller, request.place),
    resourceMatches(request, statement, variablesIn(document, request.context)),
  ]);
}

/**
 * What keeps the first statement that allows the action from allowing this request, as a clause; undefined where none
 * allows the action at all.
 */
export function whyRefused(request: EndpointRequest, document: PolicyDocument): string | undefined {
  for (const [index, fact] of document.statements.entries()) {
    if (fact.state !== "known" || !is(fact.value.effect, "Allow")) continue;
    if (isFalse(actionMatches(request.action, fact.value.actions))) continue;
    const limit = limitOf(request, fact.value, document);
    if (limit !== undefined) return `${statementName({ fact, index })} ${limit}`;
  }
  return undefined;
}

function limitOf(request: EndpointRequest, statement: Statement, document: PolicyDocument): string | undefined {
  const { endpoint, caller, place, context } = request;
  if (isFalse(principalMatches(statement, endpoint, caller, place))) {
    return `is limited to Principal ${principalsOf(statement)}${remarkOn(endpoint, caller)}`;
  }
  const variables = variablesIn(document, context);
  if (isFalse(resourceMatches(request, statement, variables))) return resourceLimit(statement);
  if (statement.conditions.state !== "known") return undefined;
  const unmet = unmetCondition(statement.conditions.value, context, variables);
  return unmet === undefined ? undefined : `would allow it, but ${unmet}`;
}

function remarkOn(endpoint: Endpoint, caller: Caller): string {
  if (isGateway(endpoint)) return ", and a gateway endpoint takes only * there";
  const name = callerName(caller);
  return name === undefined ? "" : `, and the host calls with ${name}`;
}

const principalsOf = ({ principals }: Statement): string =>
  principals.state === "known" ? [...principals.value.byKind.values()].map(namesIn).join(", ") : "";

function resourceLimit({ resources }: Statement): string | undefined {
  if (resources.state !== "known") return undefined;
  const { negated, patterns } = resources.value;
  return `${negated ? "leaves out" : "is limited to"} Resource ${namesIn(patterns)}`;
}

const SHOWN = 3;

function namesIn(names: Fact<readonly Fact<Pattern>[]>): string {
  const texts =
    names.state === "known" ? names.value.flatMap((name) => (name.state === "known" ? showText(name.value) : [])) : [];
  const more = texts.length - SHOWN;
  return more > 0 ? `${texts.slice(0, SHOWN).join(", ")} and ${more} more` : listed(texts);
}
