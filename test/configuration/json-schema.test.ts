import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { parse as parseYaml } from "yaml";
import { problemsOf } from "./support";

const ROOT = path.resolve(__dirname, "../..");

const ajv = new Ajv();
addFormats(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(path.join(ROOT, "schema/ssm-preflight.schema.json"), "utf8")));

test("the schema for editors is made from the one that the tool reads with", () => {
  const script = path.join(ROOT, "scripts/generate-schema.mjs");
  const { status, stderr } = spawnSync(process.execPath, [script, "--check"], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

test.each([
  ["rules: { agent-missing: off }", true],
  ["rules: { agent-mising: off }", false],
  ["rules: { agent-outdated: { level: warning, minimumVersion: 3.1.1927.0 } }", true],
  ["rules: { agent-outdated: { minimumVersion: newest } }", false],
  ["rules: { agent-outdated: { minimumMemory: 2048 } }", false],
  ["rules: { instance-too-small: { minimumMemory: 2048 } }", true],
  ["rules: { instance-too-small: { minimumMemory: 100 } }", false],
  ["parameters: { Version: 1.10, On: true, Ids: [a, b] }", true],
  ["parameters: { Nested: { a: b } }", false],
  ["account: 123456789012", true],
  ["account: '012345678901'", true],
  ["account: '1234'", false],
  ["templates: [{ files: a.yaml }, { files: [b.yaml, c.yaml], region: eu-west-1 }]", true],
  ["templates: [{ region: eu-west-1 }]", false],
  ["facts: { subnets: [{ id: subnet-1, kind: private }] }", true],
  ["facts: { subnets: [{ id: subnet-1, kind: nat }] }", false],
  ["exemptions: [{ rule: '*', resource: Host, reason: why, expires: 2027-01-31 }]", true],
  ["exemptions: [{ rule: '*', resource: Host, reason: why, expires: soon }]", false],
  ["$schema: x.json", true],
  ["snapshot: x", false],
])("editor and tool agree on %j", (text, valid) => {
  expect(validate(parseYaml(text))).toBe(valid);
  expect(problemsOf(text).length === 0).toBe(valid);
});
