import {
  agentReleasesKnownUntil,
  agentRequirements,
  compareAgentVersions,
  isAgentVersion,
  newestAgentOn,
} from "../../core/knowledge/agent-versions";

test.each([
  ["2.3.68.0", "2.3.68.0", 0],
  ["2.3.68.0", "2.3.372.0", -1],
  ["2.3.1644.0", "2.3.372.0", 1],
  ["3.0.151.0", "2.3.1644.0", 1],
  ["3.1", "3.1.0.0", 0],
  ["3.10.0.0", "3.9.0.0", 1],
])("%s against %s", (left, right, sign) => {
  expect(Math.sign(compareAgentVersions(left, right))).toBe(sign);
});

test.each([
  ["2018-08-11", "2.2.916.0"],
  ["2018-09-14", "2.3.50.0"],
  ["2018-09-15", "2.3.68.0"],
  ["2019-01-08", "2.3.372.0"],
  ["2020-01-01", "2.3.786.0"],
  ["2024-02-07", "3.3.40.0"],
])("an image of %s carries %s at most", (date, version) => {
  expect(newestAgentOn(date)).toBe(version);
});

test("a later image never carries less at most than an earlier one", () => {
  const days = Array.from({ length: 8 * 365 }, (_, day) =>
    new Date(Date.UTC(2016, 10, 1 + day)).toISOString().slice(0, 10),
  );
  const newest = days.map((day) => newestAgentOn(day)).filter((version) => version !== undefined);
  for (const [index, version] of newest.entries()) {
    expect(compareAgentVersions(version, newest[index - 1] ?? "0")).toBeGreaterThanOrEqual(0);
  }
});

test("no bound is known before the first release and after the last known one", () => {
  expect(newestAgentOn("2010-01-01")).toBeUndefined();
  expect(newestAgentOn("2099-01-01")).toBeUndefined();
  expect(newestAgentOn(agentReleasesKnownUntil)).toBeDefined();
});

test("no image before 15 September 2018 can hold the agent that Session Manager needs", () => {
  const before = newestAgentOn("2018-09-14") ?? "";
  expect(compareAgentVersions(before, agentRequirements.sessionManager.version)).toBeLessThan(0);
});

test.each([
  ["3.2.582.0", true],
  ["3.1", true],
  ["latest", false],
  ["$LATEST", false],
  ["", false],
  ["3.2.582.0-1", false],
])("%s is an agent version: %s", (text, expected) => {
  expect(isAgentVersion(text)).toBe(expected);
});
