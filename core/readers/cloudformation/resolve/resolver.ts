import type { Value } from "../../../program/value";
import type { Entry, Node } from "../parse/node";
import type { Decision } from "./decision";

/** What the intrinsic functions ask of the stack that they stand in. */
export interface Resolver {
  value(node: Node): Value;
  /** A value for comparison in a condition, where secrets count too. */
  compared(node: Node): Value;
  ref(name: string): Value;
  attribute(logicalId: string, attribute: string): Value;
  condition(name: string): Decision;
  /** Settles an equality that is open by what the scenario at hand chooses. */
  equality(left: Value, right: Value): Decision;
  /** A statement that nothing decides but the scenario's choice. */
  statement(text: string): Decision;
  mapping(name: string): Entry | undefined;
  importValue(name: Value): Value;
  stackOutput(stackName: Value, output: Value): Value;
}

export type IntrinsicFunction = (argument: Node, resolver: Resolver) => Value;
