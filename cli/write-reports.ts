import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { FileReport } from "./check";

/** Writes every report that can be written, with the folders it needs, and returns a message for each that cannot. */
export function writeReports(files: readonly FileReport[]): readonly string[] {
  return files.flatMap(({ file, text }) => {
    try {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
      return [];
    } catch (error) {
      return [`${file}: the report cannot be written: ${error instanceof Error ? error.message : String(error)}`];
    }
  });
}
