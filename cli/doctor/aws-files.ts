import { reasonOf } from "../../input/reason";
import { paths } from "./programs";
import { variable, type Workstation } from "./workstation";

/** A profile or an SSO session: what the doctor compares, and nothing that is secret. */
export interface Section {
  readonly region?: string;
  readonly ssoRegion?: string;
  readonly ssoSession?: string;
  /** From `sso_account_id`, else from `role_arn`. */
  readonly account?: string;
}

export interface AwsFiles {
  readonly profiles: ReadonlyMap<string, Section>;
  readonly ssoSessions: ReadonlySet<string>;
  /** For messages: the configuration file that counts, there or not. */
  readonly configFile: string;
  readonly credentialsFile: string;
  /** Files that are there and cannot be read, with the reason. */
  readonly unreadable: readonly string[];
  /** Lines at which the AWS CLI gives a file up: `/home/ann/.aws/config:3`. */
  readonly malformed: readonly string[];
}

/**
 * Profiles as the AWS CLI finds them: `[default]`, `[profile name]` and `[sso-session name]` of the configuration file,
 * `[name]` of the credentials file (https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html).
 */
export function readAwsFiles(workstation: Workstation): AwsFiles {
  const configFile = awsFile(workstation, "AWS_CONFIG_FILE", "config");
  const credentialsFile = awsFile(workstation, "AWS_SHARED_CREDENTIALS_FILE", "credentials");
  const unreadable: string[] = [];
  const malformed: string[] = [];
  const read = (file: string): readonly RawSection[] => {
    try {
      const lines = linesOf(workstation.readText(file) ?? "");
      const line = malformedLine(lines);
      if (line !== undefined) malformed.push(`${file}:${line}`);
      return parseSections(lines);
    } catch (error) {
      unreadable.push(`${file} (${reasonOf(error)})`);
      return [];
    }
  };
  const config = read(configFile);
  const profiles = new Map<string, Section>();
  for (const { name, keys } of config) {
    const profile = name === "default" ? name : /^profile\s+(.+)$/.exec(name)?.[1];
    if (profile !== undefined) merge(profiles, unquoted(profile), keys);
  }
  for (const { name, keys } of read(credentialsFile)) merge(profiles, name, keys);
  const sessions = config.flatMap(({ name }) => /^sso-session\s+(.+)$/.exec(name)?.[1] ?? []);
  return { profiles, ssoSessions: new Set(sessions.map(unquoted)), configFile, credentialsFile, unreadable, malformed };
}

function awsFile(workstation: Workstation, name: string, file: string): string {
  const given = variable(workstation, name);
  if (given === undefined) return paths(workstation).join(workstation.home, ".aws", file);
  return expandHome(workstation, given);
}

export const expandHome = (workstation: Workstation, path: string): string =>
  /^~(?=[\\/]|$)/.test(path) ? paths(workstation).join(workstation.home, path.slice(1)) : path;

interface RawSection {
  readonly name: string;
  readonly keys: ReadonlyMap<string, string>;
}

/** Only these are kept, so that no secret stays in memory. */
const KEPT = new Set(["region", "sso_region", "sso_session", "sso_account_id", "role_arn"]);

const linesOf = (text: string): readonly string[] => text.replace(/^\uFEFF/, "").split(/\r?\n/);

/** From 1. Everything stands in a section, and what is not indented is a key with a value. */
function malformedLine(lines: readonly string[]): number | undefined {
  let isInSection = false;
  const index = lines.findIndex((line) => {
    if (/^\s*(?:[#;]|$)/.test(line)) return false;
    if (/^\s*\[.+\]/.test(line)) {
      isInSection = true;
      return false;
    }
    return !isInSection || /^[^\s=:][^=:]*$/.test(line);
  });
  return index === -1 ? undefined : index + 1;
}

/** As Python's configparser reads them: no comments behind a value, and a deeper indented line continues the one above. */
function parseSections(lines: readonly string[]): readonly RawSection[] {
  const sections: { name: string; keys: Map<string, string> }[] = [];
  let keyIndent = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    const header = /^\s*\[([^\]]+)\]/.exec(line)?.[1];
    if (header !== undefined) {
      sections.push({ name: header.trim().replaceAll(/\s+/g, " "), keys: new Map() });
      keyIndent = Number.POSITIVE_INFINITY;
      continue;
    }
    const [, indent = "", key = "", value = ""] = /^(\s*)([\w-]+)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (key === "" || indent.length > keyIndent) continue;
    keyIndent = indent.length;
    if (KEPT.has(key.toLowerCase()) && value !== "") sections.at(-1)?.keys.set(key.toLowerCase(), value);
  }
  return sections;
}

function merge(profiles: Map<string, Section>, name: string, keys: ReadonlyMap<string, string>): void {
  const region = keys.get("region");
  const ssoRegion = keys.get("sso_region");
  const ssoSession = keys.get("sso_session");
  const account = keys.get("sso_account_id") ?? /^arn:[\w-]+:iam::(\d{12}):/.exec(keys.get("role_arn") ?? "")?.[1];
  profiles.set(name, {
    ...profiles.get(name),
    ...(region === undefined ? {} : { region }),
    ...(ssoRegion === undefined ? {} : { ssoRegion }),
    ...(ssoSession === undefined ? {} : { ssoSession }),
    ...(account === undefined ? {} : { account }),
  });
}

const unquoted = (name: string): string => name.trim().replace(/^(["'])(.*)\1$/, "$2");
