import type { Principal } from "../../infrastructure/model";
import type { Pattern } from "../../infrastructure/policy-document";
import type { Decision } from "../identity/evaluate";
import { UNKNOWN_SEGMENT } from "../identity/pattern";
import type { Place } from "../identity/place";
import { CALLER, type Caller, userName } from "./caller";
import { type AccessCheck, isRefused } from "./start-session";

/**
 * What a person does with sessions of her own. Sample policies of AWS allow all three beside `ssm:StartSession`. Sessions
 * have been seen to start without any of them, hence no failure follows from one missing.
 * Source: Systems Manager user guide, "Sample IAM policies for Session Manager".
 */
const OWN_SESSION_ACTIONS = ["ssmmessages:OpenDataChannel", "ssm:ResumeSession", "ssm:TerminateSession"] as const;

export const ownSessionChecks = (principal: Principal, caller: Caller, place: Place): readonly AccessCheck[] =>
  OWN_SESSION_ACTIONS.map((action) => ({
    action,
    on: "sessions of its own",
    decision: mostGenerous(
      sessionNames(principal).map((name) => caller({ action, arn: sessionArn(name, place), place })),
    ),
  }));

/**
 * The beginning of a session's id: AWS documents `${aws:userid}` for everybody and `${aws:username}` for users, and shows
 * ids that begin with the name of the user.
 * Source: Systems Manager user guide, "Additional sample IAM policies for Session Manager".
 */
function sessionNames({ kind, declaration }: Principal): readonly Pattern[] {
  if (kind === "user") return [[CALLER], userName(declaration)];
  return kind === "group" || kind === "policy" ? [[CALLER], [ANY_USER_NAME]] : [[CALLER]];
}

const ANY_USER_NAME = { hole: "aws:username", reason: "the name of the user is not known" };

const sessionArn = (name: Pattern, { partition, region, account }: Place): Pattern => [
  "arn:",
  partition,
  ":ssm:",
  region,
  ":",
  account,
  ":session/",
  ...name,
  "-",
  { hole: UNKNOWN_SEGMENT.sessionId, reason: "session ids are made as sessions start" },
];

function mostGenerous(decisions: readonly Decision[]): Decision {
  const open = decisions.find((decision) => !isRefused(decision));
  const best = decisions.find(({ effect }) => effect === "allowed") ?? open ?? decisions[0];
  return best ?? { effect: "notAllowed", assuming: [] };
}
