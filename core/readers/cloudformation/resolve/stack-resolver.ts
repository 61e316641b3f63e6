import { withAssumptions } from "../../../program/read";
import { type Position, unknownValue, type Value } from "../../../program/value";
import { child, type Entry, type ListNode, type MapNode, type Node, scalarText } from "../parse/node";
import { mirroredValue } from "./attributes";
import { decide } from "./conditions";
import { type Decision, decided, every } from "./decision";
import { settleEquality, settleStatement, variableKey } from "./equality-decision";
import type { Evaluation, LinkedOutput } from "./evaluation";
import { foreign } from "./foreign";
import { LOOKUP_FUNCTIONS } from "./lookup-functions";
import { notAtHand, notExported, notNested } from "./out-of-sight";
import { parameterValue } from "./parameter-value";
import { masked } from "./parameters";
import { isPseudoParameter, type Place, pseudoParameter } from "./pseudo-parameters";
import type { IntrinsicFunction, Resolver } from "./resolver";
import { declarationId, qualified, type Stack } from "./stack";
import { fromParts } from "./text";
import { TEXT_FUNCTIONS } from "./text-functions";

const FUNCTIONS: ReadonlyMap<string, IntrinsicFunction> = new Map([
  ...Object.entries(TEXT_FUNCTIONS),
  ...Object.entries(LOOKUP_FUNCTIONS),
]);

const NESTED_STACKS = new Set(["AWS::CloudFormation::Stack", "AWS::Serverless::Application"]);
const OUTPUTS = "Outputs.";

/** Resolves one stack under one set of choices. Everything is computed on first use and kept. */
export class StackResolver implements Resolver {
  private readonly parameters = new Map<string, Value>();
  private readonly conditions = new Map<string, Decision>();
  private readonly outputs = new Map<string, Value>();
  private readonly references = new Map<string, Value>();
  private readonly underway = new Set<string>();

  constructor(
    readonly stack: Stack,
    private readonly evaluation: Evaluation,
  ) {}

  /** `offset` is where the report shows the value: its key, where it has one. */
  value(node: Node, offset: number = node.offset): Value {
    const position = this.stack.template.source.position(offset);
    switch (node.kind) {
      case "scalar":
        return scalarValue(node.value, position);
      case "list":
        return this.listValue(node, position);
      case "map":
        return this.mapValue(node, position);
      default:
        return unknownValue(node.reason, { position, name: node.reason });
    }
  }

  compared(node: Node): Value {
    const name = node.kind === "map" && node.entries.size === 1 ? scalarText(child(node, "Ref")) : undefined;
    return name !== undefined && this.stack.template.parameters.has(name) ? this.parameter(name) : this.value(node);
  }

  ref(name: string): Value {
    const parameter = this.stack.template.parameters.get(name);
    if (parameter !== undefined) return masked(parameter, this.parameter(name));
    if (isPseudoParameter(name)) return pseudoParameter(name, this.place());
    return this.reference(name, "Ref");
  }

  attribute(logicalId: string, attribute: string): Value {
    const resource = this.stack.template.resources.get(logicalId);
    if (resource !== undefined && NESTED_STACKS.has(resource.type) && attribute.startsWith(OUTPUTS)) {
      return this.nestedOutput(logicalId, attribute.slice(OUTPUTS.length));
    }
    return this.reference(logicalId, attribute);
  }

  condition(name: string): Decision {
    const statement = conditionStatement(this.stack, name);
    const chosen = settleStatement(statement, this.evaluation);
    if (chosen.truth !== undefined) return chosen;
    const existing = this.conditions.get(name);
    if (existing !== undefined) return existing;
    const found = this.stack.template.conditions.get(name);
    if (found === undefined) return chosen;
    const decision = this.guarded(statement, () => decide(found.value, this)) ?? chosen;
    this.conditions.set(name, decision);
    return decision;
  }

  equality(left: Value, right: Value): Decision {
    return settleEquality(left, right, this.stack, this.evaluation);
  }

  statement(text: string): Decision {
    return settleStatement(`${text} of ${this.stack.key}`, this.evaluation);
  }

  mapping(name: string): Entry | undefined {
    return this.stack.template.mappings.get(name);
  }

  importValue(name: Value): Value {
    const link = this.evaluation.links.imported(this.stack, name);
    if (link !== undefined) return this.linked(link);
    return notExported(name);
  }

  stackOutput(stackName: Value, output: Value): Value {
    const link = this.evaluation.links.output(this.stack, stackName, output);
    if (link !== undefined) return this.linked(link);
    return notAtHand(stackName, output);
  }

  /** Whether a resource is created: its own condition holds, and the stack it belongs to is created. */
  exists(logicalId: string): Decision {
    const { parent, template } = this.stack;
    const own = template.resources.get(logicalId)?.condition;
    const parts = [
      ...(parent === undefined ? [] : [this.evaluation.of(parent.stack).exists(parent.logicalId)]),
      ...(own === undefined ? [] : [this.condition(own)]),
    ];
    return parts.length === 0 ? decided(true) : every(parts);
  }

  output(name: string): Value {
    const existing = this.outputs.get(name);
    if (existing !== undefined) return existing;
    const value = this.outputValue(name);
    this.outputs.set(name, value);
    return value;
  }

