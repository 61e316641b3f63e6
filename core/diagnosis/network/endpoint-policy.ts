import { union } from "../../facts/fact";
import { memoize } from "../../facts/lazy";
import type { Endpoint } from "../../infrastructure/model";
import { shortName } from "../../program/names";
import { decideCall } from "../identity/evaluate";
import type { RequiredPermission } from "../identity/host-permissions";
import { type DecidedAction, orProven } from "../identity/session-permissions";
import { listed } from "../wording";
import { type Answer, maybe, no, silentYes, yes } from "./answer";
import { type Caller, OTHER_ROLE, placeAt } from "./caller";
import { readForCaller } from "./endpoint-principal";
import { isAbout, requestsThrough, whyRefused } from "./endpoint-request";
import type { Use } from "./use";

/**
 * Whether an endpoint's policy lets the calls of a host pass. Without one it has full access.
 * Source: AWS PrivateLink guide, "Control access to VPC endpoints using endpoint policies".
 */
export function admitsUse(endpoint: Endpoint, use: Use, caller: () => Caller): Answer {
  const { policy } = endpoint;
  return policy.state === "absent" ? silentYes(policy.assuming) : judged(endpoint)(use)(caller());
}

const judged = memoize((endpoint: Endpoint) =>
  memoize((use: Use) => memoize((caller: Caller) => judge(endpoint, use, caller))),
);

/** A refusal stands only where it holds whatever role the host calls with. */
function judge(endpoint: Endpoint, use: Use, caller: Caller): Answer {
  const answer = judgeCaller(endpoint, use, caller);
  const { otherwise } = caller;
  if (answer.status !== "no" || otherwise === undefined) return answer;
  if (admitsUse(endpoint, use, () => otherwise).status === "no") return answer;
  return maybe(`${answer.why}, but ${OTHER_ROLE}`, policyOf(endpoint), endpoint.declaration);
}

const policyOf = ({ declaration }: Endpoint): string => `the policy of endpoint ${shortName(declaration)}`;

function judgeCaller(endpoint: Endpoint, use: Use, caller: Caller): Answer {
  const { policy, declaration } = endpoint;
  const name = policyOf(endpoint);
  if (policy.state === "absent") return silentYes(policy.assuming);
  if (policy.state === "unknown") return maybe(`${name} is not known: ${policy.reason}`, name, declaration);
  const place = placeAt(endpoint, caller);
  const document = readForCaller(policy.value, caller, place);
  const written = { declaration, property: "PolicyDocument" };
  const attached = { name, document: { ...policy, value: document }, declaration, written };
  const requestFor = requestsThrough(endpoint, use, caller);
  const decideAll = (permissions: readonly RequiredPermission[]): readonly DecidedAction[] =>
    permissions.map((permission) => {
      const request = requestFor(permission);
      const decision = decideCall([attached], request.context, (statement, whole) =>
        isAbout(request, statement, whole),
      );
      return { action: permission.action, decision };
    });
  const { required, otherwise } = use.permissions(place);
  const decided = orProven(decideAll(required), decideAll(otherwise));
  const on = use.on(place);
  const firstRefused = required.find((_, index) => decided[index]?.decision.effect === "notAllowed");
  if (firstRefused === undefined) return conclude(decided, on, endpoint);
  const refused = decided.filter(({ decision }) => decision.effect === "notAllowed");
  const limit = whyRefused(requestFor(firstRefused), document);
  const why = `${name} does not allow ${listed(refused.map(({ action }) => action))}${on}`;
  return no(limit === undefined ? why : `${why}: ${limit}`, written, assumed(refused));
}

/** Of calls that the policy does not simply leave out. */
function conclude(decided: readonly DecidedAction[], on: string, endpoint: Endpoint): Answer {
  const name = policyOf(endpoint);
  for (const { action, decision } of decided) {
    if (decision.effect !== "denied") continue;
    return no(`${decision.by.text} denies ${action}${on}`, decision.by, decision.assuming);
  }
  for (const { action, decision } of decided) {
    if (decision.effect !== "unknown") continue;
    return maybe(`whether ${name} allows ${action}${on} is not known: ${decision.reason}`, name, endpoint.declaration);
  }
  return yes(`${name} allows what the agent calls`, assumed(decided), endpoint.declaration);
}

const assumed = (decided: readonly DecidedAction[]): readonly string[] =>
  decided.map(({ decision }) => (decision.effect === "unknown" ? [] : decision.assuming)).reduce(union, []);
