import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { RULES } from "../../core/rules";
import { parseConfiguration } from "../../input/configuration";
import { expectGolden } from "../support/golden";

/** Built by `npm run build`, which `npm test` runs first. */
const CLI = path.resolve(__dirname, "../../dist/cli/main.js");
const FIXTURES = path.resolve(__dirname, "../fixtures");

type Files = Readonly<Record<string, string>>;

const host = (properties: string) => `  Host: { Type: AWS::EC2::Instance, Properties: { ${properties} } }\n`;

const IMPORTED = `Parameters:
  Subnet: { Type: AWS::EC2::Subnet::Id }
  Profile: { Type: String }
  Size: { Type: String, Default: t3.micro }
  Password: { Type: String, NoEcho: true }
Resources:
${host("ImageId: ami-0abc, SubnetId: subnet-0aaa, IamInstanceProfile: !Ref Profile, InstanceType: !Ref Size")}`;

const PREVIEW = readFileSync(path.join(FIXTURES, "pulumi/create.preview.json"), "utf8");

const STACK = {
  type: "aws:cloudformation:stack",
  environment: "aws://111111111111/eu-west-1",
  properties: { templateFile: "Web.template.json" },
};
const HOST = { Type: "AWS::EC2::Instance", Properties: { ImageId: "ami-0abc" } };

const ASSEMBLY: Files = {
  "cdk.json": '{ "app": "node app.js" }',
  "cdk.out/cdk.out": '{ "version": "48.0.0" }',
  "cdk.out/manifest.json": JSON.stringify({ version: "48.0.0", artifacts: { Web: STACK } }),
  "cdk.out/Web.template.json": JSON.stringify({ Resources: { Host: HOST } }),
};

/** What each of some folders has in it. */
const FOLDERS: Readonly<Record<string, Files>> = {
  empty: {},
  templates: {
    "infra/web.yaml": IMPORTED,
    "infra/db.yaml": IMPORTED,
    "infra/old/web.yaml": `Resources:\n${host("ImageId: ami-0def")}`,
    "ci/build.yaml": "steps: []",
    "ci/one.yaml": IMPORTED,
    "ci/two.yaml": IMPORTED,
    "names with spaces/web.yaml": `Resources:\n${host("ImageId: ami-0def")}`,
    "settings.json": "{}",
    "node_modules/ssm-preflight/schema/ssm-preflight.schema.json": "{}",
  },
  cdk: ASSEMBLY,
  "cdk-not-synthesised": { "apps/shop/cdk.json": '{ "app": "node app.js" }' },
  pulumi: { "Pulumi.yaml": "name: shop", "preview.json": PREVIEW },
  "pulumi-without-preview": { "Pulumi.yaml": "name: shop" },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "ssm-preflight-init-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function files(texts: Files): void {
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}

const read = (name: string): string => readFileSync(path.join(folder, name), "utf8");

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
}

/** With the settings in comments turned on and filled in. */
const uncommented = (text: string): string =>
  text.replaceAll(/^( *)#(?! )/gm, "$1").replaceAll(/(\w+): #/g, (_, key) => `${key}: ${VALUES[key] ?? "x"} #`);

const VALUES: Readonly<Record<string, string>> = { agent: "true", kind: "private" };

const problemsIn = (text: string) => parseConfiguration({ file: "ssm-preflight.yaml", text }, RULES).problems;

describe.each(Object.entries(FOLDERS))("of a folder called %s, init", (name, content) => {
  test("writes what it finds, which check reads without a remark, and what is valid once it is filled in", () => {
    files(content);
    const before = run("check").stdout;
    const { status, stdout, stderr } = run("init");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const text = read("ssm-preflight.yaml");
    expectGolden(path.join(FIXTURES, `init/${name}.yaml`), `${text}\n--- says\n${stdout}`);
    const after = run("check");
    expect(after.stderr).not.toContain("ssm-preflight.yaml");
    expect(after.stdout).toBe(before);
    expect(problemsIn(uncommented(text))).toEqual([]);
  });

  test("writes the same judgement as JSON", () => {
    files(content);
    const before = run("check").stdout;
    expect(run("init", "--format", "json").status).toBe(0);
    expect(JSON.parse(read("ssm-preflight.json"))).toMatchObject({ failOn: "error" });
    const after = run("check");
    expect(after.stderr).not.toContain("ssm-preflight.json");
    expect(after.stdout).toBe(before);
  });
});

describe("init", () => {
  test("does not write over a configuration unless it is told to", () => {
    files({ "ssm-preflight.yaml": "failOn: never\n" });
    expect(run("init")).toEqual({
      status: 2,
      stdout: "",
      stderr: "ssm-preflight: init: ssm-preflight.yaml is there already; --force writes over it\n",
    });
    expect(read("ssm-preflight.yaml")).toBe("failOn: never\n");
    expect(run("init", "--force").status).toBe(0);
    expect(read("ssm-preflight.yaml")).toContain("failOn: error");
  });

  test.each([
    ["ssm-preflight.yml", "failOn: never\n"],
    ["ssm-preflight.json", "{}"],
    ["package.json", '{ "ssm-preflight": {} }'],
  ])("makes no second configuration beside %s, not even by force", (other, text) => {
    files({ [other]: text });
    const { status, stderr } = run("init", "--force");
    expect(status).toBe(2);
    expect(stderr).toContain(`${other} has a configuration already, and only one is read; remove it first`);
    expect(existsSync(path.join(folder, "ssm-preflight.yaml"))).toBe(false);
  });

  test("takes no paths", () => {
    expect(run("init", "infra").stderr).toContain('init takes no paths ("infra")');
  });
});
