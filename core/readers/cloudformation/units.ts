import { connected } from "./group";
import { child, type Node } from "./parse/node";
import { NO_CHOICES } from "./resolve/decision";
import { Evaluation, type LinkedOutput, type Links } from "./resolve/evaluation";
import type { Stack } from "./resolve/stack";
import { usesIn } from "./template/uses";

/** Groups of top-level stacks that take values from each other, directly or by way of others. */
export function unitsOf(roots: readonly Stack[], links: Links): readonly (readonly Stack[])[] {
  const evaluation = new Evaluation(NO_CHOICES, links);
  const pairs = roots.flatMap((root) =>
    exportersOf(root, evaluation).map((exporter) => [rootOf(exporter), root] as const),
  );
  return connected(roots, pairs);
}

/** Most templates import nothing, and looking for the word is much cheaper than walking the tree. */
export const mayImport = (text: string): boolean => /ImportValue|GetStackOutput/.test(text);

const rootOf = (stack: Stack): Stack => (stack.parent === undefined ? stack : rootOf(stack.parent.stack));

function exportersOf(stack: Stack, evaluation: Evaluation): readonly Stack[] {
  const own = mayImport(stack.template.source.text)
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
