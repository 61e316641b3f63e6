import type { Principal } from "../../infrastructure/model";
import type { Pattern } from "../../infrastructure/policy-document";
import type { Decision } from "../identity/evaluate";
import { UNKNOWN_SEGMENT } from "../identity/pattern";
import type { Place } from "../identity/place";
import { CALLER, type Caller, isRefused, userName } from "./caller";
import type { AccessCheck } from "./start-session";

const DATA_CHANNEL = "ssmmessages:OpenDataChannel";

const SAMPLES =
  "AWS's sample policies allow it beside ssm:StartSession, and since when a session needs it is not documented";

/**
 * What a person does with sessions of her own: open the channel that carries one, then go on after a broken connection,
 * and end it.
 * Source: Systems Manager user guide, "Sample IAM policies for Session Manager".
 */
export function ownSessionChecks(
  principal: Principal,
  caller: Caller,
  place: Place,
): readonly [AccessCheck, ...AccessCheck[]] {
  const check = (action: string): AccessCheck => ({
    action,
    on: "sessions of its own",
    decision: mostGenerous(
      sessionNames(principal).map((name) => caller({ action, arn: sessionArn(name, place), place })),
    ),
  });
  return [{ ...check(DATA_CHANNEL), doubt: SAMPLES }, check("ssm:ResumeSession"), check("ssm:TerminateSession")];
}

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
