import type { Fact } from "../../facts/fact";
import type { UserData } from "../../infrastructure/model";
import type { Value } from "../../program/value";
import { type AgentState, isReady, NEWEST, settle, WITHOUT_AGENT, withAgent } from "./agent-state";
import type { Packaging } from "./commands/effect";
import { ScriptFollower } from "./follow-script";
import { readInit } from "./formats/cfn-init";
import { readUserDataText } from "./formats/user-data-format";
import { Marks } from "./script/marks";

/** What decides how a machine's agent stands after its first boot, beside its image. */
export interface FirstBoot {
  readonly userData: Fact<UserData>;
  /** `AWS::CloudFormation::Init` metadata; it takes effect where the user data calls `cfn-init`. */
  readonly init: Value;
  /** The image's family as the image knowledge calls it; undefined where it is not known. */
  readonly family?: string | undefined;
  /** How the image brings the agent; undefined where it does not, or that is not known. */
  readonly packaging?: Packaging | undefined;
}

/** {@link afterUserData} that follows a text only once; the machines of a program often share theirs. */
export function userDataFollower(): typeof afterUserData {
  const followed = new Map<string, readonly AgentState[]>();
  return (boot, before) => {
    if (boot.userData.state !== "known" || boot.init.kind !== "absent") return afterUserData(boot, before);
    const key = JSON.stringify([boot.userData.value.parts, boot.family, boot.packaging, before]);
    const existing = followed.get(key);
    if (existing !== undefined) return existing;
    const states = afterUserData(boot, before);
    followed.set(key, states);
    return states;
  };
}

/**
 * Follows user data from the states an image may be in to those the machine may be in afterwards. All agree, or each
 * carries the doubt that sets them apart. Commands are taken to succeed.
 */
export function afterUserData(boot: FirstBoot, before: readonly AgentState[]): readonly AgentState[] {
  if (boot.userData.state === "absent") return before;
  const marks = new Marks();
  const follower = new ScriptFollower({
    marks,
    family: boot.family,
    packaging: boot.packaging,
    init: (configSets) => readInit(boot.init, configSets, marks),
  });
  if (boot.userData.state === "unknown")
    return follower.opaque(`its user data is not known: ${boot.userData.reason}`, before);
  const text = marks.flatten(boot.userData.value.parts);
  if (before.some(isReady) && !before.some(hasDatedAgent) && isWithoutBearing(text)) return before;
  const statement = readUserDataText(text, marks);
  const states = follower.script(statement, before);
  if (!follower.isCutShort) return states;
  return settle(states, [...states, withAgent(NEWEST), WITHOUT_AGENT], "its user data runs on too long to be followed");
}

/** `yum update` may bring a newer agent than that of an old image. */
const hasDatedAgent = ({ version }: AgentState): boolean => version.kind === "release";

/** The names of the agent and of what brings it to Ubuntu, metadata that may hold them, and what hides them. */
const BEARING = /ssm|snapd|cfn-init|base64|encoded|^\s*H4sI|\[settings/i;

/**
 * Most user data does not speak of the agent at all. It can install one where there is none, by a script from elsewhere,
 * but it does not take away one that may be there. Text without a blank may be base64.
 */
const isWithoutBearing = (text: string): boolean =>
  !BEARING.test(text) && !text.startsWith(GZIP) && /\s\S*[ \t]/.test(text);

const GZIP = "\u001f";
