import { type Check, ok, problem, unknown } from "../check";
import { pathFolders, unreadableFolders } from "../programs";

export const pathUnreadable: Check = {
  id: "path-unreadable",
  title: "Folders of PATH cannot be searched",
  why: "The AWS CLI finds the plugin, and the prompt finds the AWS CLI, in the folders of PATH. What lies in a folder that this user may not search is not found, and the doctor cannot tell what it is.",
  reference: "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-troubleshooting.html",
  run: ({ workstation }) => {
    const folders = pathFolders(workstation);
    if (folders.length === 0) return problem("PATH is empty, so no program is found", "Set PATH in this prompt.");
    const unreadable = unreadableFolders(workstation);
    if (unreadable.length === 0) return ok(`${folders.length} folders`);
    return unknown(`this user may not search ${unreadable.join(", ")}; a program in there is not found`);
  },
};
