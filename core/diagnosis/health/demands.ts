import { is } from "../../facts/fact";
import type { Host, Infrastructure, SessionDocument } from "../../infrastructure/model";
import type { AgentFeature } from "../../knowledge/agent-versions";
import { shortName } from "../../program/names";
import { asString, at } from "../../program/read";
import type { RecordValue } from "../../program/value";
import { mentions, namesAction, sessionDocumentsIn, statementName } from "../access/mentions";
import { applicableDocument, inOtherRegion } from "../preferences/applicable";

/** Something that takes an agent of a certain age. */
export interface Demand {
  readonly feature: AgentFeature;
  /** A clause: `session preferences in Preferences stream logs`. */
  readonly why: string;
  /** Some sessions need it, and whether to this host is not looked into. */
  readonly isPartial?: boolean;
}

/** What the preferences of sessions on a host ask of its agent. */
export function ofPreferences(host: Host, { documents }: Infrastructure): readonly Demand[] {
  const applicable = applicableDocument(documents, host);
  return applicable === undefined || applicable.doubt !== undefined ? [] : preferred(applicable.document);
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

/** What people may use of AWS's own documents. */
export function ofPolicies({ principals }: Infrastructure): readonly Demand[] {
  const [mention] = mentions(
    principals.flatMap(({ policies }) => policies),
    (statement) =>
      namesAction(statement, "ssm:StartSession") && sessionDocumentsIn(statement).includes(REMOTE_FORWARDING),
  );
  if (mention === undefined) return [];
  const why = `${statementName(mention)} allows ${REMOTE_FORWARDING}`;
  return [{ feature: "remoteHostPortForwarding", why, isPartial: true }];
}

/**
 * What session documents of the program ask of the agents in their region. Which hosts they are meant for no program tells.
 * Source: Systems Manager user guide, "Session document schema".
 */
export const ofDocuments = (host: Host, { documents }: Infrastructure): readonly Demand[] =>
  documents
    .filter(({ declaration }) => !inOtherRegion(declaration, host.declaration))
    .flatMap((document) => demandOf(document) ?? []);

function demandOf({ declaration, body }: SessionDocument): Demand | undefined {
  const used = body.state === "known" ? featureOf(body.value) : undefined;
  if (used === undefined) return undefined;
  const [feature, does] = used;
  return { feature, why: `session document ${shortName(declaration)} ${does}`, isPartial: true };
}

function featureOf(content: RecordValue): readonly [AgentFeature, does: string] | undefined {
  const type = asString(at(content, "sessionType"));
  if (type.state !== "known") return undefined;
  switch (type.value) {
    case "InteractiveCommands":
      return ["interactiveCommands", "runs interactive commands"];
    case "NonInteractiveCommands":
      return ["nonInteractiveCommands", "runs non-interactive commands"];
    case "Port":
      return leavesHost(content)
        ? ["remoteHostPortForwarding", "forwards ports to another host"]
        : ["sshAndPortForwarding", "forwards ports"];
    default:
      return undefined;
  }
}

/** Where an agent that knows no other host connects to all the same. */
const HOST_ITSELF = ["", "localhost", "127.0.0.1", "::1"];

function leavesHost(content: RecordValue): boolean {
  const host = asString(at(content, "properties", "host"));
  if (host.state === "known") return !HOST_ITSELF.includes(host.value.trim().toLowerCase());
  return host.state === "unknown" && at(content, "properties").kind === "record";
}
