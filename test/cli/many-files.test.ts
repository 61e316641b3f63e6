import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { MANY_FILES } from "../../cli/judge-inputs";
import { judgeShare } from "../../cli/judge-share";
import { planInputs } from "../../cli/read-inputs";
import { divide } from "../../cli/shares";
import { joinPortions } from "../../core/assessment/portion";
import { NO_CONFIGURATION } from "../../core/configuration/configuration";
import { joinUsage } from "../../core/configuration/review";
import { jsonReport } from "../../core/report/json";
import { RULES } from "../../core/rules";
import { reportInput } from "../support/report-input";

/** Built by `npm run build`, which `npm test` runs first. */
const CLI = path.resolve(__dirname, "../../dist/cli/main.js");

const host = (properties = "ImageId: ami-1") =>
  `Resources:\n  Host:\n    Type: AWS::EC2::Instance\n    Properties: { ${properties} }\n`;

/** What can keep files from being judged apart, beside many that have nothing to do with each other. */
const FILES: Readonly<Record<string, string>> = {
  "network.yaml": `Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24 } }
Outputs: { Subnet: { Value: !Ref Subnet, Export: { Name: shared-subnet } } }
`,
  "importer.yaml": host("ImageId: ami-1, SubnetId: !ImportValue shared-subnet"),
  "parent.yaml": `Parameters: { File: { Type: String, Default: child } }
Resources:
  Child:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: !Sub "nested/\${File}.yaml", Parameters: { Image: ami-2 } }
  Uploaded:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: https://bucket.s3.amazonaws.com/path/uploaded.yaml }
`,
  "nested/child.yaml": `Parameters: { Image: { Type: String } }\n${host("ImageId: !Ref Image")}`,
  "nested/uploaded.yaml": host(),
  "circle-a.yaml": `Resources: { B: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: circle-b.yaml } } }\n`,
  "circle-b.yaml": `Resources: { A: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: circle-a.yaml } } }\n`,
  "broken.yaml": "Resources:\n  Host: { Type: AWS::EC2::Instance\n",
  "dangling.yaml": host("ImageId: !Ref Nothing"),
  "no-template.yaml": "hello: world\n",
  "excused.yaml": `Resources:
  Host:
    Type: AWS::EC2::Instance
    Metadata: { ssm-preflight: { ignore: { rule: instance-profile-missing, reason: later, expires: "2020-01-01" } } }
    Properties: { ImageId: ami-1 }
`,
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "ssm-preflight-many-"));
  mkdirSync(path.join(folder, "nested"));
  for (const [file, text] of Object.entries(FILES)) writeFileSync(path.join(folder, file), text);
  for (let index = 0; index < MANY_FILES; index++) {
    writeFileSync(path.join(folder, `stack-${index}.yaml`), host(`ImageId: ami-${index}`));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const OPTIONS = { parameters: {}, parameterFiles: [], region: undefined, account: undefined };

async function plan() {
  const { share, settings } = await planInputs({ ...OPTIONS, paths: [folder] }, NO_CONFIGURATION);
  return { share, settings: { ...settings, assessing: { today: "2026-11-24", minimumAgentVersion: "2.3.68.0" } } };
}

const namesOf = (files: readonly { readonly file: string }[]): readonly string[] =>
  files.map(({ file }) => path.relative(folder, file).split(path.sep).join("/"));

test("files that refer to each other stay together, and the others are shared out", async () => {
  const { share, settings } = await plan();
  const shares = divide(share, settings).map(({ files }) => namesOf(files));
  const together = (name: string) => shares.find((names) => names.includes(name));
  expect(shares.length).toBeGreaterThan(3);
  expect(shares.flat().sort()).toEqual([...namesOf(share.files)].sort());
  expect(together("importer.yaml")).toContain("network.yaml");
  expect(together("parent.yaml")).toEqual(expect.arrayContaining(["nested/child.yaml", "nested/uploaded.yaml"]));
  expect(together("circle-a.yaml")).toContain("circle-b.yaml");
});

test("shares say together what the whole says", async () => {
  const { share, settings } = await plan();
  const whole = judgeShare(share, settings);
  const shares = divide(share, settings).map((part) => structuredClone(judgeShare(part, settings)));
  const said = (judged: readonly { readonly portion: typeof whole.portion }[]) => {
    const portions = judged.map(({ portion }) => ({ ...portion, problems: [] }));
    return jsonReport(reportInput(joinPortions(portions, { rules: RULES, today: settings.assessing.today })));
  };
  expect(said(shares)).toBe(said([whole]));
  expect(joinUsage(shares.map(({ usage }) => usage))).toEqual(joinUsage([whole.usage]));
});

test.each(["json", "sarif", "pretty"])(
  "the %s report is the same byte for byte however many threads write it",
  (format) => {
    const check = (threads: string) => {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [CLI, "check", "--format", format, "--threads", threads, "--parameter", "Nowhere=1"],
        { cwd: folder, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
      );
      return { status, stdout, stderr };
    };
    const alone = check("1");
    expect(alone.status).toBe(2);
    expect(alone.stderr).toContain("broken.yaml");
    expect(alone.stderr).toContain("no-template.yaml");
    expect(alone.stdout).toContain("importer.yaml");
    expect(check("3")).toEqual(alone);
  },
);

test.each(["0", "-1", "two"])("--threads refuses %s", (threads) => {
  const { status, stderr } = spawnSync(process.execPath, [CLI, "check", `--threads=${threads}`], { encoding: "utf8" });
  expect(status).toBe(2);
  expect(stderr).toBe(`ssm-preflight: --threads takes a number from 1 to 999, not "${threads}"\n`);
});
