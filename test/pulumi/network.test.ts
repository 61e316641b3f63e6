import { buildTimeout, type EngineResult, runProgram } from "../engine/engine";
import { preparePack, saidOf, sessionManagerPack, showingUnknowns, verdictsOf } from "./pack";
import { prepareCommandLine, saidByCommandLine, saidByPack } from "./parity";
import { networkProgram, networkSurroundings } from "./programs/network";

jest.setTimeout(60_000);

const run = {
  program: networkProgram,
  policyPacks: [sessionManagerPack(showingUnknowns)],
  ...networkSurroundings,
};
let preview: EngineResult;
let update: EngineResult;

beforeAll(async () => {
  await Promise.all([preparePack(), prepareCommandLine()]);
  preview = await runProgram({ ...run, operation: "preview-json" });
  update = await runProgram({ ...run, operation: "export" });
}, buildTimeout);

test.each([
  ["in an isolated subnet", "isolated", ["no-route-to-session-manager"]],
  ["in an isolated subnet with endpoints", "isolated-with-endpoints", []],
  ["in an isolated subnet with one endpoint of two", "isolated-with-one-endpoint", ["ssmmessages-endpoint-missing"]],
  ["whose endpoints are closed to it", "closed-endpoints", ["endpoint-unreachable"]],
  ["in a public subnet", "public", []],
  ["without an address in a public subnet", "public-without-address", ["no-route-to-session-manager"]],
  ["behind a NAT gateway", "nat", []],
  ["in a subnet that uses the main route table", "main-table", []],
  ["in the region of another provider", "ireland", []],
])("a host %s is judged though nothing exists yet", (_, name, rules) => {
  for (const result of [preview, update]) {
    const { findings, unknown } = verdictsOf(result);
    expect({ findings: findings[name] ?? [], unknown: unknown[name] ?? [] }).toEqual({ findings: rules, unknown: [] });
  }
});

test("endpoints of another region do not serve a host", () => {
  const name = "ireland-with-endpoints-of-virginia";
  expect(verdictsOf(preview).findings[name]).toEqual(["endpoint-unreachable", "endpoint-unreachable"]);
  expect(saidOf(preview, name)).toContain("belongs to another region than the host");
});

test.each([
  ["transit", "network", "sends 0.0.0.0/0 to a transit gateway, and the program does not show where that leads"],
  ["vpc-only-read", "network", "the route table of subnet shared is not known: it exists outside of this program"],
  ["subnet-of-another-program", "network", "subnet-0123456789abcdef0 is not declared in this program"],
  ["looked-up-image", "agent", "the id ami-0fedcba9876543210 alone does not tell what the image holds"],
])("what decides about host %s is named when the %s is not known", (name, link, reason) => {
  for (const result of [preview, update]) {
    const { findings, unknown } = verdictsOf(result);
    expect(findings).not.toHaveProperty(name);
    expect(unknown[name]).toEqual([link]);
    expect(saidOf(result, name)).toContain(reason);
  }
});

test.each(["preview --json", "stack export"])("the command line says the same of %s", async (source) => {
  const result = source === "stack export" ? update : preview;
  expect(result.exitCode).toBe(0);
  expect(saidByPack(result)).toEqual(await saidByCommandLine(result));
});
