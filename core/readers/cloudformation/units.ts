import { groupBy } from "./group";
import { child, type Node } from "./parse/node";
import { NO_CHOICES } from "./resolve/decision";
import { Evaluation, type LinkedOutput, type Links } from "./resolve/evaluation";
import type { Stack } from "./resolve/stack";
import { usesIn } from "./template/uses";

/** Groups of top-level stacks that take values from each other, directly or by way of others. */
export function unitsOf(roots: readonly Stack[], links: Links): readonly (readonly Stack[])[] {
  const leaders = new Map<Stack, Stack>(roots.map((root) => [root, root]));
  const leaderOf = (stack: Stack): Stack => {
    const leader = leaders.get(stack) ?? stack;
    return leader === stack ? stack : leaderOf(leader);
  };
  const evaluation = new Evaluation(NO_CHOICES, links);
  for (const root of roots) {
    for (const exporter of exportersOf(root, evaluation)) {
      const [from, to] = [leaderOf(rootOf(exporter)), leaderOf(root)];
      if (from !== to) leaders.set(to, from);
    }
  }
  return [...groupBy(roots, leaderOf).values()];
}

const rootOf = (stack: Stack): Stack => (stack.parent === undefined ? stack : rootOf(stack.parent.stack));

function exportersOf(stack: Stack, evaluation: Evaluation): readonly Stack[] {
  // Most templates import nothing, and looking for the word is much cheaper than walking the tree.
  const mayImport = /ImportValue|GetStackOutput/.test(stack.template.source.text);
  const own = mayImport
    ? importsIn(stack.template.root).flatMap((node) => linkOf(node, stack, evaluation)?.stack ?? [])
    : [];
  return [...own, ...[...stack.nested.values()].flatMap((nested) => exportersOf(nested, evaluation))];
}

const importsIn = (root: Node): readonly Node[] =>
  usesIn(root).flatMap(({ kind, node }) => (kind === "import" ? [node] : []));

/** The output that the argument of an import stands for. */
export function linkOf(argument: Node, stack: Stack, evaluation: Evaluation): LinkedOutput | undefined {
  const resolver = evaluation.of(stack);
  const [stackName, output] = [child(argument, "StackName"), child(argument, "OutputName")];
  return stackName !== undefined && output !== undefined
    ? evaluation.links.output(stack, resolver.value(stackName), resolver.value(output))
    : evaluation.links.imported(stack, resolver.value(argument));
}
