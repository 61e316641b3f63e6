import { type Check, type Outcome, ok, problem, unknown } from "../check";
import { INSTALL_PAGE, installFolders } from "../plugin";
import { unreadableFolders } from "../programs";
import type { Platform, Workstation } from "../workstation";

const INSTALL: Readonly<Record<Platform, readonly string[]>> = {
  darwin: ["brew install --cask session-manager-plugin", `or the package of AWS: ${INSTALL_PAGE}`],
  win32: ["winget install Amazon.SessionManagerPlugin", `or the installer of AWS: ${INSTALL_PAGE}`],
  linux: [`Install the .deb or .rpm package of AWS: ${INSTALL_PAGE}`],
};

export const pluginMissing: Check = {
  id: "plugin-missing",
  title: "Session Manager plugin is not installed",
  why: "The AWS CLI opens a session by starting session-manager-plugin, a program that is installed on its own. Without it start-session ends with 'SessionManagerPlugin is not found', or with AccessDeniedException for TerminateSession where the user may not end sessions.",
  reference: INSTALL_PAGE,
  run: ({ workstation, plugin }) => {
    const found = plugin();
    return found === undefined ? notFound(workstation) : ok(found.place.path);
  },
};

function notFound(workstation: Workstation): Outcome {
  const unreadable = unreadableFolders(workstation);
  if (unreadable.length > 0) {
    return unknown(`it is in no folder that this user may search; ${unreadable.join(", ")} may not be searched`);
  }
  const looked = installFolders(workstation).join(", ");
  return problem(`session-manager-plugin is neither on PATH nor in ${looked}`, ...INSTALL[workstation.platform]);
}
