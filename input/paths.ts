import { existsSync, statSync } from "node:fs";
import path from "node:path";
import type { GlobOptions } from "tinyglobby";
import type { ReadingProblem } from "../core/program/declaration";
import { searchFolder } from "./search-folder";

/** What the paths of a command line stand for. */
export interface ExpandedPaths {
  readonly files: readonly InputFile[];
  /** Folders that `cdk synth` wrote. */
  readonly assemblies: readonly string[];
  readonly problems: readonly ReadingProblem[];
}

export interface InputFile {
  readonly file: string;
  /** Named by the user, so that it is an error when it holds nothing to judge; a file found in a folder is passed over. */
  readonly named: boolean;
}

const MANIFEST = "manifest.json";
/** What may be a program, by its name. */
export const INPUT_NAME = /\.(?:json|ya?ml|template)$/;
/** What is no program for sure. */
const OTHER =
  /^(?:.*\.assets\.json|package(?:-lock)?\.json|tsconfig.*\.json|ssm-preflight\.(?:ya?ml|(?:baseline\.|facts\.)?json))$/;

/**
 * Files, folders and globs as files and cloud assemblies, in the order given; folders are searched in alphabetical order.
 * `excluded` are absolute paths of files to leave out; a cloud assembly goes with its manifest.
 */
export async function expandPaths(
  paths: readonly string[],
  excluded: ReadonlySet<string> = new Set(),
): Promise<ExpandedPaths> {
  const expanded = await Promise.all(paths.map(expandPath));
  const files = new Map<string, InputFile>();
  for (const file of expanded.flatMap((entry) => entry.files)) {
    const key = path.resolve(file.file);
    if (!excluded.has(key) && (file.named || !files.has(key))) files.set(key, file);
  }
  const assemblies = new Set(expanded.flatMap((entry) => entry.assemblies));
  return {
    files: [...files.values()],
    assemblies: [...assemblies].filter((folder) => !excluded.has(path.resolve(folder, MANIFEST))),
    problems: expanded.flatMap((entry) => entry.problems),
  };
}

/** The folder that a glob looks into; a path without wildcards itself. */
export function rootOf(given: string): string {
  const wildcard = given.search(/[*?[\]{}()!+@]/);
  return wildcard === -1 ? given : path.dirname(`${given.slice(0, wildcard)}_`);
}

/** Absolute paths of the files that globs match, seen from a folder. A folder stands for everything in it. */
export async function filesMatching(globs: readonly string[], folder: string): Promise<ReadonlySet<string>> {
  if (globs.length === 0) return new Set();
  const options = { cwd: folder, ignore: ["**/node_modules/**"], expandDirectories: true };
  return new Set((await glob(globs, options)).map((file) => path.resolve(folder, file)));
}

// Loaded on demand: most runs name their files.
async function glob(patterns: readonly string[], options: GlobOptions): Promise<readonly string[]> {
  const tinyglobby = await import("tinyglobby");
  return tinyglobby.glob(patterns, { expandDirectories: false, ...options, onlyFiles: true });
}

async function expandPath(given: string): Promise<ExpandedPaths> {
  if (!existsSync(given)) return expandGlob(given);
  if (!statSync(given).isDirectory()) return { files: [{ file: given, named: true }], assemblies: [], problems: [] };
  if (isAssembly(given)) return { files: [], assemblies: [given], problems: [] };
  const found = searchFolder(given, (name) => INPUT_NAME.test(name) && !OTHER.test(name));
  const assemblies = found.files
    .filter((file) => path.basename(file) === MANIFEST)
    .map((file) => path.dirname(file))
    .filter(isAssembly)
    .filter((folder, _, all) => !all.some((other) => folder.startsWith(other + path.sep)));
  const files = found.files.filter((file) => !assemblies.some((folder) => file.startsWith(folder + path.sep))).sort();
  const { problems } = found;
  if (files.length + assemblies.length + problems.length === 0) return nothingAt(given, NOTHING_IN_FOLDER);
  return { files: files.map((file) => ({ file, named: false })), assemblies: assemblies.sort(), problems };
}

async function expandGlob(pattern: string): Promise<ExpandedPaths> {
  const found = await glob([pattern.split(path.sep).join("/")], {});
  if (found.length > 0) {
    return { files: [...found].sort().map((file) => ({ file, named: true })), assemblies: [], problems: [] };
  }
  return nothingAt(pattern, "there is no such file or folder");
}

const NOTHING_IN_FOLDER = "the folder holds no template, no Pulumi preview and no cloud assembly";

const nothingAt = (file: string, message: string): ExpandedPaths => ({
  files: [],
  assemblies: [],
  problems: [{ file, message }],
});

/** `cdk synth` marks its output with both files. */
const isAssembly = (folder: string): boolean =>
  existsSync(path.join(folder, MANIFEST)) && existsSync(path.join(folder, "cdk.out"));
