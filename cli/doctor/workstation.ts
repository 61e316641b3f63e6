export type Platform = "linux" | "darwin" | "win32";

/** What stands at a path: a `program` is a file that this user may run, a `link` points at nothing. */
export type Probe = "folder" | "program" | "file" | "link" | "absent" | "unreadable";

export interface Run {
  /** Undefined where the program did not start, or was ended. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Why it did not start: `ENOEXEC`, `EACCES`, `ETIMEDOUT` … */
  readonly failure?: string;
}

/** The machine that the doctor looks at. Nothing behind it writes or uses the network. */
export interface Workstation {
  readonly platform: Platform;
  /** Of the machine, as the kernel names it: `x86_64`, `arm64`, `aarch64` … */
  readonly machine: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly home: string;
  readonly probe: (path: string) => Probe;
  /** Undefined where there is no file; @throws where it cannot be read. */
  readonly readText: (path: string) => string | undefined;
  /** The first bytes of a file; undefined where it cannot be read. */
  readonly readStart: (path: string, length: number) => Uint8Array | undefined;
  /** Names in a folder; none where it cannot be read. */
  readonly list: (folder: string) => readonly string[];
  /** Runs a program by its path and waits. */
  readonly run: (program: string, args: readonly string[]) => Run;
}

/** A variable of the environment; Windows does not tell cases apart, and an empty variable counts as not set. */
export function variable({ platform, environment }: Workstation, name: string): string | undefined {
  const exact = environment[name];
  const key = Object.keys(environment).find((candidate) => candidate.toUpperCase() === name.toUpperCase());
  const value = platform === "win32" && exact === undefined && key !== undefined ? environment[key] : exact;
  return value === "" ? undefined : value;
}

/** What a program said, for a message: the last line, since that is where programs say why they stop. */
export function lastLine({ stdout, stderr }: Run): string {
  const lines = `${stdout}\n${stderr}`.split("\n").map((line) => line.trim());
  return lines.findLast((line) => line !== "") ?? "it said nothing";
}
