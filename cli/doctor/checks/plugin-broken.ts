import { architectureOfMachine } from "../architecture";
import { type Check, type Outcome, ok, problem, unknown } from "../check";
import { INSTALL_PAGE, type PluginRun } from "../plugin";
import type { Place } from "../programs";
import { lastLine, type Workstation } from "../workstation";

const REINSTALL = `Install it again for this machine: ${INSTALL_PAGE}`;

export const pluginBroken: Check = {
  id: "plugin-broken",
  title: "Session Manager plugin does not run",
  why: "A plugin for another processor, without the right to be run, or behind a link that points at nothing fails when the AWS CLI starts it, after the session was opened.",
  reference: INSTALL_PAGE,
  run: ({ workstation, plugin, pluginRun }) => {
    const found = plugin();
    if (found === undefined) return unknown("no plugin was found");
    const run = pluginRun();
    return run === undefined ? notRunnable(found.place) : judged(workstation, found.place.path, run);
  },
};

function notRunnable({ path, state }: Place): Outcome {
  if (state === "link") return problem(`${path} is a link that points at nothing`, REINSTALL);
  return problem(`${path} may not be run by this user`, `sudo chmod 755 ${path}`);
}

function judged(workstation: Workstation, path: string, run: PluginRun): Outcome {
  if (run.version !== undefined) return ok("it runs");
  const machine = architectureOfMachine(workstation.machine);
  const { builtFor } = run;
  const foreign = builtFor !== undefined && builtFor !== "several" && builtFor !== "script" && builtFor !== machine;
  if (foreign && machine !== undefined) {
    return problem(
      `${path} was built for ${builtFor}, and this machine is ${machine}`,
      ...rosetta(workstation),
      REINSTALL,
    );
  }
  if (run.failure === "ETIMEDOUT") return unknown(`${path} --version gave no answer in time`);
  if (run.failure !== undefined) return problem(`${path} does not start: ${run.failure}`, REINSTALL);
  const said = lastLine(run);
  if (run.status === 0) return unknown(`${path} --version answers '${said}', which is no version`);
  const end = run.status === undefined ? "was ended by the system" : `ended with ${run.status}`;
  return problem(`${path} --version ${end}: ${said}`, REINSTALL);
}

const rosetta = ({ platform }: Workstation): readonly string[] =>
  platform === "darwin" ? ["softwareupdate --install-rosetta, or the package for Apple silicon"] : [];
