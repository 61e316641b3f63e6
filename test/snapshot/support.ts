import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { LinkName } from "../../core/diagnosis/diagnose";
import { CREDENTIALS, REGION } from "./account";

const run = promisify(execFile);

/** Built by `npm run build`, which `npm test` runs first. */
const CLI = path.resolve(__dirname, "../../dist/cli/main.js");

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export type Statuses = Readonly<Record<LinkName, string>>;

/** A folder with programs, the command line in it, and AWS at an address of this machine. */
export class Project {
  readonly folder = mkdtempSync(path.join(tmpdir(), "ssm-preflight-snapshot-"));

  constructor(private readonly endpoint: string) {}

  write(name: string, content: string | object): void {
    writeFileSync(path.join(this.folder, name), typeof content === "string" ? content : JSON.stringify(content));
  }

  /** Hosts by their logical ids. */
  declare(hosts: Readonly<Record<string, object>>): void {
    const resources = Object.entries(hosts).map(([id, Properties]) => [id, { Type: "AWS::EC2::Instance", Properties }]);
    this.write("web.json", { Resources: Object.fromEntries(resources) });
  }

  snapshot(...args: readonly string[]): Promise<Outcome> {
    return this.command(["snapshot", "--region", REGION, ...args]);
  }

  /** Offline: there is no AWS to be asked. */
  async check(...args: readonly string[]): Promise<ReadonlyMap<string, Host>> {
    const { stdout } = await this.command(["check", "--format", "json", ...args], "http://127.0.0.1:9");
    const { hosts }: { readonly hosts: readonly (Host & { readonly id: string })[] } = JSON.parse(stdout);
    return new Map(hosts.map((host) => [host.id, host]));
  }

  /** A run of `snapshot` that can be killed. */
  start(): StartedRun {
    const args = [CLI, "snapshot", "--region", REGION];
    const child = spawn(process.execPath, args, { cwd: this.folder, env: environment(this.endpoint), stdio: "ignore" });
    return { kill: (signal) => child.kill(signal), ended: once(child, "exit") };
  }

  async command(args: readonly string[], endpoint = this.endpoint): Promise<Outcome> {
    const options = { cwd: this.folder, env: environment(endpoint) };
    try {
      return { status: 0, ...(await run(process.execPath, [CLI, ...args], options)) };
    } catch (error) {
      return failedOutcome(error);
    }
  }

  facts(): string {
    return readFileSync(path.join(this.folder, "ssm-preflight.facts.json"), "utf8");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Few attempts, so that a service that is gone is given up soon. */
const environment = (endpoint: string) => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  AWS_MAX_ATTEMPTS: "3",
  // The SDK warns of versions of Node.js that it will not support for long.
  NODE_NO_WARNINGS: "1",
});

export interface StartedRun {
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly ended: Promise<unknown>;
}

export interface Host {
  readonly session: string;
  readonly links: Readonly<Record<LinkName, { readonly status: string; readonly reason: string }>>;
}

function failedOutcome(error: unknown): Outcome {
  const isExit =
    typeof error === "object" && error !== null && "code" in error && "stdout" in error && "stderr" in error;
  if (!isExit || typeof error.code !== "number") throw error;
  return { status: error.code, stdout: String(error.stdout), stderr: String(error.stderr) };
}
