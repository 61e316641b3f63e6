import { asString } from "../../../program/read";
import type { Value } from "../../../program/value";
import { type Entry, type MapNode, type Node, scalarText } from "../parse/node";

/** A loop that cannot be unrolled, and why. */
export interface LoopIssue {
  readonly loop: string;
  readonly reason: string;
  readonly offset: number;
}

export interface Unrolled {
  readonly root: MapNode;
  readonly issues: readonly LoopIssue[];
  /** What had to be taken for granted for what a loop makes, by the key that it makes. */
  readonly assuming: ReadonlyMap<string, readonly string[]>;
}

const PREFIX = "Fn::ForEach";
/** Members that loops may make, far more than the 500 resources of a template. Loops in loops could make billions. */
const MAX_MEMBERS = 5_000;
const SECTIONS = ["Conditions", "Resources", "Outputs"];

export const hasLoops = (text: string): boolean => text.includes(PREFIX);

/**
 * Writes out `Fn::ForEach` in the sections that may hold it. `evaluate` gives the value of a loop's collection.
 * Source: CloudFormation template reference, "Fn::ForEach".
 */
export function unrollLoops(root: MapNode, evaluate: (node: Node) => Value): Unrolled {
  const unroller = new Unroller(evaluate);
  const entries = new Map(root.entries);
  for (const name of SECTIONS) {
    const found = entries.get(name);
    if (found !== undefined) entries.set(name, { ...found, value: unroller.section(found.value) });
  }
  return { root: { ...root, entries }, issues: unroller.issues, assuming: unroller.assuming };
}

class Unroller {
  readonly issues: LoopIssue[] = [];
  readonly assuming = new Map<string, readonly string[]>();
  private made = 0;

  constructor(private readonly evaluate: (node: Node) => Value) {}

  section(node: Node): Node {
    if (node.kind !== "map") return node;
    const entries = new Map<string, Entry>();
    for (const [key, found, assuming] of this.members(node, [])) {
      entries.set(key, { ...found, value: this.nested(found.value, key) });
      if (assuming.length > 0) this.note(key, assuming);
    }
    return { ...node, entries };
  }

  /** Loops inside a resource, condition or output. */
  private nested(node: Node, owner: string): Node {
    if (node.kind === "list") return { ...node, items: node.items.map((item) => this.nested(item, owner)) };
    if (node.kind !== "map") return node;
    const entries = new Map<string, Entry>();
    for (const [key, found, assuming] of this.members(node, [])) {
      entries.set(key, { ...found, value: this.nested(found.value, owner) });
      if (assuming.length > 0) this.note(owner, assuming);
    }
    return { ...node, entries };
  }

  private note(key: string, assuming: readonly string[]): void {
    this.assuming.set(key, [...new Set([...(this.assuming.get(key) ?? []), ...assuming])]);
  }

  private *members(node: MapNode, outer: readonly string[]): Generator<[string, Entry, readonly string[]]> {
    for (const [key, found] of node.entries) {
      if (!key.startsWith(PREFIX)) {
        yield [key, found, outer];
        continue;
      }
      const issues = this.issues.length;
      yield* this.loop(key, found, outer);
      // A loop that stays tells the resolver that the map around it has more members.
      if (this.issues.length > issues) yield [key, found, outer];
    }
  }

  private *loop(name: string, found: Entry, outer: readonly string[]): Generator<[string, Entry, readonly string[]]> {
    const [identifierNode, collection, fragment] = found.value.kind === "list" ? found.value.items : [];
    const identifier = scalarText(identifierNode);
    if (identifier === undefined || collection === undefined || fragment?.kind !== "map") {
      return this.fail(name, "an identifier, a collection and a map were expected", found.keyOffset);
    }
    const items = this.evaluate(collection);
    if (items.kind !== "list") {
      const reason = items.kind === "unknown" ? items.reason : `its collection is a ${items.kind}`;
      return this.fail(name, reason, found.keyOffset);
    }
    for (const item of items.items) {
      const text = asString(item);
      if (text.state !== "known") {
        this.fail(name, text.state === "unknown" ? text.reason : "an item is left out", found.keyOffset);
        continue;
      }
      if (++this.made > MAX_MEMBERS)
        return this.fail(name, `it makes more than ${MAX_MEMBERS} members`, found.keyOffset);
      const assuming = [...new Set([...outer, ...(items.assuming ?? []), ...text.assuming])];
      const body = substitute(fragment, identifier, text.value);
      if (body.kind === "map") yield* this.members(body, assuming);
    }
  }

  private fail(loop: string, reason: string, offset: number): void {
    this.issues.push({ loop, reason, offset });
  }
}

/** Puts a value in place of `${Identifier}`, `&{Identifier}` (letters and digits only) and `{ Ref: Identifier }`. */
function substitute(node: Node, identifier: string, value: string): Node {
  if (node.kind === "scalar") {
    return typeof node.value === "string" ? { ...node, value: replaced(node.value, identifier, value) } : node;
  }
  if (node.kind === "list") return { ...node, items: node.items.map((item) => substitute(item, identifier, value)) };
  if (node.kind !== "map") return node;
  if (node.entries.size === 1 && scalarText(node.entries.get("Ref")?.value) === identifier) {
    return { kind: "scalar", value, offset: node.offset };
  }
  const entries = new Map<string, Entry>();
  for (const [key, found] of node.entries) {
    entries.set(replaced(key, identifier, value), { ...found, value: substitute(found.value, identifier, value) });
  }
  return { ...node, entries };
}

const replaced = (text: string, identifier: string, value: string): string =>
  text
    .replaceAll(`\${${identifier}}`, () => value)
    .replaceAll(`&{${identifier}}`, () => value.replace(/[^A-Za-z0-9]/g, ""));
