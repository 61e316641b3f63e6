import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import agentFeatures from "../../core/knowledge/agent-features.json";
import { isAgentVersion } from "../../core/knowledge/agent-versions";
import agentVersions from "../../core/knowledge/agent-versions.json";
import { distributionOf } from "../../core/knowledge/distributions";
import distributions from "../../core/knowledge/distributions.json";
import images from "../../core/knowledge/images.json";
import managedPolicies from "../../core/knowledge/managed-policies.json";

const FOLDER = resolve(__dirname, "../../core/knowledge");
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));
const DAY = /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

test.each(FILES)("%s says of which day it is and where it comes from", (file) => {
  const data: unknown = JSON.parse(readFileSync(join(FOLDER, file), "utf8"));
  expect(data).toMatchObject({ asOf: expect.stringMatching(DAY), source: expect.stringMatching(/\S/) });
});

test("image families have one name each, a verdict, a publisher that exists, a reason and a source", () => {
  const names = images.families.map(({ family }) => family);
  expect(new Set(names).size).toBe(names.length);
  const publishers = Object.keys(images.publishers);
  for (const row of images.families) {
    expect(["ships", "absent", "unknown"]).toContain(row.agent);
    expect(publishers).toContain(row.publisher);
    expect(row.source).toMatch(/^https:\/\//);
    expect(row.why).toMatch(/^[A-Za-z].*[^.]$/);
    expect(row.names.length + row.parameters.length).toBeGreaterThan(0);
    for (const path of row.parameters) expect(path).toMatch(/^\/aws\/service\//);
  }
});

test("only families that ship the agent say since when, and the last day without it is no later", () => {
  for (const { agent, since, absentBefore } of images.families) {
    if (since === undefined) continue;
    expect(agent).toBe("ships");
    expect(since).toMatch(DAY);
    expect((absentBefore ?? since) <= since).toBe(true);
  }
});

test("agent releases stand in order of version, each with a day", () => {
  const versions = agentVersions.releases.map(([version]) => version ?? "");
  const sorted = [...versions].sort((left, right) => left.localeCompare(right, "en", { numeric: true }));
  expect(versions).toEqual(sorted);
  expect(new Set(versions).size).toBe(versions.length);
  for (const [version, day] of agentVersions.releases) {
    expect(isAgentVersion(version ?? "")).toBe(true);
    expect(day).toMatch(DAY);
  }
});

test("each agent feature names a version and a source", () => {
  for (const { version, source } of Object.values(agentFeatures.features)) {
    expect(isAgentVersion(version)).toBe(true);
    expect(source).toMatch(/^https:\/\//);
  }
});

test("each statement of a managed policy has an effect, actions and resources", () => {
  const statements = Object.values(managedPolicies.policies).flat();
  expect(statements.length).toBeGreaterThan(1000);
  for (const statement of statements) {
    expect(statement).toHaveProperty("Effect", expect.stringMatching(/^(Allow|Deny)$/));
    expect("Action" in statement).not.toBe("NotAction" in statement);
    expect("Resource" in statement).not.toBe("NotResource" in statement);
  }
});

test("a managed policy stands either with statements or among those that grant nothing", () => {
  const both = managedPolicies.grantNothingCovered.filter((name) => name in managedPolicies.policies);
  expect(both).toEqual([]);
});

test("each distribution names package managers and release files that are known", () => {
  for (const { has, mayHave, files } of distributions.distributions) {
    expect(distributions.packageManagers).toEqual(expect.arrayContaining([...has, ...mayHave]));
    expect(distributions.releaseFiles).toEqual(expect.arrayContaining(files));
    expect(has.filter((name) => mayHave.includes(name))).toEqual([]);
  }
});

test.each([
  ["Amazon Linux 2", "amzn", ["rpm", "yum"]],
  ["Amazon Linux 2 minimal", "amzn", ["rpm", "yum"]],
  ["Amazon Linux 2023 minimal", "amzn", ["dnf", "rpm", "yum"]],
  ["Debian", "debian", ["apt", "apt-get", "dpkg"]],
  ["Windows Server", undefined, undefined],
])("images of %s are of distribution %s", (family, id, has) => {
  expect(images.families.map((row) => row.family)).toContain(family);
  expect(distributionOf(family)?.id).toBe(id);
  expect(distributionOf(family)?.has).toEqual(has);
});
