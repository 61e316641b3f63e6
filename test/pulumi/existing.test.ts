import { buildTimeout, type EngineResult, runProgram } from "../engine/engine";
import { preparePack, sessionManagerPack, showingUnknowns, verdictsOf } from "./pack";
import { prepareCommandLine, saidByCommandLine, saidByPack } from "./parity";
import { deployedProgram, updatedProgram } from "./programs/existing";

jest.setTimeout(60_000);

let result: EngineResult;
beforeAll(async () => {
  await Promise.all([preparePack(), prepareCommandLine()]);
  result = await runProgram({
    operation: "preview-json",
    deployed: deployedProgram,
    program: updatedProgram,
    policyPacks: [sessionManagerPack(showingUnknowns)],
    args: ["--show-sames"],
  });
}, buildTimeout);

test.each([
  ["that stays as it is", "unchanged", []],
  ["that stays without a profile", "unchanged-bare", ["instance-profile-missing"]],
  ["that gets a profile", "gains-profile", []],
  ["that keeps the profile which the program no longer names", "keeps-profile", []],
  ["that is new", "added", []],
  ["that is new and has no profile", "added-bare", ["instance-profile-missing"]],
])("a host of an existing stack %s is judged as it will be", (_, name, rules) => {
  const { findings, unknown } = verdictsOf(result);
  expect(findings[name] ?? []).toEqual(rules);
  expect(unknown[name]).toEqual(["agent", "network"]);
});

test("a host that the update removes is not judged", () => {
  expect(JSON.stringify(verdictsOf(result))).not.toContain("removed-bare");
});

test("the command line says the same of preview --json --show-sames", async () => {
  expect(result.exitCode).toBe(0);
  expect(saidByPack(result)).toEqual(await saidByCommandLine(result));
});
