import { lazy } from "../../facts/lazy";
import type { Host, Infrastructure } from "../../infrastructure/model";
import { agentRequirements } from "../../knowledge/agent-versions";
import { hostName } from "../../program/names";
import type { AgentDiagnosis } from "../agent/agent";
import type { Remark } from "../problems";
import { problemsOf } from "../verdict";
import { type Demand, ofDocuments, ofPolicies, ofPreferences } from "./demands";

/**
 * Features that the program uses and the agent of a host is too old for, or may be. Sessions open without them, as far as
 * AWS documents it.
 */
export function featureRemarks(
  infrastructure: Infrastructure,
  agent: AgentDiagnosis,
): (host: Host) => readonly Remark[] {
  const written = lazy(() => ofPolicies(infrastructure));
  return (host) => {
    const all = [...ofPreferences(host, infrastructure), ...written(), ...ofDocuments(host, infrastructure)];
    const demands = onePerFeature(all);
    if (demands.length === 0 || agent.host(host).status !== "pass") return [];
    return demands.flatMap((demand) => judge(demand, host, agent));
  };
}

/** A feature that several things use is told of once. */
const onePerFeature = (demands: readonly Demand[]): readonly Demand[] =>
  demands.filter(({ feature }, index) => demands.findIndex((demand) => demand.feature === feature) === index);

function judge({ feature, why, isPartial = false }: Demand, host: Host, agent: AgentDiagnosis): readonly Remark[] {
  const { version } = agentRequirements[feature];
  const verdict = agent.atLeast(host, version);
  const place = { declaration: host.declaration, property: "ImageId" };
  const takes = `${why}, which takes SSM Agent ${version} or newer`;
  if (verdict.status === "unknown")
    return [{ kind: "agent-maybe-outdated", place, why: `${takes}; ${verdict.reason}` }];
  return problemsOf(verdict).flatMap((problem): readonly Remark[] =>
    problem.kind === "agent-outdated"
      ? [
          {
            kind: isPartial ? "agent-maybe-outdated" : "agent-outdated",
            place,
            why: `${takes}, and ${hostName(host)} starts with ${problem.newest} at most`,
          },
        ]
      : [],
  );
}
