import { lazy } from "../facts/lazy";
import type { Host, Infrastructure } from "../infrastructure/model";
import { accessProblems } from "./access/access";
import { agentDiagnosis } from "./agent/agent";
import { customResourceDoubts } from "./custom-resources";
import { healthDiagnosis } from "./health/health";
import { identityDiagnosis } from "./identity/identity";
import { networkDiagnosis } from "./network/network";
import type { DocumentProblem } from "./preferences/document-problem";
import { documentProblems } from "./preferences/documents";
import { preferencesDiagnosis } from "./preferences/preferences";
import type {
  AccessProblem,
  AgentProblem,
  DiagnosisOptions,
  NetworkProblem,
  PermissionsProblem,
  PreferencesProblem,
  ProfileProblem,
  Remark,
} from "./problems";
import { type RegionMismatch, regionMismatches } from "./region/region";
import { allOf, undecided, type Verdict } from "./verdict";

/** The links of the chain and what can be wrong with each. */
export interface LinkProblems {
  readonly instanceProfile: ProfileProblem;
  readonly permissions: PermissionsProblem;
  readonly agent: AgentProblem;
  readonly network: NetworkProblem;
  readonly preferences: PreferencesProblem;
}

export type LinkName = keyof LinkProblems;

export const LINKS: readonly LinkName[] = ["instanceProfile", "permissions", "agent", "network", "preferences"];

export type Links = { readonly [L in LinkName]: Verdict<LinkProblems[L]> };

export interface HostDiagnosis {
  readonly host: Host;
  readonly links: Links;
  readonly remarks: readonly Remark[];
}

export interface Diagnosis {
  readonly infrastructure: Infrastructure;
  readonly hosts: readonly HostDiagnosis[];
  readonly access: readonly AccessProblem[];
  /** What is wrong with session documents themselves. */
  readonly documents: readonly DocumentProblem[];
  readonly regions: readonly RegionMismatch[];
}

/**
 * Judges the hosts of a program, link by link; `judges` says which, by default all.
 * Pure: the same infrastructure and options give the same diagnosis.
 */
export function diagnose(
  infrastructure: Infrastructure,
  options: DiagnosisOptions,
  judges: (host: Host) => boolean = () => true,
): Diagnosis {
  const network = networkDiagnosis(infrastructure);
  const identity = identityDiagnosis(infrastructure, network.endpointOf);
  const preferences = preferencesDiagnosis(infrastructure, network);
  const agent = agentDiagnosis(infrastructure, options);
  const health = healthDiagnosis(infrastructure, agent, network, options);
  const unlessMended = customResourceDoubts(infrastructure);
  const hosts = infrastructure.hosts.filter(judges).map((host): HostDiagnosis => {
    if (host.outOfScope !== undefined) return { host, links: outOfScope(host.outOfScope), remarks: [] };
    const overVariants = <P>(judge: (variant: Host) => Verdict<P>): Verdict<P> => allVariants(host, judge);
    const profile = overVariants((variant) => identity(variant).instanceProfile);
    const permissions = overVariants((variant) => identity(variant).permissions);
    return {
      host,
      links: {
        instanceProfile: unlessMended(host, "instanceProfile", profile),
        permissions: unlessMended(host, "permissions", permissions),
        agent: unlessMended(host, "agent", overVariants(agent.host)),
        // Its places are those of all variants.
        network: unlessMended(host, "network", network.host(host)),
        preferences: overVariants(preferences.host),
      },
      remarks: [...preferences.remarks(host), ...health(host)],
    };
  });
  const access = lazy(() => accessProblems(infrastructure, options.people));
  const documents = lazy(() => documentProblems(infrastructure));
  const regions = lazy(() => regionMismatches(infrastructure));
  return {
    infrastructure,
    hosts,
    get access() {
      return access();
    },
    get documents() {
      return documents();
    },
    get regions() {
      return regions();
    },
  };
}

/** One launch template or specification that fails fails the host: machines launched from it have no session. */
function allVariants<P>(host: Host, judge: (variant: Host) => Verdict<P>): Verdict<P> {
  const { variants } = host;
  if (variants.length === 0) return judge(host);
  const [first, ...others] = new Map(variants.map(judge).map(byReason)).values();
  return first === undefined ? judge(host) : allOf([first, ...others]);
}

const byReason = <P>(verdict: Verdict<P>): readonly [string, Verdict<P>] => [
  `${verdict.status} ${verdict.reason}`,
  verdict,
];

function outOfScope(reason: string): Links {
  const verdict = undecided(`not judged: ${reason}`);
  return { instanceProfile: verdict, permissions: verdict, agent: verdict, network: verdict, preferences: verdict };
}
