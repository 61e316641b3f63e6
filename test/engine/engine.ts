import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import type { Lookups } from "./aws-lookups";
import { type ExistingResources, startAwsProvider } from "./aws-provider";
import { type PolicyDiagnostic, readEvents } from "./engine-events";
import { serve } from "./grpc-server";
import {
  configFile,
  configure,
  createInlineProject,
  createStackOf,
  engineBin,
  inTemporaryFolder,
  offlineEnvironment,
  pulumi,
  pulumiPath,
  stack,
} from "./pulumi-command";

/** `export` is `up` followed by `stack export`. */
export type Operation = "preview" | "preview-json" | "up" | "export";

export interface PolicyPack {
  readonly path: string;
  readonly config?: object;
}

export interface EngineRun {
  readonly operation: Operation;
  readonly policyPacks?: readonly PolicyPack[];
  /** More arguments of the command, such as `--show-sames`. */
  readonly args?: readonly string[];
  /** Answers to `getX` functions by token; an unanswered lookup fails the program as it does on AWS. */
  readonly lookups?: Lookups;
  /** Resources that `Resource.get` finds. */
  readonly existing?: ExistingResources;
  readonly region?: string;
  readonly config?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

export type Program = () => Promise<unknown>;

export interface ProgramRun extends EngineRun {
  readonly program: Program;
  /** A program that is deployed before, without policy packs, so that the run finds its state. */
  readonly deployed?: Program;
}

export interface ProjectRun extends EngineRun {
  /** Folder with a Pulumi.yaml whose runtime is `nodejs` or `yaml`. */
  readonly project: string;
}

export interface EngineResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly diagnostics: readonly PolicyDiagnostic[];
  /** Warnings and errors of the engine itself, such as a failed lookup. */
  readonly messages: readonly string[];
  /** Parsed output of `preview --json` or `stack export`. */
  readonly json: unknown;
}

/** Milliseconds that the first build of the CLI may take. */
export const buildTimeout = 15 * 60_000;

/** Builds the CLI where there is none, so that no test waits for it. */
export async function prepareEngine(): Promise<void> {
  await pulumiPath();
}

/**
 * Runs an inline program against the real engine with the AWS stand-in and a state of its own. The program must not fail: its
 * rejected promises would reach the test process. A program that is meant to fail runs by `runProject`.
 */
export async function runProgram(run: ProgramRun): Promise<EngineResult> {
  return inTemporaryFolder(async (folder) => {
    await createInlineProject(folder);
    await configure(folder, stackConfig(run));
    if (run.deployed !== undefined) {
      await deploy({ ...run, program: run.deployed }, folder);
    }
    return runInline(run, folder);
  });
}

/** Runs the CLI in a project folder, as a user does. */
export async function runProject(run: ProjectRun): Promise<EngineResult> {
  return inTemporaryFolder(async (folder) => {
    const env = offlineEnvironment(folder, engineBin.language);
    await createStackOf(run.project, folder, env);
    await configure(folder, stackConfig(run));
    return runEngine(run, { folder, cwd: run.project, env, args: ["--config-file", configFile(folder)] });
  });
}

async function deploy(run: ProgramRun, folder: string): Promise<void> {
  const { exitCode, stdout, stderr } = await runInline({ ...run, operation: "up", policyPacks: [] }, folder);
  if (exitCode !== 0) {
    throw new Error(`The program could not be deployed: ${stdout}${stderr}`);
  }
}

async function runInline(run: ProgramRun, folder: string): Promise<EngineResult> {
  const language = await serve(LanguageRuntimeService, inlineProgram(run.program));
  const args = [`--client=127.0.0.1:${language.port}`, "--exec-kind", "auto.inline"];
  const env = offlineEnvironment(folder, engineBin.pack);
  try {
    return await runEngine(run, { folder, cwd: folder, env, args });
  } finally {
    language.stop();
  }
}

interface Workspace {
  /** Holds state, configuration and logs. */
  readonly folder: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly args: readonly string[];
}

async function runEngine(run: EngineRun, { folder, cwd, env, args }: Workspace): Promise<EngineResult> {
  const { operation, lookups = {}, existing = {}, policyPacks = [] } = run;
  const provider = await startAwsProvider({ accountId: "123456789012", lookups, existing });
  try {
    const environment = { ...env, PULUMI_DEBUG_PROVIDERS: `aws:${provider.port}`, ...run.env };
    const events = join(folder, `events-${operation}.json`);
    const packs = await packArguments(policyPacks, folder);
    const common = ["--stack", stack, "--event-log", events];
    const update = await pulumi(
      [...operationArguments(operation), ...common, ...args, ...packs, ...(run.args ?? [])],
      cwd,
      environment,
    );
    const exported = operation === "export" && update.exitCode === 0;
    const result = exported ? await pulumi(["stack", "export", "--stack", stack], cwd, environment) : update;
    return { ...result, ...(await readEvents(events)), json: parsed(operation, result.stdout) };
  } finally {
    provider.stop();
  }
}

function stackConfig({ region = "us-east-1", config }: EngineRun): Record<string, string> {
  return { "aws:region": region, ...config };
}

function operationArguments(operation: Operation): string[] {
  if (operation === "preview") {
    return ["preview"];
  }
  return operation === "preview-json" ? ["preview", "--json"] : ["up", "--yes", "--skip-preview"];
}

async function packArguments(packs: readonly PolicyPack[], folder: string): Promise<string[]> {
  const args: string[] = [];
  for (const [index, pack] of packs.entries()) {
    const file = join(folder, `policy-config-${index}.json`);
    await writeFile(file, JSON.stringify(pack.config ?? {}));
    args.push("--policy-pack", pack.path, "--policy-pack-config", file);
  }
  return args;
}

function parsed(operation: Operation, stdout: string): unknown {
  const json = operation === "preview-json" || operation === "export";
  return json && stdout.startsWith("{") ? JSON.parse(stdout) : undefined;
}

interface AutomationServer {
  readonly LanguageServer: new (program: Program) => UntypedServiceImplementation;
}

/** What the Automation API serves for an inline program; the class has no public declaration. */
function inlineProgram(program: Program): UntypedServiceImplementation {
  const automation: AutomationServer = require("@pulumi/pulumi/automation/server");
  return new automation.LanguageServer(program);
}
