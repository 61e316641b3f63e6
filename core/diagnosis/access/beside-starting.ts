import type { Principal } from "../../infrastructure/model";
import { covers } from "../../knowledge/glob";
import { showText } from "../../program/read";
import type { AccessProblem } from "../problems";
import { listed } from "../wording";
import { type Caller, callerOf, isRefused, principalName } from "./caller";
import { judgeStart, type Nodes, type SeenTarget, startMentions, withinReach } from "./judge-start";
import type { Meant } from "./meant";
import { documentName, resourcesOf, sessionDocumentsIn } from "./mentions";
import { ownSessionChecks } from "./own-sessions";
import { ownMentions } from "./people";
import { DEFAULT_DOCUMENT } from "./session-documents";
import { sessionKeyCheck } from "./session-key";
import { statusOfCheck } from "./start-session";

/** What those lack who may start sessions: the key of encrypted ones, and what is worth having beside. */
export function besideStarting(people: readonly Principal[], nodes: Nodes, meant: Meant): readonly AccessProblem[] {
  return people
    .filter(({ kind }) => kind !== "policy")
    .flatMap((principal) => [...lacksKey(principal, nodes), ...lacksRest(principal, nodes, meant)]);
}

/** A user's rights are her own and those of her groups; a group's are judged by its users, where there are some. */
const concerned = (principal: Principal): readonly Principal[] =>
  principal.members.length > 0 ? principal.members : [principal];

const common = (lists: readonly (readonly string[])[]): readonly string[] => {
  const [first = [], ...others] = lists;
  return first.filter((item) => others.every((list) => list.includes(item)));
};

interface Able {
  readonly principal: Principal;
  readonly caller: Caller;
  readonly usable: readonly [SeenTarget, ...SeenTarget[]];
}

/** Who may start a session as far as `ssm:StartSession` goes; undefined for others, of whom more is said elsewhere. */
function ableOf(principal: Principal, nodes: Nodes): Able | undefined {
  const [first, ...others] = withinReach(nodes.seenBy(principal));
  if (first === undefined || judgeStart(principal, startMentions(principal.policies), nodes).length > 0) {
    return undefined;
  }
  return { principal, caller: callerOf(principal), usable: [first, ...others] };
}

function lackedByAll(principal: Principal, nodes: Nodes, lacked: (able: Able) => readonly string[]): readonly string[] {
  return common(
    concerned(principal).map((one) => {
      const able = ableOf(one, nodes);
      return able === undefined ? [] : lacked(able);
    }),
  );
}

function lacksKey(principal: Principal, nodes: Nodes): readonly AccessProblem[] {
  const [mention] = ownMentions(principal, startMentions);
  if (mention === undefined) return [];
  const keys = lackedByAll(principal, nodes, (able) => refusedKeys(able, nodes));
  return keys.map((key) => ({
    kind: "start-session-permission-missing",
    why: `${principalName(principal)} can start no session with ${key}`,
    minor: false,
    place: mention.policy.written,
  }));
}

function refusedKeys({ principal, caller, usable }: Able, nodes: Nodes): readonly string[] {
  const named = startMentions(principal.policies).flatMap(({ statement }) => sessionDocumentsIn(statement));
  const names = new Set([DEFAULT_DOCUMENT, ...named]);
  return [...names].flatMap((name) => {
    const wanted = usable.filter(
      ({ checks }) => !isRefused(checks.document(name)) || (name === DEFAULT_DOCUMENT && !isRefused(checks.nodeAlone)),
    );
    const checks = wanted.flatMap(({ target, meant }) =>
      sessionKeyCheck(caller, target, meant.call.place, name, nodes.documents),
    );
    const [first] = checks;
    if (first === undefined || checks.length < wanted.length) return [];
    if (checks.some((check) => statusOfCheck(check) !== "fail")) return [];
    return [`document ${name}, which encrypts sessions: no policy allows ${first.action} on ${first.on}`];
  });
}

function lacksRest(principal: Principal, nodes: Nodes, meant: Meant): readonly AccessProblem[] {
  if (!meant.has(principal) && ownMentions(principal, startMentions).length === 0) return [];
  const lacking = lackedByAll(principal, nodes, refusedRest);
  if (lacking.length === 0) return [];
  const remark = signsInWithoutName(principal)
    ? "; ${aws:username} has no value for who signs in through a role: use ${aws:userid}"
    : "";
  return [
    {
      kind: "start-session-permission-missing",
      why: `${principalName(principal)} may start sessions, but its policies do not allow ${listed(lacking, "or")}${remark}`,
      minor: true,
      place: { declaration: principal.declaration },
    },
  ];
}

function refusedRest({ principal, caller, usable }: Able): readonly string[] {
  const noDocument = usable.every(
    ({ checks }) =>
      checks.refusesEveryDocument() || (meansAnyDocument(principal) && isRefused(checks.document(DEFAULT_DOCUMENT))),
  );
  const checks = ownSessionChecks(principal, caller, usable[0].meant.call.place);
  const refused = checks.filter(({ decision }) => isRefused(decision)).map(({ action }) => action);
  return [
    ...(noDocument ? [`ssm:StartSession on document ${DEFAULT_DOCUMENT}`] : []),
    ...(refused.length > 0 ? [`${listed(refused, "or")} on sessions of its own`] : []),
  ];
}

/** Whether a statement is written for the default document among others, be it that a condition on tags leaves it out. */
const meansAnyDocument = ({ policies }: Principal): boolean =>
  startMentions(policies).some(({ statement }) =>
    resourcesOf(statement).some((resource) => covers(documentName(resource) ?? showText(resource), DEFAULT_DOCUMENT)),
  );

/** Whether a role or permission set names sessions by what only IAM users have. */
function signsInWithoutName({ kind, policies }: Principal): boolean {
  if (kind !== "role" && kind !== "permissionSet") return false;
  const statements = policies.flatMap(({ document }) => (document.state === "known" ? document.value.statements : []));
  return statements.some(
    (statement) =>
      statement.state === "known" &&
      resourcesOf(statement.value).some((resource) => /:session\/\$\{aws:username\}/i.test(showText(resource))),
  );
}
