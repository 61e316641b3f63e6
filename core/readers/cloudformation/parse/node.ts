import type { Position } from "../../../program/value";

/**
 * A template as a tree whose nodes know where they stand. Short tags are already long: `!Ref A` is the map `{ Ref: A }`.
 * A node is written in one place but may be reached from several, where YAML aliases repeat it.
 */
export type Node = ScalarNode | ListNode | MapNode | UnreadableNode;

interface Located {
  /** Index in the source text. */
  readonly offset: number;
}

export interface ScalarNode extends Located {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
}

export interface ListNode extends Located {
  readonly kind: "list";
  readonly items: readonly Node[];
}

export interface MapNode extends Located {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, Entry>;
}

/** Something that stands in the file and means nothing to CloudFormation; its reason completes "not known: …". */
export interface UnreadableNode extends Located {
  readonly kind: "unreadable";
  readonly reason: string;
}

export interface Entry {
  /** Where the key stands. */
  readonly keyOffset: number;
  readonly value: Node;
}

/** What is wrong with a text at a place; `fatal` when nothing of it could be read. */
export interface SyntaxIssue {
  readonly message: string;
  readonly offset: number;
  readonly fatal: boolean;
}

export interface Parsed {
  readonly root?: Node;
  readonly issues: readonly SyntaxIssue[];
}

/** Stops a parser at the first thing it cannot read. */
export class SyntaxStop extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

export const entry = (node: Node | undefined, key: string): Entry | undefined =>
  node?.kind === "map" ? node.entries.get(key) : undefined;

export const child = (node: Node | undefined, key: string): Node | undefined => entry(node, key)?.value;

/** The text of a scalar; undefined for anything else. Numbers and booleans are written as CloudFormation converts them. */
export const scalarText = (node: Node | undefined): string | undefined =>
  node?.kind === "scalar" && node.value !== null ? String(node.value) : undefined;

/** A number only where its text says the same: `1.0`, `012` and `1e3` stay texts, for CloudFormation passes on what is written. */
export function numberOrText(source: string): number | string {
  const number = Number(source);
  return String(number) === source ? number : source;
}

/** From a place in a text to the place in the file that the text is a part of. */
export type PlaceInFile = (position: Position) => Position;

/** Finds lines and columns of a text. The table of lines is made on first use. */
export class Source {
  private starts: readonly number[] | undefined;
  /** Index of the line that was found last: readers mostly go on from there. */
  private last = 0;

  constructor(
    readonly text: string,
    private readonly placeInFile: PlaceInFile = (position) => position,
  ) {}

  position(offset: number): Position {
    this.starts ??= lineStarts(this.text);
    const line = nextLines(this.starts, this.last, offset) ?? lineAt(this.starts, offset);
    this.last = line;
    return this.placeInFile({ line: line + 1, column: offset - (this.starts[line] ?? 0) + 1 });
  }
}

const NEAR = 4;

/** The line of an offset where it is one of the few from a line on. */
function nextLines(starts: readonly number[], from: number, offset: number): number | undefined {
  if (offset < (starts[from] ?? 0)) return undefined;
  for (let line = from; line < from + NEAR; line++) {
    if (offset < (starts[line + 1] ?? Number.POSITIVE_INFINITY)) return line;
  }
  return undefined;
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let index = text.indexOf("\n"); index >= 0; index = text.indexOf("\n", index + 1)) starts.push(index + 1);
  return starts;
}
