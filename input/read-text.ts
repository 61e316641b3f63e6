import { readFileSync } from "node:fs";
import type { ReadingProblem } from "../core/program/declaration";
import { reasonOf } from "./reason";

/** The text of a file, or why there is none. */
export function readText(file: string): string | ReadingProblem {
  try {
    return decoded(readFileSync(file));
  } catch (error) {
    return { file, message: `it cannot be read: ${reasonOf(error)}` };
  }
}

/** UTF-8, or UTF-16 where its mark comes first: what `>` writes in Windows PowerShell. Marks are left out. */
export function decoded(bytes: Buffer): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf([first, second]: Buffer): string {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}
