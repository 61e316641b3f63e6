import type { Principal } from "../../infrastructure/model";
import type { Pattern } from "../../infrastructure/policy-document";
import type { TextPart } from "../../program/value";
import type { Decision } from "../identity/evaluate";
import type { Place } from "../identity/place";
import type { AccessProblem } from "../problems";
import { listed } from "../wording";
import { splitArn } from "./arn";
import { callerOf, isRefused, principalName } from "./caller";
import { documentName, type Mention, mentions, namesAction, resourcesOf } from "./mentions";
import { ownMentions } from "./people";
import { DEFAULT_DOCUMENT } from "./session-documents";

const CREATE = "ssm:CreateDocument";
const UPDATE = "ssm:UpdateDocument";

/** What changing preferences takes. Source: Systems Manager user guide, "Grant or deny a user permissions to update Session Manager preferences". */
const ACTIONS = ["ssm:GetDocument", CREATE, UPDATE];

/** Those who may write the preferences by name, and lack what else that takes. */
export function preferencesProblems(people: readonly Principal[]): readonly AccessProblem[] {
  return people.flatMap((principal) => {
    const [mention] = ownMentions(principal, writesPreferences);
    if (mention === undefined) return [];
    const everybody = principal.members.length > 0 ? principal.members : [principal];
    const [first, ...others] = everybody.map((one) => missingFor(one, mention));
    const missing = (first ?? []).filter(({ action }) =>
      others.every((found) => found.some((one) => one.action === action)),
    );
    return missing.length === 0 ? [] : [problem(principal, mention, missing)];
  });
}

const writesPreferences = (policies: Principal["policies"]): readonly Mention[] =>
  mentions(
    policies,
    (statement) =>
      [CREATE, UPDATE].some((action) => namesAction(statement, action)) &&
      resourcesOf(statement).some((resource) => documentName(resource) === DEFAULT_DOCUMENT),
  );

interface Missing {
  readonly action: string;
  readonly decision: Decision;
}

function missingFor(principal: Principal, { statement }: Mention): readonly Missing[] {
  const caller = callerOf(principal);
  const [written] = resourcesOf(statement).filter((resource) => documentName(resource) === DEFAULT_DOCUMENT);
  const arn = (written ?? []).flatMap(withoutWildcards);
  const place = placeIn(arn);
  if (place === undefined) return [];
  return ACTIONS.map((action) => ({ action, decision: caller({ action, arn, place }) })).filter(({ decision }) =>
    isRefused(decision),
  );
}

/** The document that the statement itself means, with a hole for what it leaves open. */
const withoutWildcards = (part: TextPart): Pattern =>
  typeof part === "string"
    ? part
        .split("*")
        .flatMap((text, index): Pattern => (index === 0 ? [text] : [{ ...ANY, hole: `${ANY.hole} ${index}` }, text]))
    : [part];

const ANY = { hole: "any region or account", reason: "the statement leaves it open" };

function placeIn(arn: Pattern): Place | undefined {
  const parts = splitArn(arn);
  if (parts === undefined) return undefined;
  const [partition = "aws", region = ANY, account = ANY] = [parts.partition[0], parts.region[0], parts.account[0]];
  return { partition, region, account };
}

function problem(principal: Principal, mention: Mention, missing: readonly Missing[]): AccessProblem {
  const denied = missing.flatMap(({ decision }) => (decision.effect === "denied" ? [decision.by.text] : []));
  const actions = missing.map(({ action }) => action);
  const why = denied.length === 0 ? "" : `: ${listed([...new Set(denied)])} denies it`;
  return {
    kind: "preferences-permission-missing",
    why: `${principalName(principal)} is meant to change session preferences, but may not call ${listed(actions, "or")} on document ${DEFAULT_DOCUMENT}${why}`,
    // Who gets a policy may have others beside it; who cannot create the document can still change one that is there.
    minor: principal.kind === "policy" || actions.every((action) => action === CREATE),
    place: mention.policy.written,
  };
}
