import { posix, win32 } from "node:path";
import type { Platform, Probe, Run, Workstation } from "../../../cli/doctor/workstation";

export interface FakeFile {
  /** `unreadable` for a folder or file that may not be looked at; `link` for one that points at nothing. */
  readonly state?: Probe;
  readonly text?: string;
  readonly bytes?: Uint8Array;
  readonly run?: Partial<Run>;
}

export interface FakeMachine {
  readonly platform?: Platform;
  readonly machine?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly home?: string;
  readonly files?: Readonly<Record<string, FakeFile>>;
}

const HOMES: Readonly<Record<Platform, string>> = { linux: "/home/ann", darwin: "/Users/ann", win32: "C:\\Users\\ann" };
const PATHS: Readonly<Record<Platform, string>> = {
  linux: "/usr/local/bin:/usr/bin",
  darwin: "/usr/local/bin:/usr/bin",
  win32: "C:\\Windows\\System32;C:\\Tools",
};

/** A machine that is not this one, of which only what is listed exists. Folders exist where a file is in them. */
export function fakeWorkstation(fake: FakeMachine = {}): Workstation {
  const { platform = "linux", files = {} } = fake;
  const hasPath = Object.keys(fake.environment ?? {}).some((name) => name.toUpperCase() === "PATH");
  const path = platform === "win32" ? win32 : posix;
  const key = (file: string) => (platform === "win32" ? path.normalize(file).toLowerCase() : path.normalize(file));
  const known = new Map(Object.entries(files).map(([file, content]) => [key(file), content]));
  const isFolder = (file: string) => [...known.keys()].some((other) => other.startsWith(key(file) + path.sep));
  const probe = (file: string): Probe => {
    const found = known.get(key(file));
    if (found === undefined) return isFolder(file) ? "folder" : "absent";
    return found.state ?? (found.run === undefined ? "file" : "program");
  };
  return {
    platform,
    machine: fake.machine ?? "x86_64",
    environment: { ...(hasPath ? {} : { PATH: PATHS[platform] }), ...fake.environment },
    home: fake.home ?? HOMES[platform],
    probe,
    readText: (file) => {
      if (known.get(key(file))?.state === "unreadable") throw new Error("EACCES: permission denied");
      return known.get(key(file))?.text;
    },
    readStart: (file) => known.get(key(file))?.bytes,
    list: (folder) =>
      [...known.keys()].filter((file) => path.dirname(file) === key(folder)).map((file) => path.basename(file)),
    run: (program) => ({ status: 0, stdout: "", stderr: "", ...known.get(key(program))?.run }),
  };
}

/** A program that says its version. */
export const saying = (stdout: string): FakeFile => ({ run: { stdout: `${stdout}\n` } });

export const AWS_2 = saying("aws-cli/2.27.0 Python/3.13.2 Linux/6.8.0 exe/x86_64.ubuntu.24");
export const AWS_1 = saying("aws-cli/1.45.11 Python/3.11.7 Linux/6.8.0 botocore/1.43.11");
