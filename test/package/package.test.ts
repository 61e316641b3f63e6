import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../..");
const BROKEN = path.join(ROOT, "examples/cloudformation/broken.yaml");

const INSTALL_TIME = 180_000;

/** The package as a user gets it: packed, and installed from the tarball in a folder that holds nothing else. */
describe("the packed package, installed in an empty folder", () => {
  let folder: string;

  const run = (command: string, ...args: string[]): string =>
    execFileSync(command, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

  const status = (...args: string[]): number => {
    try {
      run("npx", "--no-install", "ssm-preflight", ...args);
      return 0;
    } catch (error) {
      // Errors of Node itself are of another realm than a test's.
      return typeof error === "object" && error !== null && "status" in error ? Number(error.status) : -1;
    }
  };

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "ssm-preflight-package-"));
    execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder], {
      cwd: ROOT,
      stdio: "ignore",
    });
    const [tarball] = readdirSync(folder);
    writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "user", private: true }));
    run("npm", "install", "--no-audit", "--no-fund", "--prefer-offline", `./${tarball}`);
  }, INSTALL_TIME);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("answers on the command line with the documented exit status", () => {
    expect(status("check", BROKEN)).toBe(1);
    expect(status("check", BROKEN, "--fail-on", "never")).toBe(0);
    expect(status("check", "no-such-file.yaml")).toBe(2);
  });

  test("brings none of the host tools along", () => {
    const installed = readdirSync(path.join(folder, "node_modules"));
    expect(installed).toEqual(expect.not.arrayContaining(["@pulumi", "aws-cdk-lib", "constructs", "cdk-nag"]));
  });

  test("brings the policy pack ready to run", () => {
    const pack = path.join(folder, "node_modules/ssm-preflight/packs/session-manager");
    expect(readdirSync(pack)).toEqual(
      expect.arrayContaining(["PulumiPolicy.yaml", "package.json", "dist", "README.md"]),
    );
    expect(readFileSync(path.join(pack, "dist/index.js"), "utf8")).not.toContain('require("@pulumi/aws');
  });

  test("brings CDK entries that load beside the user's own CDK", () => {
    const script =
      'const types = [require("ssm-preflight/cdk").SessionManagerChecks, require("ssm-preflight/cdk-nag").SessionManagerNagPack].map((found) => typeof found); console.log(...types)';
    const env = { ...process.env, NODE_PATH: path.join(ROOT, "node_modules") };
    expect(execFileSync(process.execPath, ["-e", script], { cwd: folder, encoding: "utf8", env }).trim()).toBe(
      "function function",
    );
  });

  test("is a library without a host tool loaded", () => {
    const script =
      'const library = require("ssm-preflight"); console.log(typeof library.assess, library.RULES.length > 9)';
    expect(run(process.execPath, "-e", script).trim()).toBe("function true");
  });
});
