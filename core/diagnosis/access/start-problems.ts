import type { Principal } from "../../infrastructure/model";
import type { AccessProblem } from "../problems";
import { listed } from "../wording";
import { principalName } from "./caller";
import { judgeStart, mayBeCompleted, type Nodes, type StartFailure, startMentions, withinReach } from "./judge-start";
import { type Mention, mentions, misspellings, sessionDocumentsIn, statementName } from "./mentions";
import { ownMentions } from "./people";

const KIND = "start-session-permission-missing";

interface NamedFailure {
  readonly failure: StartFailure;
  readonly names: string[];
}

/** One problem for each mistake in a policy, with everybody it concerns. */
export function startProblems(people: readonly Principal[], nodes: Nodes): readonly AccessProblem[] {
  const mistakes = new Map<string, NamedFailure>();
  for (const principal of people) {
    for (const failure of failuresOf(principal, nodes)) {
      const { written } = failure.mention.policy;
      const key = [written.declaration.id, written.property, failure.outcome, failure.cause].join("\n");
      const known = mistakes.get(key);
      if (known === undefined) mistakes.set(key, { failure, names: [principalName(principal)] });
      else known.names.push(principalName(principal));
    }
  }
  return [...mistakes.values()].map(({ failure: { mention, outcome, cause, minor }, names }) => ({
    kind: KIND,
    why: `${listed(names)} ${outcome}: ${cause}`,
    minor,
    place: mention.policy.written,
  }));
}

/** What a group lacks its members may have: it is at fault where each of those that are declared fails as well. */
export function failuresOf(principal: Principal, nodes: Nodes): readonly StartFailure[] {
  const own = ownMentions(principal, startMentions);
  if (own.length === 0) return documentsAlone(principal, nodes);
  const saved = principal.members.some((member) => judgeStart(member, own, nodes).length === 0);
  return saved ? [] : judgeStart(principal, own, nodes);
}

/** AWS's documents for sessions of other kinds than the shell. */
const START_DOCUMENT = /^AWS-Start(?:SSH|PortForwarding|Interactive|NonInteractive)/;

/** Someone with a right on a document that serves sessions only, and with none to start any. */
function documentsAlone(principal: Principal, nodes: Nodes): readonly StartFailure[] {
  if (mayBeCompleted(principal)) return [];
  const named = (statement: Mention["statement"]): string | undefined =>
    sessionDocumentsIn(statement).find((name) => START_DOCUMENT.test(name));
  const [mention] = ownMentions(principal, (policies) =>
    mentions(policies, (statement) => named(statement) !== undefined),
  );
  if (mention === undefined || misspellings(mention.statement).length > 0) return [];
  if (withinReach(nodes.seenBy(principal)).length > 0) return [];
  const cause = `${statementName(mention)} names session document ${named(mention.statement)}, and no statement allows ssm:StartSession`;
  return [{ mention, outcome: `can start a session on ${nodes.none}`, cause, minor: true }];
}

/** Actions that AWS does not have. That is a mistake, whatever else the policies allow. */
export function misspellingProblems(people: readonly Principal[], nodes: Nodes): readonly AccessProblem[] {
  const problems = people.flatMap((principal) => misspeltFor(principal, nodes));
  return problems.filter(({ why }, index) => problems.findIndex((other) => other.why === why) === index);
}

function misspeltFor(principal: Principal, nodes: Nodes): readonly AccessProblem[] {
  const found = ownMentions(principal, (policies) =>
    mentions(policies, (statement) => misspellings(statement).length > 0),
  );
  return found.flatMap((mention) =>
    misspellings(mention.statement).map(
      ({ written, meant }): AccessProblem => ({
        kind: KIND,
        why: `${statementName(mention)} allows ${written}, which is no action of Systems Manager; did you mean ${meant}?`,
        minor: meant !== "ssm:StartSession" || withinReach(nodes.seenBy(principal)).length > 0,
        place: mention.policy.written,
      }),
    ),
  );
}
