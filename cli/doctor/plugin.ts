import { type Architecture, architectureOf, HEADER_BYTES } from "./architecture";
import { findIn, findOnPath, type Place, paths } from "./programs";
import { type Run, variable, type Workstation } from "./workstation";

export const PLUGIN = "session-manager-plugin";

export const INSTALL_PAGE =
  "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html";

export interface Plugin {
  readonly place: Place;
  readonly onPath: boolean;
}

/** The plugin that the AWS CLI would start, else one that lies where installers put it. */
export function findPlugin(workstation: Workstation): Plugin | undefined {
  const found = findOnPath(workstation, PLUGIN);
  if (found?.state === "program") return { place: found, onPath: true };
  const elsewhere = findIn(workstation, installFolders(workstation), PLUGIN);
  if (elsewhere?.state === "program") return { place: elsewhere, onPath: false };
  if (found !== undefined) return { place: found, onPath: true };
  return elsewhere === undefined ? undefined : { place: elsewhere, onPath: false };
}

/**
 * Where installers put the plugin: those of AWS (user guide, "Install the Session Manager plugin"; README.md of
 * github.com/aws/session-manager-plugin) and Homebrew.
 */
export function installFolders(workstation: Workstation): readonly string[] {
  if (workstation.platform === "win32") return windowsFolders(workstation);
  const aws = ["/usr/local/sessionmanagerplugin/bin", "/usr/local/bin"];
  if (workstation.platform === "linux") return [...aws, "/home/linuxbrew/.linuxbrew/bin"];
  return [...aws, "/opt/homebrew/bin"];
}

function windowsFolders(workstation: Workstation): readonly string[] {
  const programs = [
    variable(workstation, "ProgramFiles") ?? "C:\\Program Files",
    variable(workstation, "ProgramW6432") ?? "C:\\Program Files",
    variable(workstation, "ProgramFiles(x86)") ?? "C:\\Program Files (x86)",
  ];
  return [...new Set(programs)].map((folder) =>
    paths(workstation).join(folder, "Amazon", "SessionManagerPlugin", "bin"),
  );
}

export interface PluginRun extends Run {
  /** `1.2.764.0` */
  readonly version: string | undefined;
  /** What the file was built for. */
  readonly builtFor: Architecture | undefined;
}

export function runPlugin(workstation: Workstation, { place }: Plugin): PluginRun {
  const run = workstation.run(place.path, ["--version"]);
  const version = run.status === 0 ? /^\s*(\d+(?:\.\d+){3})\s*$/.exec(run.stdout)?.[1] : undefined;
  const start = version === undefined ? workstation.readStart(place.path, HEADER_BYTES) : undefined;
  return { ...run, version, builtFor: start === undefined ? undefined : architectureOf(start) };
}
