import { posix, win32 } from "node:path";
import { variable, type Workstation } from "./workstation";

/** Paths as the workstation writes them, which may be another system than this one. */
export const paths = ({ platform }: Workstation) => (platform === "win32" ? win32 : posix);

/** The folders of PATH in their order. */
export function pathFolders(workstation: Workstation): readonly string[] {
  const { delimiter } = paths(workstation);
  const folders = (variable(workstation, "PATH") ?? "")
    .split(delimiter)
    .map((folder) => folder.replaceAll('"', "").trim());
  return [...new Set(folders)].filter((folder) => folder !== "");
}

export const unreadableFolders = (workstation: Workstation): readonly string[] =>
  pathFolders(workstation).filter((folder) => workstation.probe(folder) === "unreadable");

export interface Place {
  readonly path: string;
  /** `link` and `file` are there but cannot be run. */
  readonly state: "program" | "file" | "link";
}

/** Where PATH leads to for a program; first what can be run. Undefined where no folder has it. */
export function findOnPath(workstation: Workstation, name: string): Place | undefined {
  return findIn(workstation, pathFolders(workstation), name);
}

export function findIn(workstation: Workstation, folders: readonly string[], name: string): Place | undefined {
  const places = folders.flatMap((folder) =>
    fileNames(workstation, name).flatMap((file): readonly Place[] => {
      const path = paths(workstation).join(folder, file);
      const state = workstation.probe(path);
      return state === "program" || state === "file" || state === "link" ? [{ path, state }] : [];
    }),
  );
  return places.find(({ state }) => state === "program") ?? places[0];
}

/** Windows adds an ending, those of PATHEXT in their order. */
function fileNames(workstation: Workstation, name: string): readonly string[] {
  if (workstation.platform !== "win32") return [name];
  const endings = (variable(workstation, "PATHEXT") ?? ".COM;.EXE;.BAT;.CMD").split(";");
  return endings.filter((ending) => ending !== "").map((ending) => `${name}${ending.toLowerCase()}`);
}

export const sameFolder = (workstation: Workstation, left: string, right: string): boolean =>
  plain(workstation, left) === plain(workstation, right);

function plain(workstation: Workstation, folder: string): string {
  const normal = paths(workstation)
    .normalize(folder)
    .replace(/[\\/]+$/, "");
  return workstation.platform === "win32" ? normal.toLowerCase() : normal;
}
