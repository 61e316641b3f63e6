import { chain, isNot } from "../../facts/fact";
import { memoize } from "../../facts/lazy";
import type { Host, Infrastructure, SessionDocument, SessionPreferences } from "../../infrastructure/model";
import { hostName, shortName } from "../../program/names";
import { judgeByUsers } from "../identity/launches";
import type { NetworkDiagnosis } from "../network/network";
import type { PreferencesProblem, Remark } from "../problems";
import { allOf, fail, pass, undecided, type Verdict } from "../verdict";
import { type Applicable, applicableDocument } from "./applicable";
import { mistakesOf } from "./documents";
import { type Need, needsOf } from "./needs";
import { bucketKeyActions, type NeededAction, neededActions } from "./permissions";
import { judgeGrants, lostLogs } from "./permissions-verdict";
import { judgeReach } from "./reach";

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
  const judged = memoize((host: Host): Judged => {
    const applicable = applicableDocument(infrastructure.documents, host);
    if (applicable === undefined) {
      return { verdict: pass("the program sets no session preferences"), remarks: updates(host, network) };
    }
    const error = errorIn(applicable.document);
    return doubting(
      applicable,
      error === undefined ? judge(applicable.document, host, network) : invalid(applicable, error.why),
    );
  });
  const verdictOf = (host: Host): Verdict<PreferencesProblem> => {
    const [user, ...users] = host.launches.filter(({ outOfScope }) => outOfScope === undefined);
    return user === undefined ? judged(host).verdict : judgeByUsers(host, [user, ...users], verdictOf);
  };
  return { host: verdictOf, remarks: (host) => judged(host).remarks };
}

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

function judge(document: SessionDocument, host: Host, network: NetworkDiagnosis): Judged {
  const { preferences, declaration } = document;
  const name = `session preferences in ${shortName(declaration)}`;
  if (preferences.state !== "known") {
    const reason = preferences.state === "unknown" ? preferences.reason : "it has no content";
    return { verdict: undecided(`the ${name} are not known: ${reason}`), remarks: [] };
  }
  const [first, ...others] = needsOf(document, preferences.value);
  if (first === undefined) return { verdict: pass(`the ${name} write no logs and encrypt nothing`), remarks: [] };
  const needs = [first, ...others] as const;
  const reach = needs.map((need) => judgeReach(need, document, host, network));
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

/** The agent updates itself through S3. Worth a remark only where sessions work without a way there. */
function updates(host: Host, network: NetworkDiagnosis): readonly Remark[] {
  if (network.host(host).status !== "pass") return [];
  const s3 = network.s3(host);
  if (s3.status !== "fail") return [];
  return [
    {
      kind: "updates-unreachable",
      place: { declaration: host.declaration },
      why: `the SSM Agent fetches its updates from S3, and the host has no way there: ${s3.reason}`,
    },
  ];
}
