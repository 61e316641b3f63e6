import { buildTimeout, type EngineResult, runProgram } from "../engine/engine";
import { preparePack, saidOf, sessionManagerPack, showingUnknowns, verdictsOf } from "./pack";
import { prepareCommandLine, saidByCommandLine, saidByPack } from "./parity";
import { malformedProgram, password, secretProgram } from "./programs/malformed";

jest.setTimeout(60_000);
beforeAll(() => Promise.all([preparePack(), prepareCommandLine()]), buildTimeout);

const run = { operation: "preview-json", policyPacks: [sessionManagerPack(showingUnknowns)] } as const;

describe("a program with properties of the wrong kind", () => {
  let result: EngineResult;
  beforeAll(async () => {
    result = await runProgram({ ...run, program: malformedProgram });
  });

  test("does not keep the preview from passing", () => {
    expect({ exitCode: result.exitCode, messages: result.messages }).toEqual({ exitCode: 0, messages: [] });
  });

  test("is judged where it can be", () => {
    expect(verdictsOf(result).findings).toEqual({
      document: ["preferences-invalid"],
      nothing: ["instance-profile-missing"],
      sound: ["instance-profile-missing"],
    });
  });

  test.each([
    ["illegible", "policy illegible may allow it: the policy document is not valid JSON"],
    ["numbers", "LaunchTemplateId was expected inside a map"],
    ["lists", "HttpEndpoint was expected inside a map, and a list stands there"],
    ["group", "launchTemplate was expected inside a map, and a list stands there"],
  ])("is told what is wrong with host %s", (name, reason) => {
    expect(saidOf(result, name)).toContain(reason);
  });

  test("gets the same said by the command line", async () => {
    expect(saidByPack(result)).toEqual(await saidByCommandLine(result));
  });
});

describe("a program with secrets", () => {
  let result: EngineResult;
  beforeAll(async () => {
    result = await runProgram({ ...run, operation: "preview", program: secretProgram });
  });

  test("has none of them printed", () => {
    expect(result.exitCode).toBe(0);
    expect(result.stdout + result.stderr + JSON.stringify(result.diagnostics)).not.toContain(password);
  });

  test("is told what cannot be judged because of them", () => {
    const { findings, unknown } = verdictsOf(result);
    expect(findings).toEqual({});
    expect(unknown).toEqual({ host: ["instanceProfile", "permissions", "agent", "network"] });
    expect(saidOf(result, "host")).toContain(
      "whether the SSM Agent runs on instance host is not known: it is a secret",
    );
  });
});
