import { buildTimeout, type EngineResult, runProgram } from "../engine/engine";
import { preparePack, saidOf, sessionManagerPack, showingUnknowns, summaryOf, verdictsOf } from "./pack";
import { saidByCommandLine, saidByPack } from "./parity";
import { networkProgram, networkSurroundings } from "./programs/network";

jest.setTimeout(120_000);
const runs = new Map<string, EngineResult>();
beforeAll(async () => {
  await preparePack();
  for (const operation of ["preview-json", "export"] as const) {
  const start = Date.now();
  runs.set(operation, await runProgram({ operation, program: networkProgram, ...networkSurroundings, policyPacks: [sessionManagerPack(showingUnknowns)] }));
  process.stdout.write(`${operation} ${Date.now() - start}\n`);
  }
}, buildTimeout);
test.each(["preview-json", "export"])("%s", async (operation) => {
  const result = runs.get(operation)!;
  const said = await saidByCommandLine(result);
  expect(saidByPack(result)).toEqual(said);
});
