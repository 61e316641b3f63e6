import { execFile, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

export interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export const stack = "dev";
const inlineProject = "program";
const script = resolve(__dirname, "..", "..", "scripts", "pulumi-cli.mjs");

let command: Promise<string> | undefined;
let template: Promise<ReadonlyMap<string, string>> | undefined;

/** Path of the CLI, built on first use. */
export function pulumiPath(): Promise<string> {
  command ??= promisify(execFile)(process.execPath, [script]).then(({ stdout }) => stdout.trim());
  return command;
}

/** Runs the Pulumi CLI without a prompt and without colours. */
export async function pulumi(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Finished> {
  const child = spawn(await pulumiPath(), [...args, "--non-interactive", "--color", "never"], { cwd, env });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk) => stdout.push(chunk));
  child.stderr.on("data", (chunk) => stderr.push(chunk));
  const exitCode = await new Promise<number>((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => done(code ?? -1));
  });
  return { exitCode, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
}

/** Folders to put on PATH: `pack` has what starts policy packs, `language` the language host for Node projects as well. */
export const engineBin = { pack: join(__dirname, "bin"), language: join(__dirname, "bin", "language") };

/** The environment of an offline run whose state, home and plugins live in `folder` and `bin`. */
export function offlineEnvironment(folder: string, bin: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PATH: [bin, process.env.PATH].join(delimiter),
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: "passphrase",
    PULUMI_DEBUG_COMMANDS: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_HOME: join(folder, "home"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}

/** Fills `folder` with a project that has an empty stack. Creating one takes half a second, so each process copies its first. */
export async function createInlineProject(folder: string): Promise<void> {
  template ??= inTemporaryFolder(inlineTemplate);
  for (const [name, content] of await template) {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

/** Fills `folder` with the empty stack of a project that lies elsewhere, so that the project stays untouched. */
export async function createStackOf(project: string, folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  await cp(join(project, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
  await createStack(folder, env);
}

export function configFile(folder: string): string {
  return join(folder, `Pulumi.${stack}.yaml`);
}

export async function configure(folder: string, config: Readonly<Record<string, string>>): Promise<void> {
  const settings = Object.entries(config).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}\n`);
  const before = await readFile(configFile(folder), "utf8");
  await writeFile(configFile(folder), `${before}config:\n${settings.join("")}`);
}

async function inlineTemplate(folder: string): Promise<ReadonlyMap<string, string>> {
  await writeFile(join(folder, "Pulumi.yaml"), `name: ${inlineProject}\nruntime: nodejs\n`);
  await createStack(folder, offlineEnvironment(folder, engineBin.pack));
  const names = [
    "Pulumi.yaml",
    `Pulumi.${stack}.yaml`,
    ".pulumi/meta.yaml",
    `.pulumi/stacks/${inlineProject}/${stack}.json`,
  ];
  const contents = names.map(async (name) => [name, await readFile(join(folder, name), "utf8")] as const);
  return new Map(await Promise.all(contents));
}

async function createStack(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const { exitCode, stderr } = await pulumi(["stack", "init", stack], folder, env);
  if (exitCode !== 0) {
    throw new Error(`pulumi stack init failed: ${stderr}`);
  }
}

/** Lends a folder that is removed after use. */
export async function inTemporaryFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "engine-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
