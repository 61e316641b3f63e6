import { types } from "node:util";

/** What codes of the operating system mean; its own messages repeat the path and name the call that failed. */
const MEANING = new Map([
  ["ENOENT", "there is no such file"],
  ["ENOTDIR", "there is no such file"],
  ["EISDIR", "it is a folder"],
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
]);

/** Why something failed, in words for whoever ran it. */
export function reasonOf(error: unknown): string {
  if (!types.isNativeError(error)) return String(error);
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return MEANING.get(code) ?? error.message;
}
