import { posix } from "node:path";

/** With slashes and, for a drive of Windows, as a path from the root: `/C:/work`. */
const rooted = (file: string): string => file.replaceAll("\\", "/").replace(/^[A-Za-z]:/, "/$&");

/** The path of a file from an absolute folder, with slashes; undefined for a file outside of it. Relative files count from the folder. */
export function pathWithin(file: string, folder: string): string | undefined {
  const path = posix.relative(rooted(folder), posix.resolve(rooted(folder), rooted(file)));
  return path === "" || path === ".." || path.startsWith("../") ? undefined : path;
}

/** A path that does not depend on where the folder lies: that within it, or else the file's name. */
export const portablePath = (file: string, folder: string): string =>
  pathWithin(file, folder) ?? posix.basename(rooted(file));

/** A path with slashes as a URI reference. Half of a surrogate pair has no place in a URI. */
export const uriReference = (path: string): string =>
  path
    .replace(/\p{Cs}/gu, "\ufffd")
    .split("/")
    .map(encodeURIComponent)
    .join("/");

/** `file:///…` for a file; a relative one counts from the folder. */
export const fileUri = (file: string, folder: string): string =>
  `file://${uriReference(posix.resolve(rooted(folder), rooted(file))).replace(/^\/([A-Za-z])%3A(\/|$)/, "/$1:$2")}`;
