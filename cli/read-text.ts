import { readFileSync } from "node:fs";
import type { ReadingProblem } from "../core/program/declaration";

/** The text of a file, or why there is none. */
export function readText(file: string): string | ReadingProblem {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { file, message: `it cannot be read: ${reason}` };
  }
}
