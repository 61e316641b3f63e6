import { is } from "../../facts/fact";
import { lazy } from "../../facts/lazy";
import type { Host, Infrastructure, SessionDocument } from "../../infrastructure/model";
import { type AgentFeature, agentRequirements } from "../../knowledge/agent-versions";
import { hostName, shortName } from "../../program/names";
import { asString, at } from "../../program/read";
import { mentions, namesAction, sessionDocumentsIn, statementName } from "../access/mentions";
import type { AgentDiagnosis } from "../agent/agent";
import { applicableDocument } from "../preferences/applicable";
import type { Remark } from "../problems";
import { problemsOf } from "../verdict";

/** Something of the program that takes an agent of a certain age. */
interface Demand {
  readonly feature: AgentFeature;
  /** A clause: `session preferences in Preferences stream logs`. */
  readonly why: string;
  /** Some sessions need it, and whether to this host is not looked into. */
  readonly isPartial?: boolean;
}

/**
 * Features that the program uses and the agent of a host is too old for, or may be. Sessions open without them, as far as
 * AWS documents it.
 */
export function featureRemarks(
  infrastructure: Infrastructure,
  agent: AgentDiagnosis,
): (host: Host) => readonly Remark[] {
  const ofPeople = lazy(() => remoteForwarding(infrastructure));
  return (host) => {
    const applicable = applicableDocument(infrastructure.documents, host);
    const ofDocument = applicable === undefined || applicable.doubt !== undefined ? [] : preferred(applicable.document);
    const demands = [...ofDocument, ...ofPeople()];
    if (demands.length === 0 || agent.host(host).status !== "pass") return [];
    return demands.flatMap((demand) => judge(demand, host, agent));
  };
}

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

function preferred({ declaration, preferences }: SessionDocument): readonly Demand[] {
  if (preferences.state !== "known") return [];
  const { inputs, kmsKeyId, cloudWatchStreamingEnabled, cloudWatchLogGroupName, runAsEnabled } = preferences.value;
  const streams = is(cloudWatchStreamingEnabled, true) && cloudWatchLogGroupName.state === "known";
  const hasProfile = ["linux", "windows"].some((system) => {
    const commands = asString(at(inputs, "shellProfile", system));
    return commands.state === "known" && commands.value !== "";
  });
  const used: readonly (readonly [boolean, AgentFeature, string])[] = [
    [kmsKeyId.state === "known", "kmsSessionEncryption", "encrypt session data with a KMS key"],
    [streams, "cloudWatchStreaming", "stream logs to CloudWatch Logs"],
    [is(runAsEnabled, true), "runAs", "run sessions as a user of the system"],
    [hasProfile, "shellProfiles", "run a shell profile"],
  ];
  const name = `session preferences in ${shortName(declaration)}`;
  return used.flatMap(([isUsed, feature, does]) => (isUsed ? [{ feature, why: `${name} ${does}` }] : []));
}

const REMOTE_FORWARDING = "AWS-StartPortForwardingSessionToRemoteHost";

function remoteForwarding({ principals }: Infrastructure): readonly Demand[] {
  const [mention] = mentions(
    principals.flatMap(({ policies }) => policies),
    (statement) =>
      namesAction(statement, "ssm:StartSession") && sessionDocumentsIn(statement).includes(REMOTE_FORWARDING),
  );
  if (mention === undefined) return [];
  const why = `${statementName(mention)} allows ${REMOTE_FORWARDING}`;
  return [{ feature: "remoteHostPortForwarding", why, isPartial: true }];
}
