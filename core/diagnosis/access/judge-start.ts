import type { Infrastructure, Principal } from "../../infrastructure/model";
import { push } from "../../infrastructure/program-index";
import type { Decision } from "../identity/evaluate";
import { listed } from "../wording";
import { splitArn } from "./arn";
import { callerOf, isRefused, tagsAskedFor } from "./caller";
import { documentName, type Mention, mentions, namesAction, resourcesOf, sessionDocumentsIn } from "./mentions";
import { DEFAULT_DOCUMENT, documentArn, documentTarget } from "./session-documents";
import { START_SESSION, type StartChecks, startChecks } from "./start-session";
import { NOT_TAGGED_ELSEWHERE, placeSeenBy, type Target, targetArn } from "./target";
import { type MeantCall, whyNothing } from "./why-nothing";

/** What is wrong with the statements that allow a principal to start sessions. */
export interface StartFailure {
  /** The statement to change. */
  readonly mention: Mention;
  /** What it comes to: `can start a session on no declared host`. */
  readonly outcome: string;
  readonly cause: string;
  /** Something out of sight may make up for it. */
  readonly minor: boolean;
}

/** What sessions may be opened to, and with. */
export interface Nodes {
  /** How a sentence says that none of the targets is meant: `no declared host`. */
  readonly none: string;
  readonly documents: Infrastructure["documents"];
  /** The targets, and what the policies of a principal say to sessions on them. */
  readonly seenBy: (principal: Principal) => readonly SeenTarget[];
}

/** Statements that allow people to start sessions, by the name of the action. */
export const startMentions = (policies: Principal["policies"]): readonly Mention[] =>
  mentions(policies, (statement) => namesAction(statement, START_SESSION));

/** A target, and what the policies say to a session on it. It stands for others on which they say the same. */
export interface SeenTarget {
  readonly target: Target;
  readonly meant: MeantCall;
  readonly checks: StartChecks;
}

/** Targets as the policies of a principal tell them apart: by place, id, and the tags that conditions ask for. */
export function seeTargets(
  principal: Principal,
  targets: readonly Target[],
  documents: Infrastructure["documents"],
): readonly SeenTarget[] {
  const caller = callerOf(principal);
  const keys = tagsAskedFor(principal.policies);
  const alike = new Map<string, Target[]>();
  for (const target of targets) push(alike, lookOf(target, keys), target);
  return [...alike.values()].flatMap(([target, ...others]) => {
    if (target === undefined) return [];
    const place = placeSeenBy(principal, target);
    const call = { action: START_SESSION, arn: targetArn(target, place), place, tag: target.tag };
    const meant = { call, ...(others.length === 0 ? { on: target.name } : {}) };
    return [{ target, meant, checks: startChecks(caller, target, place, documents) }];
  });
}

const lookOf = ({ kind, stack, region, account, id, tag }: Target, tagKeys: readonly string[]): string =>
  JSON.stringify([kind, stack, region, account, id, tagKeys.map(tag)]);

/** Those that a session may be opened to with one document or another. */
export const withinReach = (seen: readonly SeenTarget[]): readonly SeenTarget[] =>
  seen.filter(({ checks }) => !isRefused(checks.node) || !isRefused(checks.nodeAlone));

/**
 * Whether what a principal's policies say of `ssm:StartSession` is good for any session at all. One statement alone may
 * be good for nothing and complete another; a failure is one of all of them together.
 */
export function judgeStart(principal: Principal, own: readonly Mention[], nodes: Nodes): readonly StartFailure[] {
  const seen = nodes.seenBy(principal);
  const usable = withinReach(seen);
  if (usable.length === 0) return noNode(principal, own, seen, nodes);
  const failures = own.flatMap((mention) => unusableDocuments(mention, principal, usable, nodes));
  return failures.length > 0 ? failures : noDocument(principal, own, usable, nodes);
}

