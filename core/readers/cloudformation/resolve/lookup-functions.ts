import { asString, withAssumptions } from "../../../program/read";
import { list, literal, unknownValue, type Value } from "../../../program/value";
import { child, type Node, scalarText } from "../parse/node";
import { cidrBlocks } from "./cidr";
import { areEqual } from "./equality";
import type { IntrinsicFunction, Resolver } from "./resolver";
import { nameOf } from "./text";
import { argumentsOf, inherited, malformed, reasonOf } from "./text-functions";

/** Source for all of these: CloudFormation template reference, "Intrinsic functions". */
export const LOOKUP_FUNCTIONS: Readonly<Record<string, IntrinsicFunction>> = {
  Ref: ref,
  "Fn::GetAtt": getAtt,
  "Fn::If": choose,
  "Fn::FindInMap": findInMap,
  "Fn::GetAZs": availabilityZones,
  "Fn::Cidr": cidr,
  "Fn::ImportValue": (argument, resolver) => resolver.importValue(resolver.value(argument)),
  "Fn::GetStackOutput": stackOutput,
  "Fn::Transform": transform,
};

function ref(argument: Node, resolver: Resolver): Value {
  const name = nameFrom(argument, resolver);
  return name === undefined ? malformed("Ref", "a name") : resolver.ref(name);
}

function getAtt(argument: Node, resolver: Resolver): Value {
  const path = attributePath(argument, resolver);
  return path === undefined ? malformed("Fn::GetAtt", "a resource and an attribute") : resolver.attribute(...path);
}

/** `[Logical, Attribute]` of both forms, `A.B` and `[A, B]`. */
function attributePath(argument: Node, resolver: Resolver): readonly [string, string] | undefined {
  const written = scalarText(argument);
  if (written !== undefined) {
    const dot = written.indexOf(".");
    return dot < 0 ? undefined : [written.slice(0, dot), written.slice(dot + 1)];
  }
  const [resource, ...rest] = argumentsOf(argument).map((item) => nameFrom(item, resolver));
  if (resource === undefined || rest.length === 0 || rest.includes(undefined)) return undefined;
  return [resource, rest.join(".")];
}

// With AWS::LanguageExtensions the names themselves may be computed.
function nameFrom(node: Node, resolver: Resolver): string | undefined {
  const written = scalarText(node);
  if (written !== undefined) return written;
  const computed = asString(resolver.value(node));
  return computed.state === "known" ? computed.value : undefined;
}

function choose(argument: Node, resolver: Resolver): Value {
  const [conditionNode, whenTrue, whenFalse] = argumentsOf(argument);
  const condition = scalarText(conditionNode);
  if (condition === undefined || whenTrue === undefined || whenFalse === undefined) {
    return malformed("Fn::If", "a condition and two values");
  }
  const decision = resolver.condition(condition);
  if (decision.truth !== undefined) {
    return withAssumptions(resolver.value(decision.truth ? whenTrue : whenFalse), decision.assuming);
  }
  const [left, right] = [resolver.value(whenTrue), resolver.value(whenFalse)];
  if (areEqual(left, right) === true && left.kind !== "record" && left.kind !== "list") return left;
  const name = `If(${condition}, ${nameOf(left)}, ${nameOf(right)})`;
  return unknownValue(`it depends on condition ${condition}, which the template leaves open`, { name });
}

