import * as v from "valibot";
import { LEVELS } from "../assessment/assessment";
import { list, object, oneOf, text, wrong } from "../configuration/schema-parts";
import { nameOf, type Path, type Places, schemaProblem } from "../configuration/schema-problems";
import type { ReadingProblem } from "../program/declaration";
import { child, entry, type Node, type Source } from "../readers/cloudformation/parse/node";
import { parseText } from "../readers/cloudformation/parse/parse";
import type { Baseline } from "./baseline";
import { BASELINE_VERSION } from "./baseline-text";

const COUNT = "a whole number from 1";

const SCHEMA = object("a baseline, which is a map with the keys version and entries", {
  version: v.literal(
    BASELINE_VERSION,
    ({ input }) => `this ssm-preflight reads version ${BASELINE_VERSION}, not ${input}`,
  ),
  entries: list(
    object("a map with the keys rule, resource, count and fingerprint", {
      rule: text("the id of a rule"),
      level: v.exactOptional(oneOf(LEVELS)),
      resource: text("the name of a resource"),
      file: v.exactOptional(text("the path of a file")),
      count: v.pipe(v.number(wrong(COUNT)), v.integer(wrong(COUNT)), v.minValue(1, wrong(COUNT))),
      fingerprint: text("a fingerprint"),
    }),
  ),
});

export interface BaselineReading {
  /** Undefined when anything is wrong in it: then it excuses nothing, for nobody knows what it was meant to say. */
  readonly baseline: Baseline | undefined;
  readonly problems: readonly ReadingProblem[];
}

/** `file` is shown to the user. */
export function readBaseline(content: string, file: string): BaselineReading {
  const { root, issues, source } = parseText(content, file);
  const [syntax] = issues;
  if (root === undefined || syntax !== undefined) {
    const position = syntax === undefined ? {} : { position: source.position(syntax.offset) };
    return refused([{ file, message: `it is no baseline: ${syntax?.message ?? "it cannot be read"}`, ...position }]);
  }
  const places = placesIn(root, source, file);
  const result = v.safeParse(SCHEMA, plain(root));
  if (!result.success) return refused(result.issues.map((issue) => schemaProblem(places, issue)));
  const { entries } = result.output;
  const repeated = repetitions(entries.map(({ fingerprint }) => fingerprint));
  if (repeated.length > 0) return refused(repeated.map((index) => repetition(places, ["entries", index])));
  return { baseline: { file, entries }, problems: [] };
}

const refused = (problems: readonly ReadingProblem[]): BaselineReading => ({ baseline: undefined, problems });

/** Two branches that were joined by hand may both bring one. */
function repetitions(fingerprints: readonly string[]): readonly number[] {
  const seen = new Set<string>();
  return fingerprints.flatMap((fingerprint, index) => (seen.size === seen.add(fingerprint).size ? [index] : []));
}

function repetition({ file, valueAt }: Places, path: Path): ReadingProblem {
  const position = valueAt(path);
  const message = `${nameOf(path)}: an entry above has the same fingerprint`;
  return { file, message, ...(position === undefined ? {} : { position }) };
}

function plain(node: Node): unknown {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(plain);
    case "map":
      return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plain(value)]));
    case "unreadable":
      return null;
  }
}

function placesIn(root: Node, source: Source, file: string): Places {
  const nodeAt = (path: Path) => path.reduce<Node | undefined>(step, root);
  const placeOf = (offset: number | undefined) => (offset === undefined ? undefined : source.position(offset));
  return {
    file,
    valueAt: (path) => placeOf(nodeAt(path)?.offset),
    keyAt: (path) => placeOf(entry(nodeAt(path.slice(0, -1)), String(path.at(-1)))?.keyOffset),
  };
}

const step = (node: Node | undefined, key: string | number): Node | undefined =>
  typeof key === "number" ? (node?.kind === "list" ? node.items[key] : undefined) : child(node, key);
