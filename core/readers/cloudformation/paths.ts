/** The folder part of a path with its last `/` or `\`; empty where there is none. */
export const folderOf = (path: string): string =>
  path.slice(0, Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);

/** The last part of a path. */
export const baseName = (path: string): string => path.slice(folderOf(path).length);

/** `a/./b/../c` as `a/c`, with `/` on every system. */
export function normalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.replaceAll("\\", "/").split("/")) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== "." && (part !== "" || parts.length === 0)) parts.push(part);
  }
  return parts.join("/");
}
