import { compareAgentVersions, isAgentVersion } from "../../core/knowledge/agent-versions";
import { minimumCommandLine, pluginReleases } from "../../core/knowledge/session-manager-plugin";

const { latest, minimum, withdrawn, builtFromSource, asOf } = pluginReleases;

test("versions of the plugin and of the AWS CLI are versions", () => {
  for (const version of [latest.version, minimum, minimumCommandLine, ...withdrawn, ...builtFromSource]) {
    expect(isAgentVersion(version)).toBe(true);
  }
});

test("the latest plugin is supported, not withdrawn, and was out when it became known", () => {
  expect(compareAgentVersions(latest.version, minimum)).toBeGreaterThanOrEqual(0);
  expect(withdrawn).not.toContain(latest.version);
  expect(latest.date <= asOf).toBe(true);
});

test("only supported releases are listed as withdrawn, since older ones are refused anyway", () => {
  expect(withdrawn.filter((version) => compareAgentVersions(version, minimum) < 0)).toEqual([]);
});