  private outputValue(name: string): Value {
    const node = child(this.stack.template.outputs.get(name)?.value, "Value");
    if (node === undefined) {
      return unknownValue(`stack ${this.stack.name} has no output ${name}`, { name: `Outputs.${name}` });
    }
    return this.guarded(`output ${name}`, () => this.value(node)) ?? circular(`output ${name}`);
  }

  parameter(name: string): Value {
    const existing = this.parameters.get(name);
    if (existing !== undefined) return existing;
    const parameter = this.stack.template.parameters.get(name);
    if (parameter === undefined) return unknownValue(`${name} is no parameter of this template`, { name });
    const value =
      this.guarded(`parameter ${name}`, () => parameterValue(parameter, this.stack, this.evaluation)) ??
      circular(`parameter ${name}`);
    this.parameters.set(name, value);
    return value;
  }

  /** Where the stack is deployed, the scenario's choice of region included. */
  place(): Place {
    const { place } = this.stack;
    const choice = this.evaluation.choices.variables.get(variableKey(this.stack, "AWS::Region"));
    return choice !== undefined && "is" in choice ? { ...place, region: choice.is } : place;
  }

  private listValue(node: ListNode, position: Position): Value {
    const items: Value[] = [];
    let assuming: readonly string[] | undefined;
    for (const item of node.items) {
      const value = this.value(item);
      // AWS::NoValue takes the item out of the list.
      if (value.kind !== "absent") items.push(value);
      else if (value.assuming !== undefined) assuming = [...new Set([...(assuming ?? []), ...value.assuming])];
    }
    return assuming === undefined ? { kind: "list", items, position } : { kind: "list", items, position, assuming };
  }

  private mapValue(node: MapNode, position: Position): Value {
    for (const [key, { value: argument }] of node.entries) {
      if (key !== "Ref" && !key.startsWith("Fn::")) continue;
      if (key.startsWith("Fn::ForEach")) return unknownValue(`${key} is not written out`, { position, name: key });
      if (node.entries.size === 1) return { ...this.call(key, argument), position };
      if (key !== "Ref") return unknownValue(`${key} adds to it at deployment`, { position, name: key });
    }
    const entries = new Map<string, Value>();
    for (const [key, found] of node.entries) entries.set(key, this.value(found.value, found.keyOffset));
    return { kind: "record", entries, position };
  }

  private call(name: string, argument: Node): Value {
    const intrinsic = FUNCTIONS.get(name);
    return intrinsic === undefined
      ? unknownValue(`${name} is no function that stands in a property`, { name })
      : intrinsic(argument, this);
  }

  private reference(logicalId: string, attribute: string): Value {
    const name = attribute === "Ref" ? logicalId : `${logicalId}.${attribute}`;
    const existing = this.references.get(name);
    if (existing !== undefined) return existing;
    const value = this.referenceValue(logicalId, attribute, name);
    this.references.set(name, value);
    return value;
  }

  private referenceValue(logicalId: string, attribute: string, name: string): Value {
    const resource = this.stack.template.resources.get(logicalId);
    if (resource === undefined) return unknownValue(`${logicalId} is not defined in this template`, { name });
    const existence = this.exists(logicalId);
    if (existence.truth === false) {
      return unknownValue(
        `${logicalId} is not created here: condition ${resource.condition ?? "of its stack"} is false`,
        { name },
      );
    }
    const reference = { id: declarationId(this.stack, logicalId), attribute };
    const mirrored = this.guarded(name, () => mirroredValue(resource, attribute, this));
    if (mirrored !== undefined) {
      return { ...mirrored, refersTo: [reference, ...(mirrored.refersTo ?? [])] };
    }
    const what = attribute === "Ref" ? `the name or id of ${logicalId}` : name;
    return unknownValue(`it is ${what}, known only after deployment`, { name, refersTo: [reference] });
  }

  private nestedOutput(logicalId: string, output: string): Value {
    const nested = this.stack.nested.get(logicalId);
    if (nested !== undefined) return this.linked({ stack: nested, output, assuming: [] });
    return notNested(declarationId(this.stack, logicalId), logicalId, output);
  }

  private linked({ stack, output, assuming }: LinkedOutput): Value {
    return withAssumptions(foreign(this.evaluation.of(stack).output(output), stack), assuming);
  }

  /** Runs `compute` unless it is running already, which only a circle of references brings about. */
  private guarded<T>(key: string, compute: () => T): T | undefined {
    if (this.underway.has(key)) return undefined;
    this.underway.add(key);
    try {
      return compute();
    } finally {
      this.underway.delete(key);
    }
  }
}

/** What settles a condition whatever it is made of. */
export const conditionStatement = (stack: Stack, name: string): string => `condition ${qualified(stack, name)}`;

const circular = (what: string): Value => unknownValue(`${what} refers back to itself`, { name: what });

function scalarValue(value: string | number | boolean | null, position: Position): Value {
  if (value === null) return { kind: "absent", position };
  if (typeof value === "string" && value.includes("{{resolve:")) return { ...fromParts([value]), position };
  return { kind: "literal", value, position };
}
