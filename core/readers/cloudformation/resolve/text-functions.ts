import { union } from "../../../facts/fact";
import { asString } from "../../../program/read";
import {
  list,
  literal,
  type Reference,
  type TextPart,
  unknownValue,
  type Value,
  type ValueContext,
} from "../../../program/value";
import { child, type Node, scalarText } from "../parse/node";
import type { IntrinsicFunction, Resolver } from "./resolver";
import { concatenate, nameOf, partsOf, split } from "./text";

/** Source for all of these: CloudFormation template reference, "Intrinsic functions". */
export const TEXT_FUNCTIONS: Readonly<Record<string, IntrinsicFunction>> = {
  "Fn::Sub": sub,
  "Fn::Join": join,
  "Fn::Split": splitText,
  "Fn::Select": select,
  "Fn::Length": length,
  "Fn::Base64": encode,
  "Fn::ToJsonString": toJsonString,
};

export const argumentsOf = (node: Node): readonly Node[] => (node.kind === "list" ? node.items : []);

export const malformed = (name: string, expected: string): Value =>
  unknownValue(`${name} was expected to be given ${expected}`);

/** What a value stands on and refers to, for one that is computed from it. */
export function inherited(...values: readonly Value[]): ValueContext {
  const refersTo: Reference[] = values.flatMap((value) => value.refersTo ?? []);
  const assuming = values.map((value) => value.assuming ?? []).reduce(union, []);
  return { ...(refersTo.length === 0 ? {} : { refersTo }), ...(assuming.length === 0 ? {} : { assuming }) };
}

const PLACEHOLDER = /\$\{([^{}]*)\}/g;

function sub(argument: Node, resolver: Resolver): Value {
  const [first, variables] = argument.kind === "list" ? argument.items : [argument];
  const template = scalarText(first);
  if (template === undefined) return malformed("Fn::Sub", "a text");
  const pieces: Value[] = [];
  let end = 0;
  for (const match of template.matchAll(PLACEHOLDER)) {
    if (match.index > end) pieces.push(literal(template.slice(end, match.index)));
    pieces.push(substituted((match[1] ?? "").trim(), variables, resolver));
    end = match.index + match[0].length;
  }
  if (end < template.length) pieces.push(literal(template.slice(end)));
  return concatenate(pieces);
}

function substituted(name: string, variables: Node | undefined, resolver: Resolver): Value {
  if (name.startsWith("!")) return literal(`\${${name.slice(1)}}`);
  const variable = child(variables, name);
  if (variable !== undefined) return resolver.value(variable);
  const dot = name.indexOf(".");
  return dot < 0 ? resolver.ref(name) : resolver.attribute(name.slice(0, dot), name.slice(dot + 1));
}

function join(argument: Node, resolver: Resolver): Value {
  const [delimiterNode, itemsNode] = argumentsOf(argument);
  const delimiter = scalarText(delimiterNode);
  if (delimiter === undefined || itemsNode === undefined) return malformed("Fn::Join", "a delimiter and a list");
  const items = resolver.value(itemsNode);
  if (items.kind !== "list") {
    return unknownValue(reasonOf(items, "Fn::Join"), {
      ...inherited(items),
      name: `Join("${delimiter}", ${nameOf(items)})`,
    });
  }
  const pieces = items.items.flatMap((item, index) => (index === 0 ? [item] : [literal(delimiter), item]));
  return withAssumptionsOf(items, concatenate(pieces));
}

function withAssumptionsOf(source: Value, value: Value): Value {
  if (source.assuming === undefined) return value;
  return { ...value, assuming: [...new Set([...source.assuming, ...(value.assuming ?? [])])] };
}

function splitText(argument: Node, resolver: Resolver): Value {
  const [delimiterNode, sourceNode] = argumentsOf(argument);
  const delimiter = scalarText(delimiterNode);
  if (!delimiter || sourceNode === undefined) return malformed("Fn::Split", "a delimiter and a text");
  const source = resolver.value(sourceNode);
  const pieces = source.kind === "literal" || source.kind === "text" ? split(partsOf(source), delimiter) : undefined;
  if (pieces !== undefined) return withAssumptionsOf(source, list(pieces));
  const name = `Split("${delimiter}", ${nameOf(source)})`;
  return unknownValue(reasonOf(source, "Fn::Split"), { ...inherited(source), name });
}

function select(argument: Node, resolver: Resolver): Value {
  const [indexNode, itemsNode] = argumentsOf(argument);
  if (indexNode === undefined || itemsNode === undefined) return malformed("Fn::Select", "an index and a list");
  const index = resolver.value(indexNode);
  const items = resolver.value(itemsNode);
  const name = () => `Select(${nameOf(index)}, ${nameOf(items)})`;
  const position = asString(index);
  if (position.state !== "known" || items.kind !== "list") {
    const open = items.kind === "list" ? index : items;
    return unknownValue(reasonOf(open, "Fn::Select"), { ...inherited(index, items), name: name() });
  }
  const item = /^\d+$/.test(position.value) ? items.items[Number(position.value)] : undefined;
  if (item !== undefined) return withAssumptionsOf(index, withAssumptionsOf(items, item));
  return unknownValue(`Fn::Select asks for item ${position.value} of a list of ${items.items.length}`, {
    name: name(),
  });
}

function length(argument: Node, resolver: Resolver): Value {
  const items = resolver.value(argument);
  if (items.kind === "list") return withAssumptionsOf(items, literal(items.items.length));
  return unknownValue(reasonOf(items, "Fn::Length"), { ...inherited(items), name: `Length(${nameOf(items)})` });
}

// User data is what the report reads, so the text stays plain and says that it will be encoded.
function encode(argument: Node, resolver: Resolver): Value {
  const value = resolver.value(argument);
  if (value.kind !== "literal" && value.kind !== "text") return value;
  const plain = value.encoding === undefined ? value : concatenate([literal(""), value]);
  if (plain.kind === "literal") return { ...plain, value: String(plain.value), encoding: "base64" };
  return plain.kind === "text" ? { ...plain, encoding: "base64" } : plain;
}

function toJsonString(argument: Node, resolver: Resolver): Value {
  const value = resolver.value(argument);
  const json = jsonOf(value);
  if (json !== undefined) return literal(JSON.stringify(json), inherited(value));
  return unknownValue("it is JSON of which parts are not known", {
    ...inherited(value),
    name: `ToJsonString(${nameOf(value)})`,
  });
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Undefined where any part is not known. */
function jsonOf(value: Value): Json | undefined {
  if (value.kind === "literal") return value.encoding === undefined ? value.value : partsOf(value).join("");
  if (value.kind === "list") {
    const items = value.items.map(jsonOf);
    return items.every((item): item is Json => item !== undefined) ? items : undefined;
  }
  if (value.kind !== "record") return undefined;
  const members: Record<string, Json> = {};
  for (const [key, item] of value.entries) {
    if (item.kind === "absent") continue;
    const json = jsonOf(item);
    if (json === undefined) return undefined;
    members[key] = json;
  }
  return members;
}

/** Why something computed from a value is not known. */
export function reasonOf(value: Value, name: string): string {
  if (value.kind === "unknown") return value.reason;
  if (value.kind !== "text") return `${name} is given a ${value.kind === "literal" ? "text" : value.kind}`;
  const open = value.parts.find((part: TextPart) => typeof part !== "string");
  return typeof open === "object" ? open.reason : `${name} is given a text`;
}
