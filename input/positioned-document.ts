import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from "yaml";
import type { Path, PositionedDocument } from "../core/configuration/schema-problems";
import type { ReadingProblem } from "../core/program/declaration";
import type { Position } from "../core/program/value";
import type { FoundConfiguration } from "./find-configuration";
import { reasonOf } from "./reason";

/** Reads YAML or JSON, called by the name of the language that it should be, with the places of everything in it. */
export function positionedDocument(
  found: FoundConfiguration,
  language: "YAML" | "JSON",
): PositionedDocument | ReadingProblem {
  const { file, text, key } = found;
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const [syntax] = document.errors;
  if (syntax !== undefined) {
    // Its message is advice for programmers.
    const message =
      syntax.code === "MULTIPLE_DOCS" ? "it holds a second document" : `it is no ${language}: ${syntax.message}`;
    return { file, position: positionAt(syntax.pos[0]), message };
  }
  if (key !== undefined && !document.has(key)) return { file, message: `it has no key ${key}` };
  try {
    return documentOf(document, found, positionAt);
  } catch (error) {
    // Aliases that lead to themselves, or to more than the parser will copy.
    return { file, message: `it cannot be read: ${reasonOf(error)}` };
  }
}

function documentOf(
  document: Document.Parsed,
  { file, key }: FoundConfiguration,
  positionAt: (offset: number) => Position,
): PositionedDocument {
  keepNumbersAsWritten(document);
  const start: Path = key === undefined ? [] : [key];
  const whole: unknown = document.toJS();
  const placeOf = (node: Node | undefined): Position | undefined =>
    node?.range === undefined || node.range === null ? undefined : positionAt(node.range[0]);
  return {
    file,
    content: key === undefined ? whole : member(whole, key),
    valueAt: (path) => placeOf(nodeAt(document, [...start, ...path])),
    keyAt: (path) => placeOf(keyNodeAt(document, [...start, ...path])),
  };
}

function keepNumbersAsWritten(document: Document.Parsed): void {
  visit(document, {
    Scalar: (position, scalar) => {
      if (position !== "key" && typeof scalar.value === "number" && scalar.source !== undefined) {
        scalar.value = scalar.source;
      }
    },
  });
}

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}

function nodeAt(document: Document.Parsed, path: Path): Node | undefined {
  const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  return isScalar(node) || isMap(node) || isSeq(node) ? node : undefined;
}

function keyNodeAt(document: Document.Parsed, path: Path): Node | undefined {
  const parent = nodeAt(document, path.slice(0, -1));
  if (!isMap(parent)) return nodeAt(document, path);
  const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === path.at(-1));
  return isScalar(pair?.key) ? pair.key : undefined;
}
