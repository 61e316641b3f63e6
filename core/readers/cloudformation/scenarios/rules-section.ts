import { child, type Node } from "../parse/node";
import { decide } from "../resolve/conditions";
import type { StackResolver } from "../resolve/stack-resolver";

/**
 * Whether the Rules section of a template surely refuses the parameters that an evaluation chooses, so that no stack turns
 * out that way. What rests on a default is not refused: another value can be given.
 * Source: CloudFormation user guide, "Rules section".
 */
export function isRefused(resolver: StackResolver): boolean {
  const rules = child(resolver.stack.template.root, "Rules");
  return rules?.kind === "map" && [...rules.entries.values()].some(({ value }) => isBroken(value, resolver));
}

function isBroken(rule: Node, resolver: StackResolver): boolean {
  const condition = child(rule, "RuleCondition");
  if (condition !== undefined && !isSurely(true, condition, resolver)) return false;
  const assertions = child(rule, "Assertions");
  const asserted = assertions?.kind === "list" ? assertions.items.flatMap((item) => child(item, "Assert") ?? []) : [];
  return asserted.some((assertion) => isSurely(false, assertion, resolver));
}

function isSurely(truth: boolean, expression: Node, resolver: StackResolver): boolean {
  const decision = decide(expression, resolver);
  return decision.truth === truth && decision.assuming.length === 0;
}
