import * as v from "valibot";
import { type PositionedDocument, schemaProblem } from "../configuration/schema-problems";
import type { ReadingProblem } from "../program/declaration";
import { type FactsFile, NO_FACTS } from "./facts-file";
import { factsSchema } from "./schema";

export interface FactsReading {
  readonly facts: FactsFile;
  readonly problems: readonly ReadingProblem[];
}

/** The facts of parsed JSON; undefined where something is wrong with it. */
export function validFacts(content: unknown): FactsFile | undefined {
  const { success, output } = v.safeParse(factsSchema(), content);
  return success ? { snapshots: output.snapshots } : undefined;
}

/** The same with what is wrong. A program wrote the file: where a part of it is wrong, none of it is in force. */
export function readFacts(document: PositionedDocument): FactsReading {
  const { success, output, issues = [] } = v.safeParse(factsSchema(), document.content);
  if (success) return { facts: { snapshots: output.snapshots }, problems: [] };
  return { facts: NO_FACTS, problems: issues.map((issue) => schemaProblem(document, issue)) };
}
