import { type FSWatcher, statSync, watch } from "node:fs";
import path from "node:path";
import { INPUT_NAME } from "./paths";
import { searchFolder } from "./search-folder";

/** What files looked like at one time. */
export interface Snapshot {
  /** By absolute path: something that differs when the file was written. */
  readonly files: ReadonlyMap<string, string>;
  /** Absolute: where changes to them show. */
  readonly folders: ReadonlySet<string>;
}

/** Files, and in folders whatever may be an input, but for the files left out (absolute). A file need not be there. */
export function takeSnapshot(places: readonly string[], leftOut: ReadonlySet<string>): Snapshot {
  const files = new Map<string, string>();
  const folders = new Set<string>();
  const note = (file: string, stats = statSync(file, { throwIfNoEntry: false })): void => {
    if (stats !== undefined && !leftOut.has(file)) files.set(file, `${stats.ino} ${stats.mtimeMs} ${stats.size}`);
  };
  for (const place of places.map((given) => path.resolve(given))) {
    const stats = statSync(place, { throwIfNoEntry: false });
    if (!stats?.isDirectory()) {
      folders.add(path.dirname(place));
      note(place, stats);
      continue;
    }
    const found = searchFolder(place, (name) => INPUT_NAME.test(name));
    for (const folder of [place, ...found.folders]) folders.add(folder);
    for (const file of found.files) note(file);
  }
  return { files, folders };
}

/** Absolute paths of files that came, went or were written. */
export function changedBetween(before: Snapshot, after: Snapshot): readonly string[] {
  const all = new Set([...before.files.keys(), ...after.files.keys()]);
  return [...all].filter((file) => before.files.get(file) !== after.files.get(file));
}

/** Milliseconds without an event after which a change counts as done: editors and compilers write in several steps. */
const QUIET = 100;

/**
 * Calls back when something in the folders may have changed, once things are quiet; what it was the system does not always say.
 * Returns what ends it.
 * @throws when the system watches no more folders.
 */
export function watchFolders(folders: ReadonlySet<string>, changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watchers: FSWatcher[] = [];
  const close = (): void => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
  const event = (): void => {
    clearTimeout(timer);
    timer = setTimeout(changed, QUIET);
  };
  try {
    for (const folder of folders) {
      // A folder that goes away is an event too, and an error on some systems.
      if (statSync(folder, { throwIfNoEntry: false }) !== undefined)
        watchers.push(watch(folder, event).on("error", event));
    }
  } catch (error) {
    close();
    throw error;
  }
  return close;
}
