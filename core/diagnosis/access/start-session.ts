import type { Principal, SessionDocument } from "../../infrastructure/model";
import type { Decision, StatementReference } from "../identity/evaluate";
import { type ContextEntry, NO_SUCH_KEY, type Place, text } from "../identity/place";
import { type Caller, callerOf } from "./caller";
import { DEFAULT_DOCUMENT, documentArn, documentTarget } from "./session-documents";
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
 * Without a name, statements with the condition do not suffice for the node alone: "to ensure the condition element is
 * enforced, it must be included in all policy statements which allow the ssm:StartSession action".
 * Source: Systems Manager user guide, "Start a session with a document by specifying the session documents in IAM policies".
 */
const UNNAMED: readonly ContextEntry[] = [[CHECK, text("false")]];

/** What the policies say about a session on a node: the node with a document named, without one, and documents. */
export interface StartChecks {
  readonly node: Decision;
  readonly nodeAlone: Decision;
  document(name: string): Decision;
}

export function startChecks(
  caller: Caller,
  target: Target,
  place: Place,
  documents: readonly SessionDocument[],
): StartChecks {
  const onNode = (context: ContextEntry): Decision =>
    caller({ action: START_SESSION, arn: targetArn(target, place), place, tag: target.tag, context: [context] });
  return {
    node: agreed(NAMED.map(onNode)),
    nodeAlone: agreed(UNNAMED.map(onNode)),
    document: (name) => {
      const { tag, ...document } = documentTarget(name, documents);
      const arn = documentArn(document, place);
      return agreed(NAMED.map((context) => caller({ action: START_SESSION, arn, place, tag, context: [context] })));
    },
  };
}

/** What all cases come to; where they differ, the request decides which it is. */
export function agreed(decisions: readonly Decision[]): Decision {
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

export const isRefused = ({ effect }: Decision): boolean => effect === "denied" || effect === "notAllowed";

/** One action that a session needs, and what the policies say to it. */
export interface AccessCheck {
  readonly action: string;
  /** What it is asked for: `instance Web`, `document SSM-SessionManagerRunShell`. */
  readonly on: string;
  readonly decision: Decision;
}

export interface StartDecision {
  readonly status: "pass" | "fail" | "unknown";
  readonly checks: readonly AccessCheck[];
  /** Why it is left open where no single check is. */
  readonly doubt?: string;
}

const OLD_AND_NEW =
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
): StartDecision {
  const place = placeSeenBy(principal, target);
  const { node, nodeAlone, document: decide } = startChecks(callerOf(principal), target, place, documents);
  const name = document ?? DEFAULT_DOCUMENT;
  const checks: readonly AccessCheck[] = [
    { action: START_SESSION, on: target.name, decision: node },
    { action: START_SESSION, on: `document ${name}`, decision: decide(name) },
  ];
  const status = statusOf(checks);
  const worksWithout = document === undefined && status === "fail" && !isRefused(node) && !isRefused(nodeAlone);
  return worksWithout ? { status: "unknown", checks, doubt: OLD_AND_NEW } : { status, checks };
}

export function statusOf(checks: readonly AccessCheck[]): StartDecision["status"] {
  if (checks.some(({ decision }) => isRefused(decision))) return "fail";
  return checks.every(({ decision }) => decision.effect === "allowed") ? "pass" : "unknown";
}
