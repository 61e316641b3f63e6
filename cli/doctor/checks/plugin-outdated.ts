import { compareAgentVersions } from "../../../core/knowledge/agent-versions";
import { pluginReleases } from "../../../core/knowledge/session-manager-plugin";
import { type Check, ok, problem, unknown } from "../check";
import { INSTALL_PAGE } from "../plugin";

const { asOf, builtFromSource, latest, minimum, withdrawn } = pluginReleases;

const UPDATE = `Install the latest, ${latest.version} or newer: ${INSTALL_PAGE}`;

export const pluginOutdated: Check = {
  id: "plugin-outdated",
  title: "Session Manager plugin is too old",
  why: `AWS supports the plugin from ${minimum} on; older ones may fail at any time. The latest known is ${latest.version} of ${latest.date} (known on ${asOf}).`,
  reference: "https://docs.aws.amazon.com/systems-manager/latest/userguide/plugin-version-history.html",
  run: ({ pluginRun }) => {
    const version = pluginRun()?.version;
    if (version === undefined) return unknown("the version of the plugin is not known");
    if (builtFromSource.includes(version)) {
      return unknown(`${version} is what a plugin says that was built from source, whatever its age`);
    }
    if (withdrawn.includes(version)) return problem(`AWS has withdrawn ${version}`, UPDATE);
    if (compareAgentVersions(version, minimum) < 0) {
      return problem(`it is ${version}, and AWS supports ${minimum} and later`, UPDATE);
    }
    const newer = compareAgentVersions(version, latest.version) < 0;
    return ok(newer ? `${version}; ${latest.version} is out since ${latest.date}` : version);
  },
};
