import { lazy } from "../../facts/lazy";
import type { Principal, SessionDocument } from "../../infrastructure/model";
import type { Decision, StatementReference } from "../identity/evaluate";
import { type ContextEntry, NO_SUCH_KEY, type Place, text } from "../identity/place";
import { type Caller, callerOf, isRefused } from "./caller";
import { ownSessionChecks } from "./own-sessions";
import { anyDocumentArn, DEFAULT_DOCUMENT, documentArn, documentTarget } from "./session-documents";
import { sessionKeyCheck } from "./session-key";
import { placeSeenBy, type Target, targetArn } from "./target";

export const START_SESSION = "ssm:StartSession";

const CHECK = "ssm:sessiondocumentaccesscheck";

/**
 * With a document named, AWS asks for `ssm:StartSession` on the node and on the document. It does not document whether
 * the request then carries the key, so that both must come to the same.
 */
const NAMED: readonly ContextEntry[] = [
  [CHECK, NO_SUCH_KEY],
  [CHECK, text("true")],
];

/**
 * Without a name, a statement with the condition does not suffice for the node alone. The condition has to stand in all
 * statements that allow the action, so one without it lets the session start.
 * Source: Systems Manager user guide, "Start a session with a document by specifying the session documents in IAM policies".
 */
const UNNAMED: readonly ContextEntry[] = [[CHECK, text("false")]];

/** What the policies say about a session on a node: the node with a document named, without one, and documents. */
export interface StartChecks {
  readonly node: Decision;
  readonly nodeAlone: Decision;
  document(name: string): Decision;
  /** Whether no document would do, of the account or of AWS. */
  refusesEveryDocument(): boolean;
}

export function startChecks(
  caller: Caller,
  target: Target,
  place: Place,
  documents: readonly SessionDocument[],
): StartChecks {
  const onNode = (context: ContextEntry): Decision =>
    caller({ action: START_SESSION, arn: targetArn(target, place), place, tag: target.tag, context: [context] });
  const node = lazy(() => agreed(NAMED.map(onNode)));
  const nodeAlone = lazy(() => agreed(UNNAMED.map(onNode)));
  return {
    get node() {
      return node();
    },
    get nodeAlone() {
      return nodeAlone();
    },
    document: (name) => {
      const document = documentTarget(name, documents);
      const call = { action: START_SESSION, arn: documentArn(document, place), place, tag: document.tag };
      return agreed(NAMED.map((context) => caller({ ...call, context: [context] })));
    },
    refusesEveryDocument: () =>
      [true, false].every((ofAws) => {
        const call = { action: START_SESSION, arn: anyDocumentArn(place, ofAws), place };
        return NAMED.every((context) => isRefused(caller({ ...call, context: [context] })));
      }),
  };
}

/** What all cases come to; where they differ, the request decides which it is. */
function agreed(decisions: readonly Decision[]): Decision {
  const [first, ...others] = decisions;
  if (first === undefined) return { effect: "notAllowed", assuming: [] };
  if (others.every(({ effect }) => effect === first.effect)) return first;
  const open = decisions.find(({ effect }) => effect === "unknown");
  if (open !== undefined) return open;
  const [by] = decisions.flatMap(statementOf);
  const reason = "AWS does not document whether the request carries ssm:SessionDocumentAccessCheck";
  return by === undefined ? first : { effect: "unknown", by, reason: `${by.text} decides it, and ${reason}` };
}

export const statementOf = (decision: Decision): readonly StatementReference[] =>
  decision.effect === "notAllowed" ? [] : [decision.by];

/** One action that a session takes, and what the policies say to it. */
export interface AccessCheck {
  readonly action: string;
  /** What it is asked for: `instance Web`, `document SSM-SessionManagerRunShell`. */
  readonly on: string;
  readonly decision: Decision;
  /** Why a refusal does not settle whether a session starts. */
  readonly doubt?: string;
}

export type AccessStatus = "pass" | "fail" | "unknown";

export function statusOfCheck({ decision, doubt }: AccessCheck): AccessStatus {
  if (decision.effect === "allowed") return "pass";
  return isRefused(decision) && doubt === undefined ? "fail" : "unknown";
}

export interface AccessDecision {
  readonly status: AccessStatus;
  /** What it takes to start a session. */
  readonly checks: readonly AccessCheck[];
  /** What is wanted later: to go on after a broken connection, and to end a session. */
  readonly later: readonly AccessCheck[];
}

const BY_NAME =
  "AWS's user guide asks to allow the default document by name, and sessions used to start without that where no statement asks for ssm:SessionDocumentAccessCheck";

/**
 * Whether a principal may start a session on a node, with a document or, without one named, in the default way.
 * Sources: Systems Manager user guide, "Start a default shell session by specifying the default session document in IAM
 * policies", and "Enforce a session document permission check for the AWS CLI" of earlier editions.
 */
export function mayStartSession(
  principal: Principal,
  target: Target,
  documents: readonly SessionDocument[],
  document?: string,
): AccessDecision {
  const place = placeSeenBy(principal, target);
  const caller = callerOf(principal);
  const said = startChecks(caller, target, place, documents);
  const name = document ?? DEFAULT_DOCUMENT;
  const mayGoWithout = document === undefined && !isRefused(said.nodeAlone);
  const [dataChannel, ...later] = ownSessionChecks(principal, caller, place);
  const checks: readonly AccessCheck[] = [
    { action: START_SESSION, on: target.name, decision: said.node },
    {
      action: START_SESSION,
      on: `document ${name}`,
      decision: said.document(name),
      ...(mayGoWithout ? { doubt: BY_NAME } : {}),
    },
    dataChannel,
    ...sessionKeyCheck(caller, target, place, name, documents),
  ];
  return { status: overall(checks.map(statusOfCheck)), checks, later };
}

function overall(statuses: readonly AccessStatus[]): AccessStatus {
  if (statuses.includes("fail")) return "fail";
  return statuses.includes("unknown") ? "unknown" : "pass";
}
