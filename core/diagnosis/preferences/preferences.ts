import { chain, isNot } from "../../facts/fact";
import { memoize } from "../../facts/lazy";
import type { Host, Infrastructure, SessionDocument, SessionPreferences } from "../../infrastructure/model";
import { hostName, shortName } from "../../program/names";
import { judgeByUsers } from "../identity/launches";
import type { NetworkDiagnosis } from "../network/network";
import type { PreferencesProblem, Remark } from "../problems";
import { allOf, fail, pass, problemsOf, undecided, type Verdict } from "../verdict";
import { bucketRemarks } from "./agent-buckets";
import { type Applicable, applicableDocument } from "./applicable";
import { mistakesOf } from "./documents";
import { type Need, needsOf } from "./needs";
import { bucketKeyActions, type NeededAction, neededActions } from "./permissions";
import { judgeGrants, lostLogs } from "./permissions-verdict";
import { judgeReach, type Needed } from "./reach";
import { useOf } from "./uses";

export interface PreferencesDiagnosis {
  /** Whether sessions on the host open under the preferences that the program sets. */
  readonly host: (host: Host) => Verdict<PreferencesProblem>;
  readonly remarks: (host: Host) => readonly Remark[];
}

interface Judged {
  readonly verdict: Verdict<PreferencesProblem>;
  readonly remarks: readonly Remark[];
}

export function preferencesDiagnosis(infrastructure: Infrastructure, network: NetworkDiagnosis): PreferencesDiagnosis {
  const errorIn = memoize((document: SessionDocument) =>
    mistakesOf(document, infrastructure).find(({ level }) => level === "error"),
  );
  const neededBy = memoize(neededIn);
  const judged = memoize((host: Host): Judged => {
    const applicable = applicableDocument(infrastructure.documents, host);
    if (applicable === undefined) return { verdict: pass("the program sets no session preferences"), remarks: [] };
    const error = errorIn(applicable.document);
    return doubting(
      applicable,
      error === undefined
        ? judge(applicable.document, neededBy(applicable.document), host, network)
        : invalid(applicable, error.why),
    );
  });
  const verdictOf = (host: Host): Verdict<PreferencesProblem> => {
    const [user, ...users] = host.launches.filter(({ outOfScope }) => outOfScope === undefined);
    return user === undefined ? judged(host).verdict : judgeByUsers(host, [user, ...users], verdictOf);
  };
  const bucketsOf = bucketRemarks(infrastructure, network);
  return {
    host: verdictOf,
    remarks: (host) => {
      const { verdict, remarks } = judged(host);
      return lacksS3(host, verdict) ? remarks : [...remarks, ...bucketsOf(host)];
    },
  };
}

/** Whether it is told already that the host has no way to S3 at all. */
const lacksS3 = (host: Host, verdict: Verdict<PreferencesProblem>): boolean =>
  problemsOf(verdict).some(
    ({ kind, place }) => kind === "s3-endpoint-missing" && place.declaration === host.declaration,
  );

/** The mistake is reported of the document, so that the failure has no problem of its own. */
const invalid = ({ document }: Applicable, why: string): Judged => ({
  verdict: fail(`the session preferences in ${shortName(document.declaration)} are invalid: ${why}`, []),
  remarks: [],
});

function doubting({ document, doubt }: Applicable, judgement: Judged): Judged {
  const { verdict } = judgement;
  if (doubt === undefined || verdict.status === "pass") return judgement;
  const why = `whether ${shortName(document.declaration)} holds its session preferences is not known (${doubt}); if it does: ${verdict.reason}`;
  return { verdict: undecided(why, undefined, verdict.chain), remarks: [] };
}

/** What the preferences of a document need; nothing where they are not known. */
function neededIn(document: SessionDocument): readonly Needed[] {
  const { preferences } = document;
  if (preferences.state !== "known") return [];
  return needsOf(document, preferences.value).map((need) => ({ need, use: useOf(need, document, preferences.value) }));
}

function judge(document: SessionDocument, needed: readonly Needed[], host: Host, network: NetworkDiagnosis): Judged {
  const { preferences, declaration } = document;
  const name = `session preferences in ${shortName(declaration)}`;
  if (preferences.state !== "known") {
    const reason = preferences.state === "unknown" ? preferences.reason : "it has no content";
    return { verdict: undecided(`the ${name} are not known: ${reason}`), remarks: [] };
  }
  if (needed.length === 0) return { verdict: pass(`the ${name} write no logs and encrypt nothing`), remarks: [] };
  const reach = needed.map((one) => judgeReach(one, document, host, network));
  const needs = needed.map(({ need }) => need);
  const { verdict, remarks } = permissions(needs, document, preferences.value, host);
  return { verdict: allOf([verdict, ...reach]), remarks };
}

function permissions(
  needs: readonly Need[],
  document: SessionDocument,
  preferences: SessionPreferences,
  host: Host,
): Judged {
  const role = chain(host.identity.instanceProfile, (profile) => profile.role);
  if (role.state !== "known") {
    const why = role.state === "unknown" ? role.reason : "it has none of its own";
    return { verdict: withoutRole(needs, host, why), remarks: [] };
  }
  const actions = needs.flatMap((need) => {
    const own = neededActions(need, host, role.value, document, preferences);
    const ofKey = need.service === "s3" ? bucketKeyActions(document, host, role.value) : [];
    return [...own, ...ofKey].map((action) => inDoubt(action, need));
  });
  return {
    verdict: judgeGrants(role.value, actions, document, host),
    remarks: lostLogs(role.value, actions, document),
  };
}

function withoutRole(needs: readonly Need[], host: Host, why: string): Verdict<PreferencesProblem> {
  const decisive = needs.find(({ service, checked }) => service === "kms" || !isNot(checked, true));
  if (decisive === undefined) return pass(`sessions open whatever the role of ${hostName(host)} may do`);
  return undecided(
    `whether the role of ${hostName(host)} may use ${decisive.what} is not known: ${why}`,
    `the role of ${hostName(host)}`,
  );
}

/** Nothing is missing for what may not be used. */
function inDoubt(action: NeededAction, { doubt }: Need): NeededAction {
  if (doubt === undefined || action.grant.outcome !== "missing") return action;
  return { ...action, grant: { outcome: "open", why: `${action.grant.why}, but ${doubt}` } };
}
