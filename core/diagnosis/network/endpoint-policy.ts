import { type Fact, type Unknown, union, unknown } from "../../facts/fact";
import type { Endpoint } from "../../infrastructure/model";
import type { Pattern, Principals, Statement } from "../../infrastructure/policy-document";
import { shortName } from "../../program/names";
import { conditionsHold } from "../identity/conditions";
import { actionMatches, type Decision, decide } from "../identity/evaluate";
import { SESSION_ACTIONS } from "../identity/host-permissions";
import { everyOf, TRUE, type Truth } from "../identity/truth";
import { listed } from "../wording";
import { type Answer, maybe, no, silentYes, yes } from "./answer";
import type { Service } from "./endpoint-match";

/** What the agent calls at each service; at S3 to write session logs and to read its updates. */
const ACTIONS: Readonly<Record<Service, readonly string[]>> = {
  ssm: SESSION_ACTIONS.filter((action) => action.startsWith("ssm:")),
  ssmmessages: SESSION_ACTIONS.filter((action) => action.startsWith("ssmmessages:")),
  s3: ["s3:PutObject", "s3:GetObject"],
  logs: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups", "logs:DescribeLogStreams"],
  kms: ["kms:Decrypt"],
};

/**
 * Whether an endpoint's policy lets the agent's calls to a service pass. Without one it has full access.
 * Source: AWS PrivateLink guide, "Control access to VPC endpoints using endpoint policies".
 */
export function admitsActions(endpoint: Endpoint, service: Service): Answer {
  const { policy, declaration } = endpoint;
  if (policy.state === "absent") return silentYes(policy.assuming);
  const name = `the policy of endpoint ${shortName(declaration)}`;
  if (policy.state === "unknown") return maybe(`${name} is not known: ${policy.reason}`, name, declaration);
  const attached = { name, document: policy, declaration, written: { declaration, property: "PolicyDocument" } };
  const judged = ACTIONS[service].map(
    (action): Judged => ({ action, decision: decide([attached], (statement) => applies(action, statement)) }),
  );
  return conclude(judged, endpoint, name);
}

interface Judged {
  readonly action: string;
  readonly decision: Decision;
}

function conclude(judged: readonly Judged[], { declaration }: Endpoint, name: string): Answer {
  const cause = { declaration, property: "PolicyDocument" };
  const left = judged.filter(({ decision }) => decision.effect === "notAllowed");
  if (left.length > 0) {
    return no(`${name} does not allow ${listed(left.map(({ action }) => action))}`, cause, assumed(left));
  }
  for (const { action, decision } of judged) {
    if (decision.effect === "denied") return no(`${decision.by.text} denies ${action}`, decision.by, decision.assuming);
  }
  for (const { action, decision } of judged) {
    if (decision.effect !== "unknown") continue;
    return maybe(`whether ${name} allows ${action} is not known: ${decision.reason}`, name, declaration);
  }
  return yes(`${name} allows what the agent calls`, assumed(judged), declaration);
}

const assumed = (judged: readonly Judged[]): readonly string[] =>
  judged.map(({ decision }) => (decision.effect === "unknown" ? [] : decision.assuming)).reduce(union, []);

const applies = (action: string, statement: Statement): Truth =>
  everyOf([
    actionMatches(action, statement.actions),
    everyResource(statement.resources),
    everyPrincipal(statement.principals),
    conditionsHold(statement.conditions, new Map(), undefined),
  ]);

function everyResource(resources: Statement["resources"]): Truth {
  if (resources.state !== "known") return unreadable("Resource", resources);
  const { negated, patterns } = resources.value;
  return !negated && holdsStar(patterns) ? TRUE : unknown("it is limited to certain resources");
}

function everyPrincipal(principals: Fact<Principals>): Truth {
  if (principals.state !== "known") return unreadable("Principal", principals);
  const { negated, byKind } = principals.value;
  const aws = byKind.get("AWS");
  return !negated && aws !== undefined && holdsStar(aws) ? TRUE : unknown("it is limited to certain principals");
}

const unreadable = (element: string, fact: Fact<unknown>): Unknown =>
  unknown(fact.state === "unknown" ? `its ${element} is not known: ${fact.reason}` : `it has no ${element}`);

function holdsStar(patterns: Fact<readonly Fact<Pattern>[]>): boolean {
  if (patterns.state !== "known") return false;
  return patterns.value.some((item) => item.state === "known" && item.value.length === 1 && item.value[0] === "*");
}
