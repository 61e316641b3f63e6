import { principalName } from "../diagnosis/access/caller";
import { isForPeople } from "../diagnosis/access/people";
import { sayCheck, sayDecision } from "../diagnosis/access/said";
import { type AccessCheck, type AccessStatus, mayStartSession, statementOf } from "../diagnosis/access/start-session";
import { hostTarget } from "../diagnosis/access/target";
import { memoize } from "../facts/lazy";
import { buildInfrastructure } from "../infrastructure/build";
import { isPrincipalCalled } from "../infrastructure/called";
import type { Host, Infrastructure, Principal, PrincipalKind } from "../infrastructure/model";
import type { Declaration, DeclarationHead, Reading, Scenario } from "../program/declaration";
import { hostName } from "../program/names";
import { type NotFound, notFound } from "./not-found";

export interface AccessAnswer {
  readonly principal: Declaration;
  readonly kind: PrincipalKind;
  /** `user Alice` */
  readonly name: string;
  readonly status: AccessStatus;
  readonly reason: string;
  /** For an open one: the statement that would decide it. */
  readonly missing?: string;
  /** What starting a session takes, one by one. */
  readonly checks: readonly AccessLink[];
  /** What a session takes later on. */
  readonly later: readonly AccessLink[];
}

export interface AccessLink {
  readonly action: string;
  readonly on: string;
  readonly status: AccessStatus;
  readonly reason: string;
  /** The statement that decides, and where it stands. */
  readonly statement?: { readonly text: string; readonly declaration: Declaration; readonly property?: string };
}

/** A host and a principal in one way that their programs can turn out. */
interface Case {
  readonly when: string | undefined;
  readonly incomplete: string | undefined;
  readonly host: Host;
  readonly principal: Principal;
  readonly infrastructure: Infrastructure;
}

type Found = NotFound | { readonly kind: "answer"; readonly answer: AccessAnswer };

/**
 * Whether a person may start a session on a host. People are often declared apart from hosts, in programs that do not
 * refer to each other.
 */
export function accessAnswer(
  reading: Reading,
  host: DeclarationHead,
  user: string,
  document: string | undefined,
): Found {
  const built = memoize((scenario: Scenario) => buildInfrastructure(scenario.program));
  const principals = reading.units.flat().flatMap((scenario) => built(scenario).principals);
  const called = principals.filter((principal) => isPrincipalCalled(principal, user));
  const found = [...new Map(called.map((principal) => [principal.declaration.id, principal])).values()];
  const [principal, ...others] = found;
  if (principal === undefined || others.length > 0) {
    const people = principals.filter(isForPeople).map(({ declaration }) => declaration);
    return notFound("user", user, found, people);
  }
  const cases = casesOf(reading, host, principal.declaration, built);
  return {
    kind: "answer",
    answer: merge(
      principal,
      cases.map((one) => judgeCase(one, document)),
    ),
  };
}

function casesOf(
  reading: Reading,
  host: DeclarationHead,
  principal: Declaration,
  built: (scenario: Scenario) => Infrastructure,
): readonly Case[] {
  const unitOf = ({ id }: DeclarationHead) =>
    reading.units.find((unit) => unit.some(({ program }) => program.declarations.some((one) => one.id === id))) ?? [];
  const [hostUnit, principalUnit] = [unitOf(host), unitOf(principal)];
  return hostUnit
    .filter(({ hosts }) => hosts?.has(host.id) ?? true)
    .flatMap((scenario) =>
      hostUnit === principalUnit ? [[scenario, scenario]] : principalUnit.map((other) => [scenario, other]),
    )
    .flatMap(([ofHost, ofPrincipal]): readonly Case[] => {
      if (ofHost === undefined || ofPrincipal === undefined) return [];
      const infrastructure = built(ofHost);
      const entity = infrastructure.hosts.find(({ declaration }) => declaration.id === host.id);
      const person = built(ofPrincipal).principals.find(({ declaration }) => declaration.id === principal.id);
      if (entity === undefined || person === undefined) return [];
      const when = [...new Set([ofHost.when, ofPrincipal.when])].filter((text) => text !== undefined).join(" and ");
      const incomplete = ofPrincipal.program.incomplete ?? ofHost.program.incomplete;
      return [{ when: when === "" ? undefined : when, incomplete, host: entity, principal: person, infrastructure }];
    });
}

type Judged = Omit<AccessAnswer, "principal" | "kind" | "name"> & { readonly when: string | undefined };

function judgeCase({ when, incomplete, host, principal, infrastructure }: Case, document: string | undefined): Judged {
  const decision = mayStartSession(principal, hostTarget(host), infrastructure.documents, document);
  const said = sayDecision(principal, hostName(host), decision);
  const parts = { when, checks: decision.checks.map(linkOf), later: decision.later.map(linkOf) };
  if (said.status !== "fail" || incomplete === undefined) return { ...said, ...parts };
  return { ...parts, status: "unknown", reason: `${said.reason}, but ${incomplete}` };
}

function linkOf(check: AccessCheck): AccessLink {
  const [by] = statementOf(check.decision);
  const { status, reason } = sayCheck(check);
  const statement =
    by === undefined
      ? undefined
      : {
          text: by.text,
          declaration: by.declaration,
          ...(by.property === undefined ? {} : { property: by.property }),
        };
  return { action: check.action, on: check.on, status, reason, ...(statement === undefined ? {} : { statement }) };
}

/** What all cases agree on; where they differ it is open, and the reason names a case. */
function merge(principal: Principal, cases: readonly Judged[]): AccessAnswer {
  const who = { principal: principal.declaration, kind: principal.kind, name: principalName(principal) };
  const decisive =
    cases.find(({ status }) => status === "fail") ?? cases.find(({ status }) => status === "unknown") ?? cases[0];
  if (decisive === undefined) {
    const reason = `no way that the program can turn out has both ${who.name} and the host`;
    return { ...who, status: "unknown", reason, checks: [], later: [] };
  }
  const { when, ...judged } = decisive;
  if (cases.every(({ status }) => status === decisive.status)) return { ...who, ...judged };
  return { ...who, ...judged, status: "unknown", reason: `when ${when ?? "conditions say so"}, ${judged.reason}` };
}
