import { execFile } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import path from "node:path";

/** What a git working tree holds beyond the last commit that it shares with a ref. */
export interface GitChanges {
  /** Absolute: the folder of the working tree. */
  readonly top: string;
  /** The commit that the working tree is compared with. */
  readonly base: string;
  /** Paths that differ, from `top` with slashes: committed, staged or neither; those of files that are gone too. */
  readonly differing: ReadonlySet<string>;
  /** Of any other file git cannot tell whether it changed. */
  readonly tracked: ReadonlySet<string>;
}

/** A message for the user: no git, no repository, no such commit, or no history. */
export class GitError extends Error {}

/** @throws {GitError} */
export async function gitChanges(ref: string, folder: string): Promise<GitChanges> {
  const git = (...args: string[]) => runGit(args, folder);
  // Git takes words with a dash in front for options.
  if (ref === "" || ref.startsWith("-")) throw new GitError(`a branch, tag or commit was expected, not "${ref}"`);
  const top = await git("rev-parse", "--show-toplevel");
  if (top.status !== 0) throw new GitError(`a git working tree is needed: ${top.reason}`);
  const commit = await git("rev-parse", "--verify", "--quiet", `${ref}^{commit}`);
  if (commit.status !== 0) throw new GitError(`git knows no commit "${ref}"${await shallowAdvice(folder)}`);
  const base = await git("merge-base", commit.line, "HEAD");
  if (base.status !== 0) {
    const why = base.reason === "" ? `${ref} and HEAD have no commit in common` : base.reason;
    throw new GitError(`${why}${await shallowAdvice(folder)}`);
  }
  const [differing, tracked] = await Promise.all([
    paths(
      git("diff", "--name-only", "--no-renames", "--no-relative", "--ignore-submodules=none", "-z", base.line, "--"),
    ),
    paths(git("ls-files", "--full-name", "-z", "--", ":/")),
  ]);
  return { top: path.normalize(top.line), base: base.line, differing, tracked };
}

/** Whether a file differs from the base, or may: what git does not track counts as changed. Of a link, it and where it leads to. */
export function hasChanged(changes: GitChanges, file: string): boolean {
  const named = path.resolve(file);
  const real = existsSync(named) ? realpathSync(named) : named;
  const places = [named, real].map((place) => pathFrom(changes, place));
  return places.some((place) => differs(changes.differing, place)) || !changes.tracked.has(pathFrom(changes, real));
}

/** Likewise of a file that need not be there. */
export const hasOptionalChanged = (changes: GitChanges, file: string): boolean =>
  existsSync(file) ? hasChanged(changes, file) : differs(changes.differing, pathFrom(changes, path.resolve(file)));

/** Whether anything in a folder of generated files differs, or git does not track them. `sign` is a file that it always has. */
export function hasChangedWithin(changes: GitChanges, folder: string, sign: string): boolean {
  const start = `${pathFrom(changes, realpathSync(folder))}/`;
  return hasChanged(changes, path.join(folder, sign)) || [...changes.differing].some((file) => file.startsWith(start));
}

/** Systems bound the length of a command line. */
const MOST_ARGUMENTS = 100;

/** Those of the files, as in `differing`, that hold a text in the base. */
export async function holdingInBase(
  changes: GitChanges,
  files: readonly string[],
  text: string,
): Promise<readonly string[]> {
  const { top, base } = changes;
  if (files.length === 0) return [];
  const [now, later] = [files.slice(0, MOST_ARGUMENTS), files.slice(MOST_ARGUMENTS)];
  const places = now.map((file) => `:(top,literal)${file}`);
  const found = await runGit(["grep", "--full-name", "-l", "-z", "-F", "-e", text, base, "--", ...places], top);
  if (found.status !== 0 && found.reason !== "") throw new GitError(found.reason);
  const held = entries(found.output).map((entry) => entry.slice(base.length + 1));
  return [...held, ...(await holdingInBase(changes, later, text))];
}

const pathFrom = ({ top }: GitChanges, file: string): string => path.relative(top, file).split(path.sep).join("/");

/** Itself, or a folder above it that git knows as one thing: a link, or a submodule. */
function differs(differing: ReadonlySet<string>, file: string): boolean {
  if (differing.has(file)) return true;
  const slash = file.lastIndexOf("/");
  return slash > 0 && differs(differing, file.slice(0, slash));
}

async function shallowAdvice(folder: string): Promise<string> {
  const { line } = await runGit(["rev-parse", "--is-shallow-repository"], folder);
  if (line !== "true") return "";
  return "; this clone is shallow: fetch the whole history (fetch-depth: 0 for actions/checkout, GIT_DEPTH: 0 in GitLab, else git fetch --unshallow)";
}

async function paths(running: Promise<GitAnswer>): Promise<ReadonlySet<string>> {
  const { status, output, reason } = await running;
  if (status !== 0) throw new GitError(reason);
  return new Set(entries(output));
}

const entries = (output: string): readonly string[] => output.split("\0").filter((entry) => entry !== "");

interface GitAnswer {
  readonly status: number;
  readonly output: string;
  /** Of the output, the first. */
  readonly line: string;
  /** What git says went wrong; empty where it says nothing. */
  readonly reason: string;
}

/** Runs git as a program of its own, so that no shell reads what stands in a ref or a name. It writes nothing, not even its index. */
function runGit(args: readonly string[], folder: string): Promise<GitAnswer> {
  const options = { cwd: folder, maxBuffer: Number.POSITIVE_INFINITY };
  return new Promise((resolve, reject) => {
    execFile("git", ["--no-optional-locks", ...args], options, (error, output, errors) => {
      if (error?.code === "ENOENT") reject(new GitError("git is needed, and there is no git on PATH"));
      const status = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
      const reason = (errors.split("\n")[0] ?? "").replace(/^(?:fatal|error): /, "");
      resolve({ status, output, line: output.split("\n")[0] ?? "", reason });
    });
  });
}
