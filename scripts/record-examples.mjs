// Records the previews that lie beside the examples. The tests of the examples do it, for only they can run the engine.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";

const jest = createRequire(import.meta.url).resolve("jest/bin/jest");
const env = { ...process.env, RECORD_EXAMPLES: "true" };
const { status } = spawnSync(process.execPath, [jest, "test/pulumi/examples.test.ts"], { stdio: "inherit", env });
process.exitCode = status ?? 1;
