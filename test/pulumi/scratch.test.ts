import { join } from "node:path";
import * as aws from "@pulumi/aws";
import { buildTimeout, prepareEngine, runProgram, type Operation } from "../engine/engine";
jest.setTimeout(120_000);
beforeAll(prepareEngine, buildTimeout);
const path = join(__dirname, "..", "..", "packs", "session-manager");
const program = async () => {
  new aws.ec2.Instance("bare", { ami: "ami-0123456789abcdef0", instanceType: "t3.micro" });
  new aws.ec2.Instance("excused", { ami: "ami-0123456789abcdef0", instanceType: "t3.micro", tags: { "ssm-preflight/ignore/all": "appliance expires=2099-01-01" } });
  new aws.ec2.Instance("late", { ami: "ami-0123456789abcdef0", instanceType: "t3.micro", tags: { "ssm-preflight/ignore/instance-profile-missing": "appliance expires=2020-01-01" } });
  return {};
};
const cases: [string, Operation, object][] = [
  ["default", "preview", {}],
  ["mandatory", "preview", { all: "mandatory" }],
  ["mandatory up", "up", { "instance-profile-missing": "mandatory" }],
  ["disabled", "preview", { "instance-profile-missing": "disabled" }],
  ["inputs disabled", "preview", { "session-manager-inputs": "disabled" }],
  ["config", "preview", { "instance-profile-missing": { exemptions: [{ resource: "bare", reason: "x", expires: "2099-01-01" }, { resource: "nobody", reason: "x" }] }, "session-manager-summary": {showUnknown: true} }],
  ["bad", "preview", { "agent-outdated": { minimumVersion: "three" } }],
  ["bad2", "preview", { "agent-outdated": { exemptions: [{ resource: "bare" }], foo: 1 } }],
  ["bad3", "preview", { "nosuch": "mandatory" }],
];
test.each(cases)("%s", async (name, operation, config) => {
  const b = await runProgram({ operation, program, policyPacks: [{ path, config }] });
  process.stdout.write(`=== ${name} ${b.exitCode}\n${b.diagnostics.map((d) => `${d.enforcementLevel} ${d.policyName} ${d.resourceUrn} ${d.message}`).join("\n")}\n${b.messages}\n${b.diagnostics.length ? "" : b.stdout + b.stderr}`);
});
