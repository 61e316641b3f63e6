import type { UserData } from "../../infrastructure/model";
import { NOTHING, type Value } from "../../program/value";
import { unpacked } from "./formats/encoding";
import { isMime, mimeParts } from "./formats/mime";
import { Marks } from "./script/marks";

export interface ProxySetting {
  /**
   * `agent`: the agent's own service gets the proxy. `machine`: every service may. `commands`: the shell or a package
   * manager, which the agent does not ask; it hints that the machine has no other way out.
   */
  readonly scope: "agent" | "machine" | "commands";
  /** The lines that set it, as written. */
  readonly lines: readonly string[];
  /** Whether addresses are excepted from it, that of the instance metadata service among them. */
  readonly sparesMetadata: boolean;
}

/** `https_proxy=http://proxy:3128`, `SetEnvironmentVariable("HTTPS_PROXY", "http://…")`, `proxy=http://…` of yum. */
const SETS_PROXY =
  /\bhttps?_proxy["']?\s*[=,:]\s*\S|winhttp\s+set\s+proxy|set\s+https?_proxy\s+\S|^\s*proxy\s*=\s*\S|Acquire::https?::Proxy/i;
const REMOVES_PROXY = /\bunset\b|https?_proxy\s*=\s*(["']{2})?\s*$/i;
/** The agent's credentials come from there. Source: Systems Manager user guide, "Configuring SSM Agent to use a proxy". */
const SPARES_METADATA = /\bno_proxy\b.*169\.254\.169\.254/i;
const COMMENT = /^\s*(#|rem\b|::)/i;
const OF_THE_AGENT =
  /amazon-ssm-agent[\w.-]*\.(service\.)?d\/|systemctl\s+edit\s+\S*amazon-ssm-agent|amazon-ssm-agent\.override|Services\\AmazonSSMAgent/i;
const OF_THE_MACHINE =
  /DefaultEnvironment|["']Machine["']|\bsetx\b.*\/m\b|winhttp\s+set\s+proxy|\/etc\/environment|EnvironmentVariableTarget\]::Machine|launchctl\s+setenv/i;

/**
 * The proxy that user data or cfn-init metadata sets, the one closest to the agent; undefined where they set none.
 * Source: Systems Manager user guide, "Configuring SSM Agent to use a proxy".
 */
export function setsProxy(userData: UserData, init: Value = NOTHING): ProxySetting | undefined {
  const marks = new Marks();
  const texts = [...plainTexts(marks.flatten(userData.parts)), ...textsIn(init, marks)];
  const settings = texts.flatMap((text) => settingsIn(text, marks));
  return ["agent", "machine", "commands"]
    .map((scope) => settings.find((setting) => setting.scope === scope))
    .find((setting) => setting !== undefined);
}

function plainTexts(packed: string): readonly string[] {
  const text = unpacked(packed) ?? "";
  return isMime(text) ? mimeParts(text).map((part) => unpacked(part.content) ?? "") : [text];
}

function textsIn(value: Value, marks: Marks): readonly string[] {
  if (value.kind === "literal") return [String(value.value)];
  if (value.kind === "text") return [marks.flatten(value.parts)];
  if (value.kind === "list") return value.items.flatMap((item) => textsIn(item, marks));
  return value.kind === "record"
    ? [...value.entries].flatMap(([key, item]) => textsIn(item, marks).map((text) => `${key}\n${text}`))
    : [];
}

function settingsIn(text: string, marks: Marks): readonly ProxySetting[] {
  const lines = text.split(/\r?\n/).filter((line) => !COMMENT.test(line));
  const code = lines.join("\n");
  const setting = lines.filter((line) => SETS_PROXY.test(line) && !REMOVES_PROXY.test(line));
  if (setting.length === 0) return [];
  const scope = OF_THE_AGENT.test(code) ? "agent" : OF_THE_MACHINE.test(code) ? "machine" : "commands";
  const shown = setting.map((line) => marks.show(line).trim());
  return [{ scope, lines: shown, sparesMetadata: SPARES_METADATA.test(code) }];
}
