import type { AgentEffect } from "../agent-state";
import { type CommandEffect, type Invocation, namesAgent, namesAgentService } from "./effect";

type EffectKind = Exclude<AgentEffect["kind"], "install" | "upgrade">;

/** What each verb of a service manager does, in order. */
type Verbs = Readonly<Record<string, readonly EffectKind[]>>;

const SYSTEMCTL: Verbs = {
  start: ["start"],
  restart: ["start"],
  "reload-or-restart": ["start"],
  stop: ["stop"],
  kill: [],
  enable: ["enable"],
  reenable: ["enable"],
  preset: ["enable"],
  disable: ["disable"],
  mask: ["mask"],
  unmask: ["unmask"],
};

const SERVICE: Verbs = { start: ["start"], restart: ["start"], stop: ["stop"] };
/** `snap stop` and `snap start` leave the next boot alone unless told with `--disable`, `--enable`. */
const SNAP: Verbs = { ...SERVICE, enable: ["enable", "start"], disable: ["disable", "stop"] };
const CHKCONFIG: Verbs = { on: ["enable"], off: ["disable"], "--add": ["enable"], "--del": ["disable"] };
const RC: Verbs = { defaults: ["enable"], enable: ["enable"], disable: ["disable"], remove: ["disable"] };
const LAUNCHCTL: Verbs = {
  load: ["start"],
  bootstrap: ["start"],
  kickstart: ["start"],
  start: ["start"],
  unload: ["stop"],
  bootout: ["stop"],
  stop: ["stop"],
  enable: ["enable"],
  disable: ["disable"],
};
const WINDOWS_SC: Verbs = { start: ["start"], stop: ["stop"], delete: ["remove"] };

const MANAGERS: Readonly<Record<string, Verbs>> = {
  systemctl: SYSTEMCTL,
  service: SERVICE,
  "rc-service": SERVICE,
  "invoke-rc.d": SERVICE,
  initctl: SERVICE,
  snap: SNAP,
  chkconfig: CHKCONFIG,
  "update-rc.d": RC,
  launchctl: LAUNCHCTL,
  net: SERVICE,
  sc: { ...WINDOWS_SC, config: [] },
};

/** Commands that are a verb themselves: upstart's `stop amazon-ssm-agent`, PowerShell's `Stop-Service`. */
const VERB_COMMANDS: Readonly<Record<string, readonly EffectKind[]>> = {
  start: ["start"],
  restart: ["start"],
  stop: ["stop"],
  "start-service": ["start"],
  "restart-service": ["start"],
  sasv: ["start"],
  "stop-service": ["stop"],
  spsv: ["stop"],
  "suspend-service": ["stop"],
  "remove-service": ["remove"],
};

/** What a service manager does to the agent; undefined when the command is none, or not about the agent. */
export function serviceEffects(invocation: Invocation): readonly CommandEffect[] | undefined {
  const restart = machineRestart(invocation);
  if (restart !== undefined) return restart;
  const words = invocation.arguments;
  // FreeBSD's `sysrc amazon_ssm_agent_enable=YES`.
  const enabled = /^amazon_ssm_agent_enable="?(\w+)"?$/i.exec(words[0] ?? "")?.[1];
  if (invocation.program === "sysrc" && enabled !== undefined)
    return [effect(/^(yes|true)$/i.test(enabled) ? "enable" : "disable")];
  const script = /init\.d[/\\]amazon-ssm-agent$/.test(invocation.path);
  if (!script && !words.some(isAgentService)) return undefined;
  if (script) return effectsOfVerbs(SERVICE, words);
  if (invocation.program === "set-service") return setService(words);
  if (invocation.program === "sc" && words.some((word) => /^config$/i.test(word))) return serviceControlConfig(words);
  const own = VERB_COMMANDS[invocation.program];
  if (own !== undefined) return own.map(effect);
  const verbs = MANAGERS[invocation.program];
  return verbs === undefined ? undefined : effectsOfVerbs(verbs, words);
}

/** `systemctl stop "amazon-ssm-agent"`, `launchctl unload …/com.amazon.aws.ssm.plist`. */
const isAgentService = (word: string): boolean =>
  namesAgentService(word) || /com\.amazon\.aws\.ssm(\.plist)?$/.test(word) || /^amazon ssm agent$/i.test(word);

const effect = (kind: EffectKind): AgentEffect => ({ kind });

function effectsOfVerbs(verbs: Verbs, words: readonly string[]): readonly AgentEffect[] | undefined {
  const lower = words.map((word) => word.toLowerCase());
  const verb = lower.find((word) => verbs[word] !== undefined);
  if (verb === undefined) return undefined;
  return [...(verbs[verb] ?? []), ...alsoNow(verb, lower)].map(effect);
}

/** `systemctl enable --now`, `snap stop --disable`, `launchctl unload -w`. */
function alsoNow(verb: string, words: readonly string[]): readonly EffectKind[] {
  if (words.includes("--now")) {
    if (verb === "enable" || verb === "reenable") return ["start"];
    if (verb === "disable" || verb === "mask") return ["stop"];
  }
  if (words.includes("--disable")) return ["disable"];
  if (words.includes("--enable")) return ["enable"];
  if (words.includes("-w")) return verb === "unload" ? ["disable"] : ["enable"];
  return [];
}

/** `Set-Service AmazonSSMAgent -StartupType Disabled -Status Stopped`. */
function setService(words: readonly string[]): readonly AgentEffect[] {
  const text = words.join(" ");
  const startup = /-start\w*[ :]+["']?(\w+)/i.exec(text)?.[1]?.toLowerCase();
  const status = /-status[ :]+["']?(\w+)/i.exec(text)?.[1]?.toLowerCase();
  const effects: EffectKind[] = [];
  if (startup === "disabled" || startup === "manual") effects.push("disable");
  if (startup?.startsWith("automatic") === true) effects.push("enable");
  if (status === "stopped" || status === "paused") effects.push("stop");
  if (status === "running") effects.push("start");
  return effects.map(effect);
}

/** `sc config AmazonSSMAgent start= disabled`. */
function serviceControlConfig(words: readonly string[]): readonly AgentEffect[] {
  const startup = /start=\s*([\w-]+)/i.exec(words.join(" "))?.[1]?.toLowerCase();
  if (startup === "disabled" || startup === "demand") return [{ kind: "disable" }];
  return startup === "auto" || startup === "delayed-auto" ? [{ kind: "enable" }] : [];
}

function machineRestart(invocation: Invocation): readonly AgentEffect[] | undefined {
  const { program } = invocation;
  const words = invocation.arguments.map((word) => word.toLowerCase());
  const restarts =
    program === "reboot" ||
    program === "restart-computer" ||
    (program === "shutdown" && words.some((word) => /^[-/]r/.test(word))) ||
    ((program === "init" || program === "telinit") && words.includes("6")) ||
    (program === "systemctl" && words.includes("reboot"));
  return restarts ? [{ kind: "restartMachine" }] : undefined;
}

/** A command that takes the agent's own program away: `rm -f /usr/bin/amazon-ssm-agent`. */
export function deletionEffects(invocation: Invocation): readonly AgentEffect[] | undefined {
  if (invocation.program !== "rm" && invocation.program !== "remove-item") return undefined;
  const agentProgram =
    /^\/usr\/(s?bin|lib\/systemd\/system)\/amazon-ssm-agent(\.service)?$|\\amazon\\ssm\\amazon-ssm-agent\.exe$/i;
  return invocation.arguments.some((word) => agentProgram.test(word) && namesAgent(word)) ? [{ kind: "remove" }] : [];
}
