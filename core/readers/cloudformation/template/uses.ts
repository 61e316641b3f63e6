import { child, type Node, scalarText } from "../parse/node";

/** One mention of something by name. */
export interface Use {
  readonly kind: "reference" | "condition" | "mapping" | "import";
  /** The name mentioned; empty for an import, whose name may be computed. */
  readonly name: string;
  /** Of `Fn::GetAtt`, or `Ref`. */
  readonly attribute: string;
  readonly offset: number;
  /** The argument, for what reads it closer. */
  readonly node: Node;
  /** Branches of `Fn::If` that it stands in: it counts only where all of these turn out so. */
  readonly guards: readonly Guard[];
}

export interface Guard {
  readonly condition: string;
  readonly branch: boolean;
}

const PLACEHOLDER = /\$\{([^{}]*)\}/g;

/**
 * Everything that a part of a template mentions by name, in the order of the text.
 *
 * @param without keys of maps whose values are passed over
 */
export function usesIn(node: Node, without: ReadonlySet<string> = NOTHING_LEFT_OUT): readonly Use[] {
  const sink: Sink = { uses: [], without };
  collect(node, sink, []);
  return sink.uses;
}

const NOTHING_LEFT_OUT: ReadonlySet<string> = new Set();

interface Sink {
  readonly uses: Use[];
  readonly without: ReadonlySet<string>;
}

function collect(node: Node, sink: Sink, guards: readonly Guard[]): void {
  if (node.kind === "list") {
    for (const item of node.items) collect(item, sink, guards);
    return;
  }
  if (node.kind !== "map") return;
  for (const [key, { keyOffset, value }] of node.entries) {
    const handle = node.entries.size === 1 ? HANDLERS[key] : undefined;
    if (handle !== undefined) handle(value, sink, guards, keyOffset);
    else if (!sink.without.has(key)) collect(value, sink, guards);
  }
}

type Handler = (argument: Node, sink: Sink, guards: readonly Guard[], offset: number) => void;

const HANDLERS: Readonly<Record<string, Handler>> = {
  Ref: (argument, sink, guards, offset) => {
    const name = scalarText(argument);
    if (name === undefined) collect(argument, sink, guards);
    else sink.uses.push({ kind: "reference", name, attribute: "Ref", offset, node: argument, guards });
  },
  "Fn::GetAtt": (argument, sink, guards, offset) => {
    const written = scalarText(argument);
    const [name, ...rest] = written?.split(".") ?? (argument.kind === "list" ? argument.items.map(scalarText) : []);
    const attribute = rest.join(".");
    if (name !== undefined) sink.uses.push({ kind: "reference", name, attribute, offset, node: argument, guards });
    if (written === undefined) collect(argument, sink, guards);
  },
  "Fn::Sub": (argument, sink, guards, offset) => {
    const [first, variables] = argument.kind === "list" ? argument.items : [argument];
    for (const [, inside = ""] of (scalarText(first) ?? "").matchAll(PLACEHOLDER)) {
      const path = inside.trim();
      if (path.startsWith("!") || child(variables, path) !== undefined) continue;
      const [name = "", ...rest] = path.split(".");
      const attribute = rest.length === 0 ? "Ref" : rest.join(".");
      sink.uses.push({ kind: "reference", name, attribute, offset, node: argument, guards });
    }
    if (variables !== undefined) collect(variables, sink, guards);
  },
  "Fn::If": (argument, sink, guards, offset) => {
    const [conditionNode, whenTrue, whenFalse] = argument.kind === "list" ? argument.items : [];
    const condition = scalarText(conditionNode);
    if (condition === undefined) return collect(argument, sink, guards);
    sink.uses.push({ kind: "condition", name: condition, attribute: "", offset, node: argument, guards });
    if (whenTrue !== undefined) collect(whenTrue, sink, [...guards, { condition, branch: true }]);
    if (whenFalse !== undefined) collect(whenFalse, sink, [...guards, { condition, branch: false }]);
  },
  "Fn::FindInMap": (argument, sink, guards, offset) => {
    const name = scalarText(argument.kind === "list" ? argument.items[0] : undefined);
    if (name !== undefined) sink.uses.push({ kind: "mapping", name, attribute: "", offset, node: argument, guards });
    collect(argument, sink, guards);
  },
  "Fn::ImportValue": importUse,
  "Fn::GetStackOutput": importUse,
};

function importUse(argument: Node, sink: Sink, guards: readonly Guard[], offset: number): void {
  sink.uses.push({ kind: "import", name: "", attribute: "", offset, node: argument, guards });
  collect(argument, sink, guards);
}
