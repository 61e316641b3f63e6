import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { EngineResult } from "../engine/engine";
import { inTemporaryFolder } from "../engine/pulumi-command";
import { bundle, countsHosts, summaryPolicy } from "./pack";

/** What one door says of a stack, a line for each thing said, in an order that does not depend on the door. */
export type Said = readonly string[];

interface Report {
  readonly hosts: readonly {
    readonly id: string;
    readonly links: Readonly<Record<string, { readonly status: string; readonly reason: string }>>;
  }[];
  readonly findings: readonly {
    readonly rule: string;
    readonly level: string;
    readonly resource: string;
    readonly message: string;
    readonly suppressed: object | null;
  }[];
}

const commandLine = resolve(__dirname, "..", "..", "dist", "cli", "main.js");

/** For `beforeAll`: the command line is the one of the sources. */
export const prepareCommandLine = () => bundle("command-line");

/** Findings and unknown links that `ssm-preflight check` reads out of the JSON that a run printed. */
export async function saidByCommandLine({ json }: EngineResult): Promise<Said> {
  const { hosts, findings } = await reportOn(json);
  const open = findings.filter(({ level, suppressed }) => level !== "note" && suppressed === null);
  const unknown = hosts.flatMap(({ id, links }) =>
    Object.entries(links)
      .filter(([, { status }]) => status === "unknown")
      .map(([link, { reason }]) => `${id}: ${link} is not known: ${reason}`),
  );
  return [...open.map(({ rule, resource, message }) => `${resource}: ${rule}: ${message}`), ...unknown].sort();
}

/** The same of the policy pack; it must have been told to show what is unknown. */
export function saidByPack({ diagnostics }: EngineResult): Said {
  return diagnostics
    .filter(({ message }) => !countsHosts.test(message))
    .map(({ policyName, resourceUrn, message }) => {
      const [, text = ""] = message.split("\n");
      const rule = policyName === summaryPolicy ? "" : `${policyName}: `;
      return `${resourceUrn}: ${rule}${text.replace(/\.$/, "")}`;
    })
    .sort();
}

async function reportOn(json: unknown): Promise<Report> {
  return inTemporaryFolder(async (folder) => {
    const file = join(folder, "pulumi.json");
    await writeFile(file, JSON.stringify(json));
    const args = [commandLine, "check", file, "--format", "json"];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
    if (stderr !== "") throw new Error(stderr);
    return JSON.parse(stdout);
  });
}
