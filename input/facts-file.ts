import { readFileSync } from "node:fs";
import path from "node:path";
import { NO_FACTS } from "../core/facts-file/facts-file";
import { type FactsReading, readFacts, validFacts } from "../core/facts-file/read-facts-file";
import { positionedDocument } from "./positioned-document";
import { decoded } from "./read-text";
import { reasonOf } from "./reason";

/** The facts in a file, or what is wrong with it. */
export function readFactsFile(folder: string, file: string): FactsReading {
  try {
    return parseFacts(file, decoded(readFileSync(path.resolve(folder, file))));
  } catch (error) {
    const message = `it cannot be read: ${reasonOf(error)}`;
    return { facts: NO_FACTS, problems: [{ file, message }] };
  }
}

function parseFacts(file: string, text: string): FactsReading {
  const facts = validFacts(parsedJson(text));
  if (facts !== undefined) return { facts, problems: [] };
  // Where things stand is worth a slow parser only when one of them is wrong.
  const document = positionedDocument({ file, text }, "JSON");
  return "content" in document ? readFacts(document) : { facts: NO_FACTS, problems: [document] };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
