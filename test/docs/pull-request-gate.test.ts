import { spawnSync } from "node:child_process";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../..");

test("the example of a gate goes from init to the mended repository with the exit statuses that it promises", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["examples/pull-request-gate/run.mjs"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout.match(/exit status \d/g)?.map((text) => Number(text.at(-1)))).toEqual([
    0, 1, 0, 0, 1, 0, 1, 1, 0, 2, 2,
  ]);
}, 60_000);
