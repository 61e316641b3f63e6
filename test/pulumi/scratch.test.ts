import { join } from "node:path";
import { buildTimeout, prepareEngine, runProject } from "../engine/engine";
jest.setTimeout(120_000);
beforeAll(prepareEngine, buildTimeout);
const pack = join(__dirname, "..", "..", "packs", "session-manager");
const examples = join(__dirname, "..", "..", "examples");
test.each(["pulumi-yaml/broken", "pulumi-typescript/broken", "pulumi-typescript/fixed"])("%s", async (name) => {
  const start = Date.now();
  const result = await runProject({ operation: "preview", project: join(examples, name), policyPacks: [{ path: pack }] });
  process.stdout.write(`${name} ${Date.now() - start}ms\n${result.stdout}\n${result.stderr}\n${JSON.stringify(result.messages)}\n`);
});
