import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import type { Patterns } from "../../core/infrastructure/policy-document";
import { coversAction, managedPolicy } from "../../core/knowledge/managed-policies";
import { showText } from "../../core/program/read";

const HOST_ACTIONS = [
  "ssm:UpdateInstanceInformation",
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
];

interface Said {
  readonly effect: string;
  readonly negated: boolean;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** The statements of a policy in plain words; fails the test where any part is not known. */
function statementsOf(name: string, partition?: string): readonly Said[] {
  const document = managedPolicy(name, partition);
  if (document?.state !== "known") throw new Error(`${name} is not known`);
  return document.value.statements.map((fact) => {
    if (fact.state !== "known" || fact.value.effect.state !== "known")
      throw new Error(`${name}: a statement is unknown`);
    const { effect, actions, resources } = fact.value;
    return {
      effect: effect.value,
      negated: actions.negated,
      actions: texts(actions.patterns),
      resources: resources.state === "known" ? texts(resources.value.patterns) : [],
    };
  });
}

function texts(patterns: Patterns["patterns"]): readonly string[] {
  if (patterns.state !== "known") return [];
  return patterns.value.flatMap((pattern) => (pattern.state === "known" ? [showText(pattern.value)] : []));
}

const matches = (pattern: string, action: string): boolean =>
  new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`, "i").test(action);

const allows = (name: string, action: string): boolean =>
  statementsOf(name).some(
    ({ effect, negated, actions }) =>
      effect === "Allow" && actions.some((pattern) => matches(pattern, action)) !== negated,
  );

test.each([
  ["AmazonSSMManagedInstanceCore", true],
  ["AmazonSSMManagedEC2InstanceDefaultPolicy", true],
  ["service-role/AmazonEC2RoleforSSM", true],
  ["AWSCloud9SSMInstanceProfile", true],
  ["AdministratorAccess", true],
  ["PowerUserAccess", true],
  ["EC2InstanceProfileForImageBuilder", false],
  ["AmazonSSMFullAccess", true],
  ["AmazonSSMReadOnlyAccess", false],
  ["AmazonSSMPatchAssociation", false],
  ["AmazonSSMDirectoryServiceAccess", false],
  ["CloudWatchAgentServerPolicy", false],
  ["AmazonEKSWorkerNodePolicy", false],
  ["AmazonEKS_CNI_Policy", false],
  ["AmazonEKSWorkerNodeMinimalPolicy", false],
  ["AmazonEC2ContainerRegistryReadOnly", false],
  ["AmazonEC2ContainerRegistryPullOnly", false],
  ["service-role/AmazonEC2ContainerServiceforEC2Role", false],
  ["service-role/AmazonElasticMapReduceforEC2Role", false],
  ["AWSElasticBeanstalkWebTier", false],
  ["AWSElasticBeanstalkWorkerTier", false],
  ["AWSElasticBeanstalkMulticontainerDocker", false],
  ["ReadOnlyAccess", false],
])("%s lets a host use Session Manager: %s", (name, expected) => {
  expect(HOST_ACTIONS.every((action) => allows(name, action))).toBe(expected);
});

test("a policy that speaks of no covered action is known to be empty", () => {
  expect(statementsOf("AmazonSESFullAccess")).toEqual([]);
});

test.each([
  ["AmazonEC2RoleforSSM"],
  ["service-role/AmazonSSMManagedInstanceCore"],
  ["amazonssmmanagedinstancecore"],
  ["constructor"],
  ["MyOwnPolicy"],
])("%s is not the path and name of a policy", (name) => {
  expect(managedPolicy(name)).toBeUndefined();
});

test("a policy stands for the same one in another partition", () => {
  const resources = (partition?: string): readonly string[] =>
    statementsOf("CloudWatchAgentServerPolicy", partition).flatMap((statement) => statement.resources);
  expect(resources()).toContain("arn:aws:ssm:*:*:parameter/AmazonCloudWatch-*");
  expect(resources("aws-cn")).toContain("arn:aws-cn:ssm:*:*:parameter/AmazonCloudWatch-*");
});

test("one name gives one document", () => {
  expect(managedPolicy("AmazonSSMManagedInstanceCore")).toBe(managedPolicy("AmazonSSMManagedInstanceCore"));
});

test.each([
  ["ssm:UpdateInstanceInformation", true],
  ["SSMMessages:OpenDataChannel", true],
  ["ec2messages:GetMessages", true],
  ["s3:PutObject", true],
  ["kms:decrypt", true],
  ["s3:DeleteBucket", false],
  ["dynamodb:GetItem", false],
  ["ssm", false],
])("the documents tell of %s: %s", (action, expected) => {
  expect(coversAction(action)).toBe(expected);
});

test("a bundle parses the documents at first use, not when it is loaded", () => {
  const folder = mkdtempSync(join(tmpdir(), "managed-policies-"));
  try {
    const entry = JSON.stringify(resolve(__dirname, "../../core/knowledge/managed-policies.ts"));
    const bundled = buildSync({
      stdin: { contents: `export { managedPolicy } from ${entry};`, resolveDir: __dirname, loader: "ts" },
      bundle: true,
      platform: "node",
      format: "cjs",
      write: false,
    });
    // The module with the documents lists their entries as it is loaded; nothing else in the bundle does.
    const script = `
      const entries = Object.entries;
      let listed = 0;
      Object.entries = (object) => { listed++; return entries(object); };
      const { managedPolicy } = require("./bundle.js");
      const before = listed;
      const { state } = managedPolicy("AmazonSSMManagedInstanceCore");
      console.log(before, state, listed > 0);
    `;
    writeFileSync(join(folder, "bundle.js"), bundled.outputFiles[0]?.text ?? "");
    writeFileSync(join(folder, "run.js"), script);
    const run = spawnSync(process.execPath, ["run.js"], { cwd: folder, encoding: "utf8" });
    expect(run.stdout.trim()).toBe("0 known true");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
