import { join } from "node:path";
import * as aws from "@pulumi/aws";
import { buildTimeout, prepareEngine, runProgram, runProject } from "../engine/engine";
jest.setTimeout(120_000);
beforeAll(prepareEngine, buildTimeout);
const pack = "/tmp/pw/envpack";
test.each(["preview", "up"] as const)("%s", async (operation) => {
  const project = join(__dirname, "../engine/fixtures/project-nodejs");
  const a = await runProject({ operation, project, policyPacks: [{ path: pack }] });
  const b = await runProgram({ operation, program: async () => { new aws.ec2.Vpc("v", {cidrBlock: "10.0.0.0/16"}); return {}; }, policyPacks: [{ path: pack }] });
  process.stdout.write(`${operation} project\n${a.diagnostics[0]?.message}\n${a.messages}\nprogram\n${b.diagnostics[0]?.message}\n`);
});
