import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Built by `npm run build`, which `npm test` runs first. */
const CLI = path.resolve(__dirname, "../../dist/cli/main.js");

const run = (cli: string, ...args: readonly string[]) =>
  spawnSync(process.execPath, [cli, "snapshot", ...args], { encoding: "utf8" });

test.each([
  [[], "snapshot takes --region REGION"],
  [["--region", "eu-west-1", "--fail-on", "error"], "Unknown option '--fail-on'"],
])("bad usage is refused: %j", (args, message) => {
  const { status, stderr } = run(CLI, ...args);
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(message) });
});

describe("without the AWS SDK", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "ssm-preflight-alone-"));
    mkdirSync(path.join(folder, "dist/cli"), { recursive: true });
    copyFileSync(CLI, path.join(folder, "dist/cli/main.js"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("snapshot says how to install it, and the rest of the tool does not mind", () => {
    const cli = path.join(folder, "dist/cli/main.js");
    const { status, stderr } = run(cli, "--region", "eu-west-1", folder);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringContaining("npm install --save-dev @aws-sdk/client-ec2 @aws-sdk/client-iam"),
    });
    expect(spawnSync(process.execPath, [cli, "--version"]).status).toBe(0);
  });
});
