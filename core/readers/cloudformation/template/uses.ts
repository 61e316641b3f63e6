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

/** Everything that a part of a template mentions by name, in the order of the text. */
export function usesIn(node: Node): readonly Use[] {
  const uses: Use[] = [];
  collect(node, uses, []);
  return uses;
}

function collect(node: Node, uses: Use[], guards: readonly Guard[]): void {
  if (node.kind === "list") {
    for (const item of node.items) collect(item, uses, guards);
    return;
  }
  if (node.kind !== "map") return;
  for (const [key, { keyOffset, value }] of node.entries) {
    const handle = node.entries.size === 1 ? HANDLERS[key] : undefined;
    if (handle === undefined) collect(value, uses, guards);
    else handle(value, uses, guards, keyOffset);
  }
}

type Handler = (argument: Node, uses: Use[], guards: readonly Guard[], offset: number) => void;

const HANDLERS: Readonly<Record<string, Handler>> = {
  Ref: (argument, uses, guards, offset) => {
    const name = scalarText(argument);
    if (name === undefined) collect(argument, uses, guards);
    else uses.push({ kind: "reference", name, attribute: "Ref", offset, node: argument, guards });
  },
  "Fn::GetAtt": (argument, uses, guards, offset) => {
    const written = scalarText(argument);
    const [name, ...rest] = written?.split(".") ?? (argument.kind === "list" ? argument.items.map(scalarText) : []);
    const attribute = rest.join(".");
    if (name !== undefined) uses.push({ kind: "reference", name, attribute, offset, node: argument, guards });
    if (written === undefined) collect(argument, uses, guards);
  },
  "Fn::Sub": (argument, uses, guards, offset) => {
    const [first, variables] = argument.kind === "list" ? argument.items : [argument];
    for (const [, inside = ""] of (scalarText(first) ?? "").matchAll(PLACEHOLDER)) {
      const path = inside.trim();
      if (path.startsWith("!") || child(variables, path) !== undefined) continue;
      const [name = "", ...rest] = path.split(".");
      const attribute = rest.length === 0 ? "Ref" : rest.join(".");
      uses.push({ kind: "reference", name, attribute, offset, node: argument, guards });
    }
    if (variables !== undefined) collect(variables, uses, guards);
  },
  "Fn::If": (argument, uses, guards, offset) => {
    const [conditionNode, whenTrue, whenFalse] = argument.kind === "list" ? argument.items : [];
    const condition = scalarText(conditionNode);
    if (condition === undefined) return collect(argument, uses, guards);
    uses.push({ kind: "condition", name: condition, attribute: "", offset, node: argument, guards });
    if (whenTrue !== undefined) collect(whenTrue, uses, [...guards, { condition, branch: true }]);
    if (whenFalse !== undefined) collect(whenFalse, uses, [...guards, { condition, branch: false }]);
  },
  "Fn::FindInMap": (argument, uses, guards, offset) => {
    const name = scalarText(argument.kind === "list" ? argument.items[0] : undefined);
    if (name !== undefined) uses.push({ kind: "mapping", name, attribute: "", offset, node: argument, guards });
    collect(argument, uses, guards);
  },
  "Fn::ImportValue": importUse,
  "Fn::GetStackOutput": importUse,
};

function importUse(argument: Node, uses: Use[], guards: readonly Guard[], offset: number): void {
  uses.push({ kind: "import", name: "", attribute: "", offset, node: argument, guards });
  collect(argument, uses, guards);
}