function noNode(
  principal: Principal,
  own: readonly Mention[],
  seen: readonly SeenTarget[],
  { none }: Nodes,
): readonly StartFailure[] {
  if (own.some(({ statement }) => namesTasks(statement))) return [];
  const aimed = own.filter(({ statement }) => !namesDocumentsOnly(statement));
  const [mention] = aimed.length > 0 ? aimed : own;
  // A policy that names documents only may stand beside one that names nodes.
  if (mention === undefined || (aimed.length === 0 && mayBeCompleted(principal))) return [];
  const decisions = seen.map(({ checks }) => checks.node);
  const meant = seen.filter(({ checks }) => overruledBy(checks.node) === undefined).map((one) => one.meant);
  const cause = whyOverruled(decisions) ?? whyNothing(mention, principal, meant, none);
  return [{ mention, outcome: `can start a session on ${none}`, cause, minor: restsOnTags(decisions) }];
}

function namesDocumentsOnly(statement: Mention["statement"]): boolean {
  const resources = resourcesOf(statement);
  return resources.length > 0 && resources.every((resource) => documentName(resource) !== undefined);
}

/** Sessions also open to containers. Source: Service Authorization Reference, AWS Systems Manager, resource type `task`. */
const namesTasks = (statement: Mention["statement"]): boolean =>
  resourcesOf(statement).some((resource) => splitArn(resource)?.service.join("") === "ecs");

/** Whoever gets a policy, or is in a group, may have policies beside those in sight. */
export const mayBeCompleted = ({ kind }: Principal): boolean => kind === "policy" || kind === "group";

/** What stands against allowing statements; undefined where there are none that fit. */
function overruledBy(decision: Decision): string | undefined {
  if (decision.effect === "denied") return `${decision.by.text} denies it`;
  const limited = decision.effect === "notAllowed" && decision.limitedBy !== undefined;
  return limited ? "the permissions boundary does not allow it" : undefined;
}

function whyOverruled(decisions: readonly Decision[]): string | undefined {
  const reasons = decisions.flatMap((decision) => overruledBy(decision) ?? []);
  return reasons.length === decisions.length ? listed([...new Set(reasons)]) : undefined;
}

const restsOnTags = (decisions: readonly Decision[]): boolean =>
  decisions.some(
    ({ effect, ...decision }) => "assuming" in decision && decision.assuming.includes(NOT_TAGGED_ELSEWHERE),
  );

/** Documents that a statement names, and that the policies refuse all the same. */
function unusableDocuments(
  mention: Mention,
  principal: Principal,
  usable: readonly SeenTarget[],
  { documents }: Nodes,
): readonly StartFailure[] {
  const refused = documentsIn(mention)
    .map((name) => ({ name, decisions: usable.map(({ checks }) => checks.document(name)) }))
    .filter(({ decisions }) => decisions.every(isRefused));
  const [first] = refused;
  const [node] = usable;
  if (first === undefined || node === undefined) return [];
  const document = documentTarget(first.name, documents);
  const { place } = node.meant.call;
  const call = { action: START_SESSION, arn: documentArn(document, place), place, tag: document.tag };
  const on = `document ${first.name}`;
  const names = listed(refused.map(({ name }) => name));
  return [
    {
      mention,
      outcome: `can start no session with ${refused.length === 1 ? "document" : "the documents"} ${names}`,
      cause: whyOverruled(first.decisions) ?? whyNothing(mention, principal, [{ call, on }], "no session document"),
      minor: principal.kind === "policy" || refused.every(({ decisions }) => restsOnTags(decisions)),
    },
  ];
}

/** Of documents of other names it is not known whose they are. */
const documentsIn = ({ statement }: Mention): readonly string[] =>
  sessionDocumentsIn(statement).filter((name) => name === DEFAULT_DOCUMENT || name.startsWith("AWS-"));

/** All statements ask for the check, and no document passes it. */
function noDocument(
  principal: Principal,
  own: readonly Mention[],
  usable: readonly SeenTarget[],
  { none }: Nodes,
): readonly StartFailure[] {
  const [mention] = own.filter(({ statement }) => !namesDocumentsOnly(statement));
  if (mention === undefined) return [];
  const blocked = usable.every(({ checks }) => isRefused(checks.nodeAlone) && checks.refusesEveryDocument());
  if (!blocked) return [];
  const cause =
    "its statements ask for ssm:SessionDocumentAccessCheck, and none allows a session document such as arn:aws:ssm:<region>:<account>:document/SSM-SessionManagerRunShell";
  return [{ mention, outcome: `can start a session on ${none}`, cause, minor: principal.kind === "policy" }];
}
