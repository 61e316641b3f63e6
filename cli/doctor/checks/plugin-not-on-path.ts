import { type Check, ok, problem, unknown } from "../check";
import { pathFolders, paths, sameFolder } from "../programs";
import { variable, type Workstation } from "../workstation";

/** setx cuts what is longer (https://learn.microsoft.com/windows-server/administration/windows-commands/setx). */
const LONGEST_SETX = 1024;

export const pluginNotOnPath: Check = {
  id: "plugin-not-on-path",
  title: "Session Manager plugin is installed outside PATH",
  why: "The AWS CLI looks for session-manager-plugin in the folders of PATH only. The installer for Windows does not always add its folder.",
  reference:
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-troubleshooting.html#windows-plugin-env-var-not-set",
  run: ({ workstation, plugin }) => {
    const found = plugin();
    if (found === undefined) return unknown("no plugin was found");
    const { path } = found.place;
    if (found.onPath) return ok(paths(workstation).dirname(path));
    return problem(`${path} is there, and its folder is not on PATH`, ...remedy(workstation, path));
  },
};

function remedy(workstation: Workstation, plugin: string): readonly string[] {
  const folder = paths(workstation).dirname(plugin);
  if (workstation.platform === "win32") return windowsRemedy(workstation, folder);
  const linked = pathFolders(workstation).some((entry) => sameFolder(workstation, entry, "/usr/local/bin"));
  if (linked && !sameFolder(workstation, folder, "/usr/local/bin")) {
    return [`sudo ln -sf ${plugin} /usr/local/bin/session-manager-plugin`];
  }
  const shell = paths(workstation).basename(variable(workstation, "SHELL") ?? "");
  const profile = shell === "zsh" ? "~/.zshrc" : shell === "bash" ? "~/.bashrc" : "~/.profile";
  return [`echo 'export PATH="$PATH:${folder}"' >> ${profile}`, "Open a new terminal: this one keeps the old PATH."];
}

function windowsRemedy(workstation: Workstation, folder: string): readonly string[] {
  const powershell = `[Environment]::SetEnvironmentVariable('Path', [Environment]::GetEnvironmentVariable('Path', 'User') + ';${folder}', 'User')`;
  const length = (variable(workstation, "PATH") ?? "").length + folder.length + 1;
  const prompt =
    length <= LONGEST_SETX
      ? [`in a command prompt: setx PATH "%PATH%;${folder}"`]
      : [`setx would cut this PATH, which is longer than ${LONGEST_SETX} characters: use PowerShell`];
  return [`in PowerShell: ${powershell}`, ...prompt, "Open a new prompt: this one, and an editor, keep the old PATH."];
}
