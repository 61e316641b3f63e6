import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from "yaml";
import { NO_CONFIGURATION } from "../core/configuration/configuration";
import {
  type ConfigurationDocument,
  type ConfigurationReading,
  readConfiguration,
} from "../core/configuration/read-configuration";
import type { ConfigurableRule } from "../core/configuration/schema";
import type { Path } from "../core/configuration/schema-problems";
import type { Position } from "../core/program/value";
import type { FoundConfiguration } from "./find-configuration";

/** Reads a configuration, YAML or JSON. One that is no YAML is not in force at all, for nobody knows what it was meant to say. */
export function parseConfiguration(
  found: FoundConfiguration,
  rules: readonly ConfigurableRule[],
): ConfigurationReading {
  const { file, text, key } = found;
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const none = { ...NO_CONFIGURATION, file };
  const [syntax] = document.errors;
  if (syntax !== undefined) {
    // Its message is advice for programmers.
    const message = syntax.code === "MULTIPLE_DOCS" ? "it holds a second document" : `it is no YAML: ${syntax.message}`;
    return { configuration: none, problems: [{ file, position: positionAt(syntax.pos[0]), message }] };
  }
  if (key !== undefined && !document.has(key)) {
    return { configuration: none, problems: [{ file, message: `it has no key ${key}` }] };
  }
  try {
    return readConfiguration(documentOf(document, found, positionAt), rules);
  } catch (error) {
    // Aliases that lead to themselves, or to more than the parser will copy.
    const message = `it cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    return { configuration: none, problems: [{ file, message }] };
  }
}

function documentOf(
  document: Document.Parsed,
  { file, key }: FoundConfiguration,
  positionAt: (offset: number) => Position,
): ConfigurationDocument {
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
