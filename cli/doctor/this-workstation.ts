import { spawnSync } from "node:child_process";
import {
  accessSync,
  closeSync,
  constants,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from "node:fs";
import { homedir, machine } from "node:os";
import type { Platform, Probe, Run, Workstation } from "./workstation";

/** A program that takes longer to say its version hangs. */
const PATIENCE_MS = 15_000;

/** The machine this runs on. */
export function thisWorkstation(environment: NodeJS.ProcessEnv = process.env): Workstation {
  return {
    platform: platform(),
    machine: machine(),
    environment,
    home: environment.HOME || environment.USERPROFILE || homedir(),
    probe,
    readText,
    readStart,
    list,
    run: (program, args) => run(program, args, environment),
  };
}

/** What is neither Windows nor macOS keeps its files where Linux does. */
function platform(): Platform {
  return process.platform === "win32" || process.platform === "darwin" ? process.platform : "linux";
}

function probe(path: string): Probe {
  try {
    const stats = statSync(path);
    const executable = canExecute(path);
    if (stats.isDirectory()) return executable ? "folder" : "unreadable";
    return executable ? "program" : "file";
  } catch (error) {
    if (codeOf(error) !== "ENOENT" && codeOf(error) !== "ENOTDIR") return "unreadable";
    return isLink(path) ? "link" : "absent";
  }
}

/** Of a folder: whether what lies in it can be found. */
function canExecute(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined;
    throw error;
  }
}

function readStart(path: string, length: number): Uint8Array | undefined {
  try {
    const file = openSync(path, "r");
    try {
      const bytes = new Uint8Array(length);
      return bytes.subarray(0, readSync(file, bytes, 0, length, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function run(program: string, args: readonly string[], environment: NodeJS.ProcessEnv): Run {
  // Windows starts these only through a shell, which wants quotes around a path with spaces.
  const shell = /\.(?:cmd|bat)$/i.test(program);
  const { status, stdout, stderr, error } = spawnSync(shell ? `"${program}"` : program, args, {
    encoding: "utf8",
    env: environment,
    shell,
    timeout: PATIENCE_MS,
    windowsHide: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  return {
    status: status ?? undefined,
    stdout: stdout ?? "",
    stderr: stderr ?? "",
    ...(error === undefined ? {} : { failure: codeOf(error) ?? error.message }),
  };
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
