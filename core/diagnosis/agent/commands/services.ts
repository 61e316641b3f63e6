import type { AgentEffect } from "../agent-state";
import { byName } from "./by-name";
import { type CommandEffect, type Invocation, namesAgent, namesAgentService, ofPackaging } from "./effect";

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

const MANAGERS = byName<Verbs>({
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
});

/** Commands that are a verb themselves: upstart's `stop amazon-ssm-agent`, PowerShell's `Stop-Service`. */
const VERB_COMMANDS = byName<readonly EffectKind[]>({
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
});

/** What a service manager does to the agent; undefined when the command is none, or not about the agent. */
export function serviceEffects(invocation: Invocation): readonly CommandEffect[] | undefined {
  const isSnap = invocation.program === "snap" || invocation.arguments.some((word) => word.startsWith("snap."));
  return agentServiceEffects(invocation)?.map((each) =>
    ofPackaging(each, isSnap ? "snap" : "package", invocation.packaging),
  );
}

function agentServiceEffects(invocation: Invocation): readonly AgentEffect[] | undefined {
  const { program, arguments: words } = invocation;
  const restart = machineRestart(program, words);
  if (restart !== undefined) return restart;
  if (/init\.d[/\\]amazon-ssm-agent$/.test(invocation.path)) return effectsOfVerbs(SERVICE, words);
  if (program === "sysrc") return freebsdSetting(words);
  if (!words.some(isAgentService)) return undefined;
  if (program === "set-service") return setService(words);
  if (program === "sc" && words.some((word) => /^config$/i.test(word))) return serviceControlConfig(words);
  const own = VERB_COMMANDS.get(program);
  if (own !== undefined) return own.map(effect);
  const verbs = MANAGERS.get(program);
  return verbs === undefined ? undefined : effectsOfVerbs(verbs, words);
}

/** `sysrc amazon_ssm_agent_enable=YES` */
function freebsdSetting(words: readonly string[]): readonly AgentEffect[] | undefined {
  const setting = /^amazon_ssm_agent_enable="?(\w+)"?$/i.exec(words[0] ?? "")?.[1];
  if (setting === undefined) return undefined;
  return [effect(/^(yes|true)$/i.test(setting) ? "enable" : "disable")];
}

/** `systemctl stop "amazon-ssm-agent"`, `launchctl unload …/com.amazon.aws.ssm.plist`. */
const isAgentService = (word: string): boolean =>
  namesAgentService(word) || /com\.amazon\.aws\.ssm(\.plist)?$/.test(word) || /^amazon ssm agent$/i.test(word);

const effect = (kind: EffectKind): AgentEffect => ({ kind });

function effectsOfVerbs(verbs: Verbs, words: readonly string[]): readonly AgentEffect[] | undefined {
  const lower = words.map((word) => word.toLowerCase());
  const verb = lower.find((word) => Object.hasOwn(verbs, word));
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

function machineRestart(program: string, written: readonly string[]): readonly AgentEffect[] | undefined {
  const words = written.map((word) => word.toLowerCase());
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
