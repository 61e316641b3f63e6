import { readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import path from "node:path";
import type { ReadingProblem } from "../core/program/declaration";
import { reasonOf } from "./reason";

/** What is in a folder and below it; paths begin with the folder's as it was given. */
export interface FolderSearch {
  readonly files: readonly string[];
  /** The folder itself and those below it. */
  readonly folders: readonly string[];
  /** Folders that may not be looked into. */
  readonly problems: readonly ReadingProblem[];
}

const PASSED_OVER = /^(?:node_modules|\..*)$/;

/**
 * Files whose names are wanted, without those that are hidden or of `node_modules`. Links are followed, after all else, and what was
 * met before is not met again: links may lead in a circle.
 */
export function searchFolder(root: string, isWanted: (name: string) => boolean): FolderSearch {
  const files: string[] = [];
  const folders: string[] = [];
  const problems: ReadingProblem[] = [];
  const links: string[] = [];
  /** Folders and files, by the paths that no link is part of. */
  const met = new Set<string>();
  const isNew = (real: string): boolean => !met.has(real) && met.add(real) !== undefined;

  const look = (folder: string): void => {
    try {
      const real = realpathSync(folder);
      if (!isNew(real)) return;
      const entries = readdirSync(folder, { withFileTypes: true });
      folders.push(folder);
      for (const entry of entries) {
        const place = path.join(folder, entry.name);
        if (PASSED_OVER.test(entry.name)) continue;
        if (entry.isSymbolicLink()) links.push(place);
        else if (entry.isDirectory()) look(place);
        else if (entry.isFile() && isWanted(entry.name) && isNew(path.join(real, entry.name))) files.push(place);
      }
    } catch (error) {
      problems.push({ file: folder, message: `the folder cannot be read: ${reasonOf(error)}` });
    }
  };

  look(root);
  for (const link of links) {
    const target = targetOf(link);
    if (target?.isDirectory()) look(link);
    else if (target?.isFile() && isWanted(path.basename(link)) && isNew(realpathSync(link))) files.push(link);
  }
  return { files, folders, problems };
}

/** Undefined for a link that leads nowhere. */
function targetOf(link: string): Stats | undefined {
  try {
    return statSync(link);
  } catch {
    return undefined;
  }
}
