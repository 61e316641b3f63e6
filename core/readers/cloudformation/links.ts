import type { TextPart, Value } from "../../program/value";
import { groupBy } from "./group";
import { child } from "./parse/node";
import { NO_CHOICES } from "./resolve/decision";
import { Evaluation, type LinkedOutput, type Links, NO_LINKS } from "./resolve/evaluation";
import { foreign } from "./resolve/foreign";
import type { Stack } from "./resolve/stack";
import { nameOf, partsOf } from "./resolve/text";

interface Export {
  readonly stack: Stack;
  readonly output: string;
  readonly name: Value;
  /** Known stretches of the name; undefined for what stands between them. */
  readonly pattern: readonly (string | undefined)[];
  /** Whether what is not known of it is the stack's name, in the usual way of building export names. */
  readonly isByStackName: boolean;
}

/** What stacks of one run take from each other by export name or stack name. */
export function linkStacks(stacks: readonly Stack[]): Links {
  const exports = collectExports(stacks);
  const byName = groupBy(exports, ({ name }) => nameOf(name));
  const byUnknownStack = exports.filter(({ isByStackName }) => isByStackName);
  const byStackName = groupBy(stacks, ({ place }) => place.stackName);
  return {
    imported: (importer, exportName) => {
      const name = foreign(exportName, importer);
      const exact = only(reachable(byName.get(nameOf(name)) ?? [], importer));
      if (exact !== undefined) return { ...exact, assuming: [] };
      const parts = partsOf(name);
      const similar = only(reachable(byUnknownStack, importer).filter((found) => mayBe(parts, found)));
      if (similar === undefined) return undefined;
      return { ...similar, assuming: [`output ${similar.output} of stack ${similar.stack.name} is what is imported`] };
    },
    output: (_, stackName, output): LinkedOutput | undefined => {
      if (stackName.kind !== "literal" || output.kind !== "literal") return undefined;
      const stack = only(byStackName.get(String(stackName.value)) ?? []);
      const name = String(output.value);
      return stack?.template.outputs.has(name) ? { stack, output: name, assuming: [] } : undefined;
    },
  };
}

function collectExports(stacks: readonly Stack[]): readonly Export[] {
  const evaluation = new Evaluation(NO_CHOICES, NO_LINKS);
  return stacks.flatMap((stack) =>
    [...stack.template.outputs].flatMap(([output, { value }]): readonly Export[] => {
      const name = child(child(value, "Export"), "Name");
      return name === undefined ? [] : [exported(stack, output, foreign(evaluation.of(stack).value(name), stack))];
    }),
  );
}

function exported(stack: Stack, output: string, name: Value): Export {
  const parts = partsOf(name);
  const pattern = parts.map((part) => (typeof part === "string" ? part : undefined));
  return { stack, output, name, pattern, isByStackName: parts.some(isStackName) && pattern.join("") !== "" };
}

// Exports are seen in their own region and account only.
const reachable = (exports: readonly Export[], importer: Stack): readonly Export[] =>
  exports.filter(
    ({ stack }) =>
      stack !== importer &&
      mayMatch(stack.place.region, importer.place.region) &&
      mayMatch(stack.place.account, importer.place.account),
  );

const mayMatch = (left: string | undefined, right: string | undefined): boolean =>
  left === undefined || right === undefined || left === right;

const only = <T>(items: readonly T[]): T | undefined => (items.length === 1 ? items[0] : undefined);

/**
 * Whether an import and an export that are not both known whole may be the same name. Only the usual way of building
 * names counts, an unknown stack name among known text, so that `${A}-VpcId` meets `${AWS::StackName}-VpcId`.
 */
function mayBe(importName: readonly TextPart[], { pattern }: Export): boolean {
  const [name, ...others] = importName;
  if (typeof name !== "string" || others.length > 0) {
    return importName.length === pattern.length && importName.every((part, at) => sameStretch(part, pattern[at]));
  }
  const [first = "", second = ""] = pattern;
  return (
    pattern.length === 2 &&
    name.length > first.length + second.length &&
    name.startsWith(first) &&
    name.endsWith(second)
  );
}

const isStackName = (part: TextPart): boolean => typeof part !== "string" && part.hole.startsWith("AWS::StackName");

const sameStretch = (part: TextPart, known: string | undefined): boolean =>
  typeof part === "string" ? part === known : known === undefined;
