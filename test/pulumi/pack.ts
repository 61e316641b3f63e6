import { execFile } from "node:child_process";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { type EngineResult, type PolicyPack, prepareEngine } from "../engine/engine";

const root = resolve(__dirname, "..", "..");

/** Folder of the pack that users install. */
export const packFolder = join(root, "packs", "session-manager");

export const examplesFolder = join(root, "examples");

/** For `beforeAll`: the engine is there, and the pack is the one of the sources. */
export async function preparePack(): Promise<void> {
  await bundle("policy-pack");
  await prepareEngine();
}

export async function bundle(program: "policy-pack" | "command-line"): Promise<void> {
  await promisify(execFile)(process.execPath, [join(root, "scripts", "bundle.mjs"), program]);
}

/** The pack with a configuration as in the file for `--policy-pack-config`. */
export const sessionManagerPack = (config: object = {}): PolicyPack => ({ path: packFolder, config });

/** Also names what is not known. */
export const showingUnknowns = { "session-manager-summary": { showUnknown: true } };

export const summaryPolicy = "session-manager-summary";

/** What the pack says of a stack, by the name of the resource. */
export interface Verdicts {
  /** Ids of the rules that found something. */
  readonly findings: Readonly<Record<string, readonly string[]>>;
  /** Links that are not known: `agent`, `network` … */
  readonly unknown: Readonly<Record<string, readonly string[]>>;
}

export function verdictsOf(result: EngineResult): Verdicts {
  const findings: Record<string, string[]> = {};
  const unknown: Record<string, string[]> = {};
  for (const { policyName, message, resourceUrn = "" } of result.diagnostics) {
    const link = /^(\w+) is not known: /m.exec(message)?.[1];
    const said = policyName === summaryPolicy ? unknown : findings;
    const word = policyName === summaryPolicy ? link : policyName;
    if (word !== undefined) said[nameIn(resourceUrn)] = [...(said[nameIn(resourceUrn)] ?? []), word];
  }
  return { findings, unknown };
}

/** Everything that the pack says of a resource, as one text. */
export function saidOf(result: EngineResult, name: string): string {
  const own = result.diagnostics.filter(({ resourceUrn = "" }) => nameIn(resourceUrn) === name);
  return own.map(({ policyName, message }) => `${policyName}: ${message}`).join("\n");
}

export const countsHosts = /^\d+ hosts?: .*$/m;

/** The line that counts the hosts. */
export function summaryOf(result: EngineResult): string | undefined {
  const lines = result.diagnostics
    .filter(({ policyName }) => policyName === summaryPolicy)
    .map(({ message }) => countsHosts.exec(message)?.[0]);
  return lines.find((line) => line !== undefined);
}

export const nameIn = (urn: string): string => urn.slice(urn.lastIndexOf("::") + 2);
