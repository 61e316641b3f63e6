import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { reasonOf } from "../input/reason";

/** A report, or another file, to be written. */
export interface FileReport {
  readonly file: string;
  readonly text: string;
}

/** Writes every report that can be written, with the folders it needs, and returns a message for each that cannot. */
export function writeReports(files: readonly FileReport[]): readonly string[] {
  return files.flatMap(({ file, text }) => {
    try {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
      return [];
    } catch (error) {
      return [`${file}: it cannot be written: ${reasonOf(error)}`];
    }
  });
}
