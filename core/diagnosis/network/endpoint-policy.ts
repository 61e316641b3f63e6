import { type Fact, known, type Unknown, union, unknown } from "../../facts/fact";
import type { Endpoint } from "../../infrastructure/model";
import type { Pattern, PolicyDocument, Principals, Statement } from "../../infrastructure/policy-document";
import { shortName } from "../../program/names";
import { showText } from "../../program/read";
import { conditionsHold, type RequestContext, variablesIn } from "../identity/conditions";
import { actionMatches, type Decision, decide } from "../identity/evaluate";
import { SESSION_ACTIONS } from "../identity/host-permissions";
import { directRequest, placeIn } from "../identity/place";
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
  const caller = callerThrough(endpoint, service);
  const judged = ACTIONS[service].map(
    (action): Judged => ({
      action,
      decision: decide([attached], (statement, document) => applies(action, statement, document, caller)),
    }),
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

/** The agent of a host, whose role is of the account that the endpoint is in. */
interface Caller {
  readonly context: RequestContext;
  /** What a Principal names to mean every role of the account; undefined where none does. */
  readonly account: string | undefined;
}

/**
 * The policy of a gateway endpoint means the root user alone where it names an account.
 * Source: AWS PrivateLink guide, "Control access to VPC endpoints using endpoint policies".
 */
function callerThrough({ declaration }: Endpoint, service: Service): Caller {
  const place = placeIn(declaration, { regionHole: "AWS::Region", accountHole: "AWS::AccountId" });
  return {
    context: new Map([...directRequest(place), ["aws:principalaccount", known([[place.account]])]]),
    account: service === "s3" ? undefined : showText([place.account]),
  };
}

const applies = (action: string, statement: Statement, document: PolicyDocument, { context, account }: Caller): Truth =>
  everyOf([
    actionMatches(action, statement.actions),
    everyResource(statement.resources),
    everyPrincipal(statement.principals, account),
    conditionsHold(statement.conditions, context, variablesIn(document, context)),
  ]);

function everyResource(resources: Statement["resources"]): Truth {
  if (resources.state !== "known") return unreadable("Resource", resources);
  const { negated, patterns } = resources.value;
  return !negated && holdsStar(patterns) ? TRUE : unknown("it is limited to certain resources");
}

function everyPrincipal(principals: Fact<Principals>, account: string | undefined): Truth {
  if (principals.state !== "known") return unreadable("Principal", principals);
  const { negated, byKind } = principals.value;
  const aws = byKind.get("AWS");
  if (negated || aws === undefined) return LIMITED;
  return holdsStar(aws) || namesAccount(aws, account) ? TRUE : LIMITED;
}

const LIMITED = unknown("it is limited to certain principals");

const ACCOUNT_ARN = /^arn:(?:[^:]+|\$\{[^}]*\}):iam::(.+):root$/;

/** `111122223333` and `arn:aws:iam::111122223333:root` say the same. */
function namesAccount(named: Fact<readonly Fact<Pattern>[]>, account: string | undefined): boolean {
  if (named.state !== "known") return false;
  const texts = named.value.flatMap((item) => (item.state === "known" ? [showText(item.value)] : []));
  return texts.some((text) => (ACCOUNT_ARN.exec(text)?.[1] ?? text) === account);
}

const unreadable = (element: string, fact: Fact<unknown>): Unknown =>
  unknown(fact.state === "unknown" ? `its ${element} is not known: ${fact.reason}` : `it has no ${element}`);

function holdsStar(patterns: Fact<readonly Fact<Pattern>[]>): boolean {
  if (patterns.state !== "known") return false;
  return patterns.value.some((item) => item.state === "known" && item.value.length === 1 && item.value[0] === "*");
}
