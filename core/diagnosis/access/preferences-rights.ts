import type { Principal } from "../../infrastructure/model";
import type { Pattern } from "../../infrastructure/policy-document";
import type { TextPart } from "../../program/value";
import type { Decision } from "../identity/evaluate";
import { type Place, placeIn } from "../identity/place";
import { butFor } from "../identity/unmet";
import type { AccessProblem } from "../problems";
import { listed } from "../wording";
import { splitArn } from "./arn";
import { callerOf, isRefused, principalName } from "./caller";
import { mayBeCompleted } from "./judge-start";
import type { Meant } from "./meant";
import { documentName, type Mention, mentions, namesAction, resourcesOf } from "./mentions";
import { ownMentions } from "./people";
import { DEFAULT_DOCUMENT, documentArn } from "./session-documents";

const CREATE = "ssm:CreateDocument";
const UPDATE = "ssm:UpdateDocument";

/** What changing preferences takes. Source: Systems Manager user guide, "Grant or deny a user permissions to update Session Manager preferences". */
const ACTIONS = ["ssm:GetDocument", CREATE, UPDATE];

/** Those who may write the preferences by name, or are said to be meant to, and lack what that takes. */
export const preferencesProblems = (people: readonly Principal[], meant: Meant): readonly AccessProblem[] =>
  people.flatMap((principal) => {
    const [mention] = ownMentions(principal, writesPreferences);
    if (mention !== undefined) return mentioned(principal, mention);
    const origin = meant.get(principal);
    return origin === undefined ? [] : unmentioned(principal, origin);
  });

const writesPreferences = (policies: Principal["policies"]): readonly Mention[] =>
  mentions(
    policies,
    (statement) =>
      [CREATE, UPDATE].some((action) => namesAction(statement, action)) &&
      resourcesOf(statement).some((resource) => documentName(resource) === DEFAULT_DOCUMENT),
  );

function mentioned(principal: Principal, mention: Mention): readonly AccessProblem[] {
  const document = documentMeant(mention);
  if (document === undefined) return [];
  const everybody = principal.members.length > 0 ? principal.members : [principal];
  const [first, ...others] = everybody.map((one) => refusedOf(decideActions(one, document)));
  const missing = (first ?? []).filter(({ action }) =>
    others.every((found) => found.some((one) => one.action === action)),
  );
  if (missing.length === 0) return [];
  return [
    {
      kind: KIND,
      why: whyMissing(`${principalName(principal)} is meant`, missing),
      minor: principal.kind === "policy" || onlyCreation(missing),
      place: mention.policy.written,
    },
  ];
}

/** Nobody's statements name the preferences, or only those of a group that has nothing wrong with it. */
function unmentioned(principal: Principal, origin: string): readonly AccessProblem[] {
  const told = principal.groups.some((group) =>
    ownMentions(group, writesPreferences).some((mention) => mentioned(group, mention).length > 0),
  );
  if (told) return [];
  const [mention] = writesPreferences(principal.policies);
  const document = mention === undefined ? undefined : documentMeant(mention);
  const decided = decideActions(principal, document ?? documentAnywhere(principal));
  const missing = refusedOf(decided);
  const who = `${principalName(principal)} is meant (${origin})`;
  const place = { declaration: principal.declaration };
  if (missing.length > 0) {
    const minor = mayBeCompleted(principal) || onlyCreation(missing);
    return [{ kind: KIND, why: whyMissing(who, missing), minor, place }];
  }
  const [open] = decided.flatMap(({ action, decision }) =>
    decision.effect === "unknown" ? [`whether it may call ${action} is not known: ${decision.reason}`] : [],
  );
  if (open === undefined) return [];
  return [{ kind: KIND, why: `${who} to change session preferences, and ${open}`, minor: true, place }];
}

const KIND = "preferences-permission-missing";

interface DecidedAction {
  readonly action: string;
  readonly decision: Decision;
}

interface PlacedDocument {
  readonly arn: Pattern;
  readonly place: Place;
}

function decideActions(principal: Principal, document: PlacedDocument): readonly DecidedAction[] {
  const caller = callerOf(principal);
  return ACTIONS.map((action) => ({ action, decision: caller({ action, ...document }) }));
}

const refusedOf = (decided: readonly DecidedAction[]): readonly DecidedAction[] =>
  decided.filter(({ decision }) => isRefused(decision));

/** Who cannot create the document can still change one that is there. */
const onlyCreation = (missing: readonly DecidedAction[]): boolean => missing.every(({ action }) => action === CREATE);

/** The document that a statement itself means, with a hole for what it leaves open. */
function documentMeant({ statement }: Mention): PlacedDocument | undefined {
  const [written] = resourcesOf(statement).filter((resource) => documentName(resource) === DEFAULT_DOCUMENT);
  const arn = (written ?? []).flatMap(withoutWildcards);
  const parts = splitArn(arn);
  if (parts === undefined) return undefined;
  const [partition = "aws", region = ANY, account = ANY] = [parts.partition[0], parts.region[0], parts.account[0]];
  return { arn, place: { partition, region, account } };
}

const withoutWildcards = (part: TextPart): Pattern =>
  typeof part === "string"
    ? part
        .split("*")
        .flatMap((text, index): Pattern => (index === 0 ? [text] : [{ ...ANY, hole: `${ANY.hole} ${index}` }, text]))
    : [part];

const ANY = { hole: "any region or account", reason: "the statement leaves it open" };

/** IAM knows no regions: whoever is meant to change preferences may be so in any. */
function documentAnywhere({ declaration, kind }: Principal): PlacedDocument {
  const { partition, account } = placeIn(declaration, { regionHole: "AWS::Region", accountHole: "AWS::AccountId" });
  const place = {
    partition,
    region: { hole: "any region", reason: "preferences are kept in each region" },
    account:
      kind === "permissionSet" ? { hole: "any account", reason: "the set is used in several accounts" } : account,
  };
  return { arn: documentArn({ name: DEFAULT_DOCUMENT, ofAws: false }, place), place };
}

function whyMissing(who: string, missing: readonly DecidedAction[]): string {
  const denied = missing.flatMap(({ decision }) => (decision.effect === "denied" ? [decision.by.text] : []));
  const actions = listed(
    missing.map(({ action }) => action),
    "or",
  );
  const [unmet] = missing.flatMap(({ decision }) => (decision.effect === "notAllowed" ? (decision.unmet ?? []) : []));
  const why = denied.length === 0 ? butFor(unmet) : `: ${listed([...new Set(denied)])} denies it`;
  return `${who} to change session preferences, but may not call ${actions} on document ${DEFAULT_DOCUMENT}${why}`;
}
