import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildTimeout, type EngineResult, runProject } from "../engine/engine";
import { examplesFolder, preparePack, sessionManagerPack, summaryOf, verdictsOf } from "./pack";
import { recordedPreview } from "./recorded-preview";

jest.setTimeout(60_000);
beforeAll(preparePack, buildTimeout);

const run = (example: string) =>
  runProject({
    operation: "preview-json",
    project: join(examplesFolder, example),
    policyPacks: [sessionManagerPack()],
  });

const findings = ({ diagnostics }: EngineResult) =>
  diagnostics.filter(({ policyName }) => policyName !== "session-manager-summary");

describe.each([
  {
    example: "pulumi-typescript/broken",
    expected: {
      web: ["instance-profile-missing", "no-route-to-session-manager"],
      workers: ["ssm-permissions-missing", "ssmmessages-endpoint-missing"],
    },
  },
  { example: "pulumi-typescript/fixed", expected: {} },
  {
    example: "pulumi-yaml/broken",
    expected: { web: ["instance-profile-missing", "no-route-to-session-manager"] },
  },
  { example: "pulumi-yaml/fixed", expected: {} },
])("the example $example", ({ example, expected }) => {
  let result: EngineResult;
  beforeAll(async () => {
    result = await run(example);
  });

  test("gets each broken link named on the host, and a fix with it", () => {
    expect(result.exitCode).toBe(0);
    expect(verdictsOf(result).findings).toEqual(expected);
    expect(findings(result).filter(({ message }) => !/\nFix: .{20}/.test(message))).toEqual([]);
  });

  if (example.endsWith("/broken")) {
    test("gets its hosts counted", () => {
      expect(summaryOf(result)).toMatch(/^\d hosts: 0 ready, \d blocked, 0 unknown\.$/);
    });
  } else {
    test("is passed in silence", () => expect(result.diagnostics).toEqual([]));
  }

  if (example.startsWith("pulumi-typescript/")) {
    test("is recorded as it is today", () => expectRecorded(result, join(example, "preview.json")));
  }
});

/** `npm run record-examples` writes the file instead. */
async function expectRecorded({ json }: EngineResult, name: string): Promise<void> {
  const file = join(examplesFolder, name);
  const preview = recordedPreview(json);
  if (process.env.RECORD_EXAMPLES === "true") await writeFile(file, preview);
  expect(await readFile(file, "utf8")).toBe(preview);
}
