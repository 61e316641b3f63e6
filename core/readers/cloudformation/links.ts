import type { TextPart, Value } from "../../program/value";
import { groupBy } from "./group";
import { child } from "./parse/node";
import { NO_CHOICES } from "./resolve/decision";
import { Evaluation, type LinkedOutput, type Links } from "./resolve/evaluation";
import { foreign } from "./resolve/foreign";
import type { Stack } from "./resolve/stack";
import { nameOf, partsOf } from "./resolve/text";

interface Export {
  readonly stack: Stack;
  readonly output: string;
  readonly name: Value;
}

/** What stacks of one run take from each other by export name or stack name. */
export function linkStacks(stacks: readonly Stack[]): Links {
  const exports = collectExports(stacks);
  const byName = groupBy(exports, ({ name }) => nameOf(name));
  const loose = exports.filter(({ name }) => name.kind !== "literal");
  const byStackName = groupBy(stacks, ({ place }) => place.stackName);
  return {
    imported: (importer, exportName) => {
      const name = foreign(exportName, importer);
      const exact = only(reachable(byName.get(nameOf(name)) ?? [], importer));
      if (exact !== undefined) return { ...exact, assuming: [] };
      const candidates = name.kind === "literal" ? loose : exports;
      const similar = only(reachable(candidates, importer).filter((found) => mayBe(name, found.name)));
      if (similar === undefined) return undefined;
      return { ...similar, assuming: [`${nameOf(similar.name)} of ${similar.stack.name} is what is imported`] };
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
  const evaluation = new Evaluation(NO_CHOICES, { imported: () => undefined, output: () => undefined });
  return stacks.flatMap((stack) =>
    [...stack.template.outputs].flatMap(([output, { value }]): readonly Export[] => {
      const name = child(child(value, "Export"), "Name");
      return name === undefined ? [] : [{ stack, output, name: foreign(evaluation.of(stack).value(name), stack) }];
    }),
  );
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
function mayBe(importName: Value, exportName: Value): boolean {
  const [imported, exported] = [partsOf(importName), partsOf(exportName)];
  const pattern = exported.map((part) => (typeof part === "string" ? part : undefined));
  if (!exported.some(isStackName) || pattern.join("") === "") return false;
  if (importName.kind !== "literal") {
    return imported.length === pattern.length && imported.every((part, index) => sameStretch(part, pattern[index]));
  }
  const [first = "", second = ""] = exported.length === 2 ? pattern : [];
  const name = imported.join("");
  return exported.length === 2 && name.length > first.length + second.length && name.startsWith(first) && name.endsWith(second);
}

const isStackName = (part: TextPart): boolean => typeof part !== "string" && part.hole.startsWith("AWS::StackName");

const sameStretch = (part: TextPart, known: string | undefined): boolean =>
  typeof part === "string" ? part === known : known === undefined;
