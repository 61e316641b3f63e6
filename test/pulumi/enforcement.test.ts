import { buildTimeout, type EngineResult, type Operation, type Program, runProgram } from "../engine/engine";
import { preparePack, saidOf, sessionManagerPack, summaryOf, summaryPolicy, verdictsOf } from "./pack";
import { enforcementProgram, excusedHostProgram, hostlessProgram, peopleProgram } from "./programs/enforcement";

jest.setTimeout(60_000);
beforeAll(preparePack, buildTimeout);

const run = (operation: Operation, config: object, program: Program = enforcementProgram) =>
  runProgram({ operation, program, policyPacks: [sessionManagerPack(config)] });

const levelOf = (result: EngineResult, policy: string) =>
  result.diagnostics.find(({ policyName }) => policyName === policy)?.enforcementLevel;

describe("without a configuration the pack", () => {
  let result: EngineResult;
  beforeAll(async () => {
    result = await run("preview", {});
  });

  test("advises, and the preview passes", () => {
    expect(result.exitCode).toBe(0);
    expect(new Set(result.diagnostics.map(({ enforcementLevel }) => enforcementLevel))).toEqual(new Set(["advisory"]));
  });

  test("leaves out a host that its tag exempts, and lists what it left out with the reason", () => {
    expect(verdictsOf(result).findings).toEqual({
      bare: ["instance-profile-missing"],
      "excuse-expired": ["instance-profile-missing"],
      "no-metadata": ["imds-disabled"],
    });
    expect(summaryOf(result)).toBe(
      '6 hosts: 0 ready, 4 blocked, 2 unknown. Exempted: excused from instance-profile-missing: vendor appliance (until 2099-01-31, network-team). Unknown: old-agent, old-agent-template; "showUnknown": true names what would decide.',
    );
  });

  test("says why an exemption does not hold", () => {
    expect(saidOf(result, "excuse-expired")).toContain("does not hold: it expired on 2020-01-31");
  });

  test("gives each finding the severity of its rule", () => {
    const [finding] = result.diagnostics.filter(({ policyName }) => policyName === "instance-profile-missing");
    expect(finding?.severity).toBe("high");
  });
});

test("the configuration sets levels and options, and exempts hosts", async () => {
  const exemptions = [
    { resource: "bare", reason: "installed by hand", expires: "2099-01-31", owner: "ops" },
    { resource: "excuse-expired", reason: "migration", expires: "2020-01-31" },
    { resource: "nobody", reason: "it was there once" },
  ];
  const result = await run("preview", {
    "instance-profile-missing": { enforcementLevel: "mandatory", exemptions },
    "imds-disabled": "disabled",
    "agent-outdated": { minimumVersion: "3.2.0.0" },
    "session-manager-summary": { showUnknown: true },
  });
  const { findings, unknown } = verdictsOf(result);
  expect(result.exitCode).not.toBe(0);
  expect(findings).toEqual({ "excuse-expired": ["instance-profile-missing"], "old-agent": ["agent-outdated"] });
  expect(levelOf(result, "instance-profile-missing")).toBe("mandatory");
  expect(levelOf(result, "agent-outdated")).toBe("advisory");
  expect(saidOf(result, "old-agent")).toContain("SSM Agent 3.1.1927.0");
  expect(unknown.bare).toEqual(["agent", "network"]);
  expect(saidOf(result, "program-dev")).toContain(
    'exempts "nobody" from instance-profile-missing, and the stack declares no',
  );
});

test("people whom the configuration names are judged, and those who are not declared are told of", async () => {
  const result = await run(
    "preview",
    {
      "start-session-permission-missing": { people: ["alice", "bob"] },
      "preferences-permission-missing": { enforcementLevel: "mandatory", people: ["admins"] },
    },
    peopleProgram,
  );
  const { findings } = verdictsOf(result);
  expect(findings).toMatchObject({
    alice: ["start-session-permission-missing"],
    admins: ["preferences-permission-missing"],
  });
  expect(levelOf(result, "preferences-permission-missing")).toBe("mandatory");
  expect(saidOf(result, "program-dev")).toContain("the configuration of the policy pack names bob, and nothing");
});

test("an option of a rule counts", async () => {
  const tooSmall = ({ diagnostics }: Awaited<ReturnType<typeof run>>) =>
    diagnostics.filter(({ policyName }) => policyName === "instance-too-small").length;
  expect(tooSmall(await run("preview", {}))).toBe(0);
  expect(tooSmall(await run("preview", { "instance-too-small": { minimumMemory: 2048 } }))).toBeGreaterThan(0);
});

test("an option that there is not is told of, and the rest is judged", async () => {
  const result = await run("preview", { "agent-outdated": { minimumVersio: "3.1.1927.0" } });
  expect(saidOf(result, "program-dev")).toContain(
    "the configuration of agent-outdated has an option minimumVersio, which there is not; did you mean minimumVersion?",
  );
  expect(result.exitCode).toBe(0);
  expect(Object.keys(verdictsOf(result).findings).length).toBeGreaterThan(0);
});

test("an update stops before it creates a host that a mandatory rule condemns", async () => {
  const result = await run("up", { "instance-profile-missing": "mandatory" });
  const condemned = result.diagnostics.filter(({ policyName }) => policyName === "instance-profile-missing");
  const hosts = condemned.map(({ resourceUrn }) => resourceUrn);
  expect(result.exitCode).not.toBe(0);
  expect(hosts.length).toBeGreaterThan(0);
  expect(hosts).toEqual([...new Set(hosts)]);
  expect(result.stdout).not.toMatch(/aws:ec2:Instance (bare|excuse-expired) creat/);
});

test("an exempted host passes when everything is mandatory", async () => {
  const result = await run("preview", { all: "mandatory" }, excusedHostProgram);
  expect({ exitCode: result.exitCode, diagnostics: result.diagnostics }).toEqual({ exitCode: 0, diagnostics: [] });
});

test("a mandatory summary stops a preview whose hosts are not known to be ready", async () => {
  const result = await run("preview", { "session-manager-summary": "mandatory", "imds-disabled": "disabled" });
  expect(result.exitCode).not.toBe(0);
  expect(levelOf(result, summaryPolicy)).toBe("mandatory");
});

test("a stack without hosts is passed in silence", async () => {
  const result = await run("preview", { all: "mandatory" }, hostlessProgram);
  expect({ exitCode: result.exitCode, diagnostics: result.diagnostics }).toEqual({ exitCode: 0, diagnostics: [] });
});

test("the pack says so when the policy that it listens with is disabled", async () => {
  const result = await run("preview", { all: "disabled", "agent-missing": "mandatory" });
  expect(result.exitCode).not.toBe(0);
  expect(result.diagnostics).toHaveLength(1);
  expect(saidOf(result, "program-dev")).toContain("nothing is judged: the policy that records them is disabled");
});

test.each([
  ["a version that is none", { "agent-outdated": { minimumVersion: "three" } }, "agent-outdated: minimumVersion:"],
  ["an exemption without a reason", { "agent-missing": { exemptions: [{ resource: "bare" }] } }, "reason is required"],
  [
    "a date that is none",
    { "agent-missing": { exemptions: [{ resource: "bare", reason: "old", expires: "soon" }] } },
    "exemptions.0.expires",
  ],
])("the engine refuses a configuration with %s and names the place", async (_, config, place) => {
  const { exitCode, messages } = await run("preview", config, hostlessProgram);
  expect(exitCode).not.toBe(0);
  expect(messages.join("\n")).toContain(place);
});
