import { union } from "../../../facts/fact";
import type { TextPart, Value } from "../../../program/value";
import { admits } from "../template/parameter";
import { type Decision, decided, open } from "./decision";
import { areEqual } from "./equality";
import type { Evaluation } from "./evaluation";
import { SHARED_PSEUDO_PARAMETERS } from "./pseudo-parameters";
import { qualified, type Stack } from "./stack";
import { nameOf, partsOf } from "./text";

/** The key of a variable in {@link Choices}: the same wherever a value is seen from. */
export const variableKey = (stack: Stack, name: string): string =>
  SHARED_PSEUDO_PARAMETERS.has(name) ? name : qualified(stack, name);

/** Whether two values are equal, by what is known of them, else by what the scenario chooses, else open. */
export function settleEquality(left: Value, right: Value, stack: Stack, evaluation: Evaluation): Decision {
  evaluation.work++;
  const equal = areEqual(left, right);
  if (equal !== undefined) return decided(equal, union(left.assuming ?? [], right.assuming ?? []));
  if (right.kind === "literal") return settleVariable(left, partsOf(right).join(""), stack, evaluation);
  if (left.kind === "literal") return settleVariable(right, partsOf(left).join(""), stack, evaluation);
  const names = [nameOf(left), nameOf(right)].sort();
  return settleStatement(`${names.join(" equals ")} of ${stack.key}`, evaluation);
}

export function settleStatement(statement: string, { choices }: Evaluation): Decision {
  const chosen = choices.statements.get(statement);
  return chosen === undefined ? open({ kind: "statement", statement }) : decided(chosen);
}

function settleVariable(value: Value, whole: string, stack: Stack, evaluation: Evaluation): Decision {
  const { name, text } = solve(partsOf(value), whole) ?? { name: nameOf(value), text: whole };
  const variable = variableKey(stack, name);
  const parameter = evaluation.openParameter(variable);
  if (parameter !== undefined && !admits(parameter, text)) return decided(false);
  const choice = evaluation.choices.variables.get(variable);
  if (choice !== undefined && "is" in choice) return decided(choice.is === text);
  if (choice?.isNot.has(text)) return decided(false);
  return open({ kind: "variable", variable, text });
}

/** What the one hole of a text must be for the text to be `whole`. */
function solve(
  parts: readonly TextPart[],
  whole: string,
): { readonly name: string; readonly text: string } | undefined {
  const position = parts.findIndex((part) => typeof part !== "string");
  const hole = parts[position];
  const before = parts.slice(0, position);
  const after = parts.slice(position + 1);
  if (
    hole === undefined ||
    typeof hole === "string" ||
    [...before, ...after].some((part) => typeof part !== "string")
  ) {
    return undefined;
  }
  const [start, end] = [before.join(""), after.join("")];
  return { name: hole.hole, text: whole.slice(start.length, whole.length - end.length) };
}
