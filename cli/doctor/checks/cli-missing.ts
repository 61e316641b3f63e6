import { type Check, type Outcome, ok, problem, unknown } from "../check";
import { findIn, paths, unreadableFolders } from "../programs";
import { variable, type Workstation } from "../workstation";

const INSTALL_PAGE = "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html";

export const cliMissing: Check = {
  id: "cli-missing",
  title: "AWS CLI is not on PATH",
  why: "Sessions from a terminal, and ssh over Session Manager, start with aws ssm start-session.",
  reference: INSTALL_PAGE,
  run: ({ workstation, commandLine }) => {
    const found = commandLine();
    return found === undefined ? notFound(workstation) : ok(found.place.path);
  },
};

function notFound(workstation: Workstation): Outcome {
  const installed = findIn(workstation, installFolders(workstation), "aws");
  if (installed !== undefined) {
    const folder = paths(workstation).dirname(installed.path);
    return problem(
      `${installed.path} is there, and its folder is not on PATH`,
      `Add ${folder} to PATH, and open a new prompt.`,
    );
  }
  const unreadable = unreadableFolders(workstation);
  if (unreadable.length > 0) {
    return unknown(`aws is in no folder that this user may search; ${unreadable.join(", ")} may not be searched`);
  }
  return problem("no folder of PATH has a program aws", `Install it: ${INSTALL_PAGE}`);
}

/** Where the installers of AWS and Homebrew put it. */
function installFolders(workstation: Workstation): readonly string[] {
  if (workstation.platform !== "win32")
    return ["/usr/local/bin", "/opt/homebrew/bin", "/usr/local/aws-cli/v2/current/bin"];
  return [paths(workstation).join(variable(workstation, "ProgramFiles") ?? "C:\\Program Files", "Amazon", "AWSCLIV2")];
}
