import { reasonOf } from "../../input/reason";
import { expandHome } from "./aws-files";
import { paths } from "./programs";
import type { Workstation } from "./workstation";

export interface SshLine {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Lower case. */
  readonly keyword: string;
  readonly value: string;
}

export interface SshConfig {
  /** With included files in their places, each between a line `include` and a line {@link END_OF_INCLUDE}. */
  readonly lines: readonly SshLine[];
  /** Files that are there and cannot be read, with the reason. */
  readonly unreadable: readonly string[];
}

const END_OF_INCLUDE = "end of include";

/** ssh itself stops at this depth (readconf.c of OpenSSH). */
const DEEPEST_INCLUDE = 16;

/** The user's configuration of ssh, after ssh_config(5). */
export function readSshConfig(workstation: Workstation): SshConfig {
  const unreadable: string[] = [];
  const folder = paths(workstation).join(workstation.home, ".ssh");
  const read = (file: string, depth: number): readonly SshLine[] => {
    let text: string | undefined;
    try {
      text = workstation.readText(file);
    } catch (error) {
      unreadable.push(`${file} (${reasonOf(error)})`);
    }
    return parse(file, text ?? "").flatMap((line) =>
      line.keyword === "include" && depth < DEEPEST_INCLUDE
        ? included(workstation, folder, line.value).flatMap((other) => [
            line,
            ...read(other, depth + 1),
            { ...line, keyword: END_OF_INCLUDE },
          ])
        : [line],
    );
  };
  return { lines: read(paths(workstation).join(folder, "config"), 0), unreadable };
}

function parse(file: string, text: string): readonly SshLine[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const [, keyword = "", value = ""] = /^\s*([A-Za-z]+)(?:\s*=\s*|\s+)(.*?)\s*$/.exec(line) ?? [];
    return keyword === "" ? [] : [{ file, line: index + 1, keyword: keyword.toLowerCase(), value }];
  });
}

/** Files of an Include, which may be several, quoted, relative to the folder of ssh, and hold wildcards. */
function included(workstation: Workstation, folder: string, value: string): readonly string[] {
  const path = paths(workstation);
  return words(value).flatMap((word) => {
    const full = path.resolve(folder, expandHome(workstation, word));
    const [directory, name] = [path.dirname(full), path.basename(full)];
    if (!/[*?]/.test(name)) return [full];
    return workstation
      .list(directory)
      .filter((entry) => matches(name, entry))
      .map((entry) => path.join(directory, entry));
  });
}

/** What ssh would do to reach a host. */
export interface SshProxy {
  readonly line: SshLine;
  /** `proxycommand` or `proxyjump`; ssh takes whichever it reads first. */
  readonly keyword: "proxycommand" | "proxyjump";
  readonly command: string;
}

/** The setting that wins for a host: the first that applies. `none` turns both off. */
export function proxyFor(config: SshConfig, host: string): SshProxy | undefined {
  // A file that is included in a block counts only where the block does, and does not end it.
  const around: boolean[] = [];
  let applies = true;
  for (const line of config.lines) {
    const reached = around.at(-1) ?? true;
    if (line.keyword === "include") around.push(applies);
    else if (line.keyword === END_OF_INCLUDE) applies = around.pop() ?? true;
    else if (line.keyword === "host") applies = reached && hostMatches(words(line.value), host);
    else if (line.keyword === "match") applies = reached && matchApplies(line.value, host);
    else if (applies && isProxy(line.keyword)) {
      return line.value.toLowerCase() === "none" ? undefined : { line, keyword: line.keyword, command: line.value };
    }
  }
  return undefined;
}

/** Names of Host blocks whose ProxyCommand opens a session, for those who name hosts one by one. */
export function hostsOverSessionManager(config: SshConfig): readonly string[] {
  let hosts: readonly string[] = [];
  const found: string[] = [];
  for (const { keyword, value } of config.lines) {
    if (keyword === "host") hosts = words(value);
    else if (keyword === "match") hosts = [];
    else if (keyword === "proxycommand" && opensSession(value)) found.push(...hosts);
  }
  return found;
}

export const opensSession = (command: string): boolean => /\bssm\s+start-session\b/.test(command);

const isProxy = (keyword: string): keyword is SshProxy["keyword"] =>
  keyword === "proxycommand" || keyword === "proxyjump";

function hostMatches(patterns: readonly string[], host: string): boolean {
  if (patterns.some((pattern) => pattern.startsWith("!") && matches(pattern.slice(1), host))) return false;
  return patterns.some((pattern) => !pattern.startsWith("!") && matches(pattern, host));
}

/** Only what can be told without running anything; other criteria count as not met. */
function matchApplies(criteria: string, host: string): boolean {
  const [kind = "", value = "", ...rest] = words(criteria);
  if (kind.toLowerCase() === "all") return true;
  const names = ["host", "originalhost"].includes(kind.toLowerCase());
  return names && rest.length === 0 && hostMatches(value.split(","), host);
}

function matches(pattern: string, text: string): boolean {
  const expression = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "i").test(text);
}

const words = (text: string): readonly string[] =>
  [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
