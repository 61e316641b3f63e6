import { compareAgentVersions } from "../../../core/knowledge/agent-versions";
import { minimumCommandLine } from "../../../core/knowledge/session-manager-plugin";
import { type Check, ok, problem, unknown } from "../check";
import { INSTALL_PAGE } from "../plugin";

export const cliOutdated: Check = {
  id: "cli-outdated",
  title: "AWS CLI is too old for the Session Manager plugin",
  why: `The plugin works with the AWS CLI from ${minimumCommandLine} on; older ones do not know start-session.`,
  reference: INSTALL_PAGE,
  run: ({ commandLine }) => {
    const found = commandLine();
    if (found === undefined) return unknown("no AWS CLI was found");
    const { version } = found;
    if (version === undefined) return unknown("the version of the AWS CLI is not known");
    if (compareAgentVersions(version, minimumCommandLine) < 0) {
      return problem(
        `it is ${version}, and the plugin needs ${minimumCommandLine} or later`,
        "Install version 2: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
      );
    }
    return ok(version);
  },
};