function findInMap(argument: Node, resolver: Resolver): Value {
  const [mapNode, firstNode, secondNode, options] = argumentsOf(argument);
  if (mapNode === undefined || firstNode === undefined || secondNode === undefined) {
    return malformed("Fn::FindInMap", "a mapping and two keys");
  }
  const mapName = nameFrom(mapNode, resolver);
  const [first, second] = [usualPartition(resolver.value(firstNode)), resolver.value(secondNode)];
  const unknownEntry = (reason: string): Value => {
    const name = `FindInMap(${mapName ?? "?"}, ${nameOf(first)}, ${nameOf(second)})`;
    return unknownValue(reason, { ...inherited(first, second), name });
  };
  if (mapName === undefined) return unknownEntry("it is looked up in a mapping whose name is not known");
  const mapping = resolver.mapping(mapName);
  if (mapping === undefined) return unknownEntry(`mapping ${mapName} is not defined in this template`);
  const fallback = child(options, "DefaultValue");
  const found = possibleEntries(mapping.value, first).flatMap((row) => possibleEntries(row, second));
  const complete = first.kind === "literal" && second.kind === "literal" && found.length > 0;
  const values = [...found, ...(complete || fallback === undefined ? [] : [fallback])].map((node) =>
    resolver.value(node),
  );
  const [value, ...others] = values;
  if (value === undefined) return unknownEntry(`mapping ${mapName} has no entry ${nameOf(first)}, ${nameOf(second)}`);
  if (others.every((other) => areEqual(value, other) === true)) {
    return withAssumptions(value, inherited(first, second).assuming);
  }
  const open = first.kind === "literal" ? second : first;
  return unknownEntry(`it is looked up in mapping ${mapName} by ${nameOf(open)}, and ${reasonOf(open, "the key")}`);
}

// Mappings by partition hold names of services and domains, which differ in words only. The identity diagnosis takes the same for granted.
const usualPartition = (key: Value): Value =>
  key.kind === "unknown" && key.name === "AWS::Partition"
    ? literal("aws", { assuming: ["the program is deployed to the aws partition"] })
    : key;

/** Entries that a key, known or not, may stand for. */
function possibleEntries(node: Node, key: Value): readonly Node[] {
  if (node.kind !== "map") return [];
  if (key.kind === "literal") {
    const found = child(node, String(key.value));
    return found === undefined ? [] : [found];
  }
  return [...node.entries].flatMap(([name, { value }]) => (areEqual(key, literal(name)) === false ? [] : [value]));
}

function availabilityZones(argument: Node, resolver: Resolver): Value {
  const given = resolver.value(argument);
  const region = given.kind === "literal" && given.value === "" ? resolver.ref("AWS::Region") : given;
  return unknownValue("the availability zones of a region are known only at deployment", {
    ...inherited(region),
    name: `GetAZs(${nameOf(region)})`,
  });
}

function cidr(argument: Node, resolver: Resolver): Value {
  const [rangeNode, countNode, bitsNode] = argumentsOf(argument);
  if (rangeNode === undefined || countNode === undefined) return malformed("Fn::Cidr", "a range and a count");
  const range = resolver.value(rangeNode);
  const count = resolver.value(countNode);
  const bits = bitsNode === undefined ? undefined : resolver.value(bitsNode);
  const inputs = bits === undefined ? [range, count] : [range, count, bits];
  const name = () => `Cidr(${inputs.map(nameOf).join(", ")})`;
  const open = inputs.find((value) => value.kind !== "literal");
  const { assuming } = inherited(...inputs);
  const context = assuming === undefined ? {} : { assuming };
  if (open !== undefined) return unknownValue(reasonOf(open, "Fn::Cidr"), { ...inherited(...inputs), name: name() });
  const [rangeText = "", countText, bitsText] = inputs.map((value) =>
    value.kind === "literal" ? String(value.value) : "",
  );
  const defaultBits = rangeText.includes(":") ? 64 : 8;
  const blocks = cidrBlocks(rangeText, Number(countText), bitsText === undefined ? defaultBits : Number(bitsText));
  if (blocks === undefined)
    return unknownValue(`${name()} is no valid division of ${rangeText}`, { ...context, name: name() });
  return list(
    blocks.map((block) => literal(block)),
    context,
  );
}

function stackOutput(argument: Node, resolver: Resolver): Value {
  const stackName = child(argument, "StackName");
  const outputName = child(argument, "OutputName");
  if (stackName === undefined || outputName === undefined) {
    return malformed("Fn::GetStackOutput", "StackName and OutputName");
  }
  return resolver.stackOutput(resolver.value(stackName), resolver.value(outputName));
}

function transform(argument: Node): Value {
  const macro = scalarText(child(argument, "Name")) ?? "a macro";
  return unknownValue(`${macro} makes it at deployment`, { name: `Transform(${macro})` });
}
