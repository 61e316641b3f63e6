import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { write } from "./support/git";

/** Built by `npm run build`, which `npm test` runs first. */
const CLI = path.resolve(__dirname, "../../dist/cli/main.js");

const TEMPLATE = `
Parameters: { Role: { Type: String } }
Resources:
  Profile: { Type: AWS::IAM::InstanceProfile, Properties: { Roles: [!Ref Role] } }
  Web:
    Type: AWS::EC2::Instance
    Properties: { ImageId: ami-0abc, SubnetId: subnet-0abc, IamInstanceProfile: !Ref Profile }
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "ssm-preflight-unknown-"));
  write(folder, { "web.yaml": TEMPLATE });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function facts(...args: string[]): readonly string[] {
  const { stdout } = spawnSync(
    process.execPath,
    [CLI, "check", "web.yaml", "--explain-unknown", "--format", "json", ...args],
    { cwd: folder, encoding: "utf8" },
  );
  return JSON.parse(stdout).missingFacts.map(({ fact }: { readonly fact: string }) => fact);
}

test("each fact goes when it is supplied as the report says", () => {
  expect(facts()).toEqual(["parameter Role", "image ami-0abc", "subnet subnet-0abc"]);
  expect(facts("--parameter", "Role=shared")).toEqual(["what shared is", "image ami-0abc", "subnet subnet-0abc"]);
  write(folder, { "ssm-preflight.yaml": "images: [{ id: ami-0abc, agent: true }]\n" });
  expect(facts()).toEqual(["parameter Role", "subnet subnet-0abc"]);
  write(folder, {
    "ssm-preflight.yaml":
      "images: [{ id: ami-0abc, agent: true }]\nfacts: { subnets: [{ id: subnet-0abc, kind: private }] }\n",
  });
  // Behind a fact another one may turn up.
  expect(facts()).toEqual(["parameter Role", "the endpoints of the VPC of subnet subnet-0abc"]);
});
