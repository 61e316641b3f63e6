import { known, unknown } from "../../facts/fact";
import { lazy } from "../../facts/lazy";
import type { Declaration } from "../../program/declaration";
import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../../program/normal-form";
import { type RecordValue, record, type Value } from "../../program/value";
import { child, type Entry, scalarText } from "./parse/node";
import type { Evaluation } from "./resolve/evaluation";
import { declarationId, type Stack } from "./resolve/stack";
import type { StackResolver } from "./resolve/stack-resolver";

/** The outputs of a stack as declarations of the normal form; those whose condition is false are left out. */
export function outputsOf(stack: Stack, evaluation: Evaluation): readonly Declaration[] {
  const resolver = evaluation.of(stack);
  return [...stack.template.outputs].flatMap(([name, entry]) => output(name, entry, resolver) ?? []);
}

function output(name: string, { keyOffset, value: node }: Entry, resolver: StackResolver): Declaration | undefined {
  const { stack } = resolver;
  const condition = scalarText(child(node, "Condition"));
  const existence = condition === undefined ? undefined : resolver.condition(condition);
  if (existence?.truth === false) return undefined;
  const { region, account } = resolver.place();
  const properties = lazy((): RecordValue => {
    const description = child(node, "Description");
    const entries: [string, Value][] = [["Value", resolver.output(name)]];
    if (description !== undefined) entries.push(["Description", resolver.value(description)]);
    return record(new Map(entries));
  });
  const construct = stack.constructPaths.get(name);
  return {
    id: declarationId(stack, `Outputs.${name}`),
    name: `Outputs.${name}`,
    type: EXTRA.output,
    sourceType: "Outputs",
    language: stack.language,
    stack: stack.name,
    file: stack.template.file,
    position: stack.template.source.position(keyOffset),
    region: region === undefined ? unknown("the region is not given") : known(region),
    account: account === undefined ? unknown("the account is not given") : known(account),
    assuming: existence?.assuming ?? [],
    physicalIds: [],
    exemptions: construct?.exemptions ?? [],
    get properties() {
      return properties();
    },
    ...(construct === undefined ? {} : { constructPath: construct.path }),
    ...(construct?.sourceLocation === undefined ? {} : { sourceLocation: construct.sourceLocation }),
  };
}
