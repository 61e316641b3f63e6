import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { ReadingProblem } from "../core/program/declaration";
import { decoded } from "./read-text";
import { reasonOf } from "./reason";

/** A configuration as text, before anything that reads it is loaded. */
export interface FoundConfiguration {
  /** As shown to the user. */
  readonly file: string;
  readonly text: string;
  /** The key that it stands under, in a file that holds other things too. */
  readonly key?: string;
}

export interface ConfigurationSearch {
  readonly found: FoundConfiguration | undefined;
  readonly problems: readonly ReadingProblem[];
  /** Configurations beside the one that is read. */
  readonly passedOver: readonly string[];
}

/** In the order in which they are looked for. */
export const CONFIGURATION_FILES = ["ssm-preflight.yaml", "ssm-preflight.yml", "ssm-preflight.json"];
const MANIFEST = "package.json";
const KEY = "ssm-preflight";

/** All of which may be, or hold, a folder's configuration. */
export const CONFIGURATION_PLACES = [...CONFIGURATION_FILES, MANIFEST];

/** The configuration of a folder, or the file that the user names. A folder without one is nothing unusual. */
export function findConfiguration(folder: string, given?: string): ConfigurationSearch {
  if (given !== undefined) return readGiven(folder, given);
  const present = CONFIGURATION_FILES.filter((name) => existsSync(path.join(folder, name)));
  const manifest = inManifest(folder);
  const [first, ...others] = manifest === undefined ? present : [...present, MANIFEST];
  if (first === undefined) return { found: undefined, problems: [], passedOver: [] };
  if (first === MANIFEST) return { found: manifest, problems: [], passedOver: [] };
  return { ...readGiven(folder, first), passedOver: others };
}

function readGiven(folder: string, file: string): ConfigurationSearch {
  try {
    const text = decoded(readFileSync(path.resolve(folder, file)));
    const found = path.basename(file) === MANIFEST ? { file, text, key: KEY } : { file, text };
    return { found, problems: [], passedOver: [] };
  } catch (error) {
    const message = `it cannot be read: ${reasonOf(error)}`;
    return { found: undefined, problems: [{ file, message }], passedOver: [] };
  }
}

/** A package.json that cannot be read says nothing of this tool. */
function inManifest(folder: string): FoundConfiguration | undefined {
  try {
    const text = readFileSync(path.join(folder, MANIFEST), "utf8");
    const content: unknown = JSON.parse(text);
    if (typeof content !== "object" || content === null || !Object.hasOwn(content, KEY)) return undefined;
    return { file: MANIFEST, text, key: KEY };
  } catch {
    return undefined;
  }
}
