import { execFile } from "node:child_process";
import { access, chmod, constants, mkdir, mkdtemp, rename, rm, stat, writeFile } from "node:fs/promises";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Newest versions whose Go modules build together; the proxy may refuse others, so they are named exactly. */
const version = "3.259.0";
const yamlVersion = "1.38.0";

const cache = resolve(dirname(fileURLToPath(import.meta.url)), "..", ".cache", "pulumi", version);

const moduleFile = `module pulumi-cli

go 1.25.11

require (
	github.com/pulumi/pulumi/pkg/v3 v${version}
	github.com/pulumi/pulumi/sdk/v3 v${version}
	github.com/pulumi/pulumi-yaml v${yamlVersion}
)

// The replacement that the CLI's own module file asks for; Go ignores it in a dependency.
replace github.com/atotto/clipboard => github.com/tgummerer/clipboard v0.0.0-20241001131231-d02d263e614e
`;

/**
 * Path of the Pulumi CLI: the one on PATH, else one built from its Go modules, which takes about five minutes the first time.
 * The language host for YAML lies beside it.
 * @returns {Promise<string>}
 * @throws when neither Pulumi nor Go is installed, or the build fails.
 */
export async function pulumiCommand() {
  const installed = await onPath("pulumi");
  if (installed !== undefined) {
    return installed;
  }
  const built = join(cache, "pulumi");
  if (!(await isExecutable(built))) {
    await build();
  }
  return built;
}

async function build() {
  if ((await onPath("go")) === undefined) {
    throw new Error("The engine tests need the Pulumi CLI. Install Pulumi, or Go 1.25 or later to build it.");
  }
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, "build-"));
  try {
    await writeFile(join(folder, "go.mod"), moduleFile);
    await compile(folder);
    // Each rename is atomic, and the CLI comes last: whoever finds it finds the rest too.
    for (const name of ["pulumi-language-yaml", "pulumi"]) {
      await chmod(join(folder, name), 0o755);
      await rename(join(folder, name), join(cache, name));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compile(folder) {
  const linkerFlags = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`;
  const commands = [
    "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
  ];
  try {
    await run("go", ["build", "-mod=mod", "-buildvcs=false", "-ldflags", linkerFlags, "-o", folder, ...commands], {
      cwd: folder,
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    throw new Error(`Building Pulumi ${version} failed:\n${error.stderr ?? error.message}`);
  }
}

async function onPath(name) {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const file = join(folder, name);
    if (folder !== "" && (await isExecutable(file))) {
      return file;
    }
  }
  return undefined;
}

async function isExecutable(file) {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(await pulumiCommand());
}
