import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../..");

test("the policy in docs/snapshot.md allows every call that snapshot makes, and no other", () => {
  const folder = path.join(ROOT, "cli/snapshot");
  const code = readdirSync(folder)
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(path.join(folder, name), "utf8"))
    .join("\n");
  const called = new Set([...code.matchAll(/call\("([a-z0-9]+:\w+)"/g)].map(([, action]) => action));
  const page = readFileSync(path.join(ROOT, "docs/snapshot.md"), "utf8");
  const policy = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? "{}");
  expect(policy.Statement[0].Action).toEqual([...called].sort());
});
