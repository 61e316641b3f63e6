// The stand-in for AWS that the tests of `snapshot` ask: moto's server, in a Python environment of its own.
import { execFile } from "node:child_process";
import { access, constants, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

const version = "5.2.5";

const cache = resolve(dirname(fileURLToPath(import.meta.url)), "..", ".cache", "moto");

/**
 * Path of a Python that has moto (`python -m moto.server`). It is installed the first time, which takes a minute or two.
 * @returns {Promise<string>}
 * @throws when there is no Python 3, or moto cannot be installed.
 */
export async function motoPython() {
  const environment = join(cache, version);
  const python = join(environment, "bin", "python");
  if (!(await isExecutable(python))) await install(environment);
  return python;
}

async function install(environment) {
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, "install-"));
  try {
    await run("python3", ["-m", "venv", folder]);
    await run(join(folder, "bin", "python"), ["-m", "pip", "install", "--quiet", `moto[server]==${version}`]);
    // Another test run may have been faster.
    await rename(folder, environment).catch(() => undefined);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function isExecutable(file) {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await motoPython());
