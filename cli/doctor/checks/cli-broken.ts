import { type Check, ok, problem, unknown } from "../check";
import { lastLine } from "../workstation";

const INSTALL_PAGE = "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html";

export const cliBroken: Check = {
  id: "cli-broken",
  title: "AWS CLI does not run",
  why: "An AWS CLI that fails at aws --version fails at every command: Python packages that do not fit together, a broken link, another processor.",
  reference: INSTALL_PAGE,
  run: ({ commandLine }) => {
    const found = commandLine();
    if (found === undefined) return unknown("no AWS CLI was found");
    const { place, run, version } = found;
    const fix = `Install it again: ${INSTALL_PAGE}`;
    if (version !== undefined) return ok("it runs");
    if (run === undefined) {
      const why = place.state === "link" ? "is a link that points at nothing" : "may not be run by this user";
      return problem(`${place.path} ${why}`, fix);
    }
    if (run.failure === "ETIMEDOUT") return unknown(`${place.path} --version gave no answer in time`);
    if (run.failure !== undefined) return problem(`${place.path} does not start: ${run.failure}`, fix);
    if (run.status === 0) return unknown(`${place.path} --version answers '${lastLine(run)}', which is no version`);
    return problem(`${place.path} --version fails: ${lastLine(run)}`, fix);
  },
};
