import type { Marks } from "../script/marks";
import { parseShell } from "../script/shell";
import { command, type Statement } from "../script/statement";
import { isRecord, parseYamlMap } from "./yaml";

/** When cloud-init runs something, in this order. Source: cloud-init documentation, "Boot stages" and "Modules". */
export const PHASES = ["bootcmd", "files", "snap", "packages", "scripts", "runcmd", "restart"] as const;
export type Phase = (typeof PHASES)[number];

export interface PhasedStatement {
  readonly phase: Phase;
  readonly statement: Statement;
}

/** What a `#cloud-config` text makes cloud-init do. One that is no YAML map is opaque. */
export function readCloudConfig(text: string, marks: Marks): readonly PhasedStatement[] {
  const config = parseYamlMap(text);
  if (config === undefined) {
    return [{ phase: "runcmd", statement: { kind: "opaque", why: "it is a cloud-config that cannot be read" } }];
  }
  const snap = config.snap;
  return [
    ...commandsOf(config.bootcmd, "bootcmd", marks),
    ...filesOf(config.write_files),
    ...commandsOf(isRecord(snap) ? snap.commands : undefined, "snap", marks),
    ...packagesOf(config),
    ...commandsOf(config.runcmd, "runcmd", marks),
    ...restartOf(config.power_state),
  ];
}

/** A list of shell lines and of argument lists, or a map of them by key, which cloud-init joins into one script. */
function commandsOf(value: unknown, phase: Phase, marks: Marks): readonly PhasedStatement[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : isRecord(value) ? Object.values(value) : [value];
  const lines = items.map((item) => (Array.isArray(item) ? item.map(String).map(quoted).join(" ") : item));
  const script = lines
    .filter((line) => typeof line === "string")
    .map((line) => (phase === "snap" ? withSnap(line) : line));
  return script.length === 0 ? [] : [{ phase, statement: parseShell(script.join("\n"), marks) }];
}

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** `snap: commands:` may leave the word `snap` out. */
const withSnap = (line: string): string => (/^\s*'?snap'?\s/.test(line) ? line : `snap ${line}`);

function filesOf(value: unknown): readonly PhasedStatement[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).flatMap((file): readonly PhasedStatement[] => {
    const path = file.path;
    const content = file.content;
    if (typeof path !== "string" || typeof content !== "string") return [];
    const isEncoded = typeof file.encoding === "string" && /^(b64|base64)$/.test(file.encoding);
    const text = isEncoded ? Buffer.from(content, "base64").toString("utf8") : content;
    return [{ phase: "files", statement: { kind: "writeFile", path, content: text } }];
  });
}

function packagesOf(config: Readonly<Record<string, unknown>>): readonly PhasedStatement[] {
  const statements: Statement[] = [];
  if (config.package_upgrade === true || config.apt_upgrade === true) {
    statements.push(command(["cloud-init-packages", "upgrade"], "package_upgrade: true"));
  }
  const packages: readonly unknown[] = Array.isArray(config.packages) ? config.packages : [];
  for (const item of packages) {
    if (typeof item === "string") statements.push(install("cloud-init-packages", item));
    else if (Array.isArray(item)) statements.push(install("cloud-init-packages", item.map(String).join("-")));
    else if (isRecord(item)) statements.push(...managedPackages(item));
  }
  return statements.map((statement) => ({ phase: "packages", statement }));
}

/** `packages: - snap: [amazon-ssm-agent]` */
function managedPackages(item: Readonly<Record<string, unknown>>): readonly Statement[] {
  return Object.entries(item).flatMap(([manager, names]) =>
    (Array.isArray(names) ? names : []).map((name) =>
      install(manager, Array.isArray(name) ? String(name[0]) : String(name)),
    ),
  );
}

const install = (manager: string, name: string): Statement => command([manager, "install", name], `packages: ${name}`);

function restartOf(value: unknown): readonly PhasedStatement[] {
  const isRestart = isRecord(value) && value.mode === "reboot";
  return isRestart ? [{ phase: "restart", statement: command(["reboot"]) }] : [];
}
