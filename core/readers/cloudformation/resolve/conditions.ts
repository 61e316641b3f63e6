import { type Node, scalarText } from "../parse/node";
import { type Decision, decided, every, not, some } from "./decision";
import type { Resolver } from "./resolver";
import { argumentsOf } from "./text-functions";

type ConditionFunction = (argument: Node, resolver: Resolver) => Decision;

const FUNCTIONS: Readonly<Record<string, ConditionFunction>> = {
  "Fn::And": (argument, resolver) => every(argumentsOf(argument).map((part) => decide(part, resolver))),
  "Fn::Or": (argument, resolver) => some(argumentsOf(argument).map((part) => decide(part, resolver))),
  "Fn::Not": negation,
  "Fn::Equals": equality,
  "Fn::Contains": containment,
  Condition: named,
  // Some templates write it in place of Condition, and CloudFormation takes a condition's name nowhere else.
  Ref: named,
};

/** What an expression of the Conditions section comes to. Source: CloudFormation template reference, "Condition functions". */
export function decide(node: Node, resolver: Resolver): Decision {
  if (node.kind === "scalar" && typeof node.value === "boolean") return decided(node.value);
  if (node.kind !== "map" || node.entries.size !== 1) return undecidable(node, resolver);
  for (const [name, { value }] of node.entries) {
    const decision = FUNCTIONS[name]?.(value, resolver);
    if (decision !== undefined) return decision;
  }
  return undecidable(node, resolver);
}

// An expression that cannot be read is one statement that may hold or not.
const undecidable = (node: Node, resolver: Resolver): Decision =>
  resolver.statement(`the expression at offset ${node.offset}`);

function negation(argument: Node, resolver: Resolver): Decision {
  const [part, ...others] = argument.kind === "list" ? argument.items : [argument];
  return part === undefined || others.length > 0 ? undecidable(argument, resolver) : not(decide(part, resolver));
}

function equality(argument: Node, resolver: Resolver): Decision {
  const [left, right, ...others] = argumentsOf(argument);
  if (left === undefined || right === undefined || others.length > 0) return undecidable(argument, resolver);
  return resolver.equality(resolver.compared(left), resolver.compared(right));
}

/** Of the Rules section: whether a list of texts holds a value. */
function containment(argument: Node, resolver: Resolver): Decision {
  const [list, value] = argumentsOf(argument);
  if (list?.kind !== "list" || value === undefined) return undecidable(argument, resolver);
  const wanted = resolver.compared(value);
  return some(list.items.map((item) => resolver.equality(resolver.compared(item), wanted)));
}

function named(argument: Node, resolver: Resolver): Decision {
  const name = scalarText(argument);
  return name === undefined ? undecidable(argument, resolver) : resolver.condition(name);
}
