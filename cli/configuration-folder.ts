import path from "node:path";
import type { Configuration } from "../core/configuration/configuration";

/** The folder that paths in a configuration start from. */
export const folderOf = ({ file }: Pick<Configuration, "file">): string =>
  file === undefined ? "." : path.dirname(file);
