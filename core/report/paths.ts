import path from "node:path";

const slashes = (file: string): string => file.replaceAll("\\", "/");

/** The path of a file from a folder, with slashes; undefined for a file outside of it. Both relative paths and absolute ones are taken. */
export function pathWithin(file: string, folder: string): string | undefined {
  const relative = path.posix.relative(slashes(folder), path.posix.resolve(slashes(folder), slashes(file)));
  return relative === "" || relative === ".." || relative.startsWith("../") ? undefined : relative;
}

/** A relative path as a URI reference. */
export const uriReference = (file: string): string => slashes(file).split("/").map(encodeURIComponent).join("/");

/** A path as `file://…`; `folder` is what a relative one counts from. */
export function fileUri(file: string, folder: string): string {
  const absolute = /^[A-Za-z]:/.test(file) ? `/${slashes(file)}` : path.posix.resolve(slashes(folder), slashes(file));
  return `file://${uriReference(absolute).replace(/^\/([A-Za-z])%3A/, "/$1:")}`;
}
