import { child, type Entry, type Node, scalarText } from "../parse/node";

/** Source: CloudFormation user guide, "Parameters" and "CloudFormation-supplied parameter types". */
export interface Parameter {
  readonly name: string;
  readonly type: string;
  /** Where its name stands. */
  readonly offset: number;
  readonly default?: string;
  readonly allowedValues?: readonly string[];
  /** True where the value is secret and must never be shown. */
  readonly noEcho: boolean;
  readonly minLength: number;
}

const SSM_VALUE = "AWS::SSM::Parameter::Value<";

export function readParameter(name: string, { keyOffset: offset, value: node }: Entry): Parameter {
  const text = (key: string): string | undefined => scalarText(child(node, key));
  const defaultText = readDefault(child(node, "Default"));
  const allowed = child(node, "AllowedValues");
  return {
    name,
    offset,
    type: text("Type") ?? "String",
    noEcho: text("NoEcho") === "true",
    minLength: Number(text("MinLength")) || 0,
    ...(defaultText === undefined ? {} : { default: defaultText }),
    ...(allowed?.kind === "list" ? { allowedValues: allowed.items.flatMap((item) => scalarText(item) ?? []) } : {}),
  };
}

// An empty `Default:` is not the same as none: CloudFormation rejects it, packaging tools write it for an empty text.
function readDefault(node: Node | undefined): string | undefined {
  if (node?.kind === "scalar" && node.value === null) return "";
  return scalarText(node);
}

export const isListType = (parameter: Parameter): boolean =>
  parameter.type === "CommaDelimitedList" || parameter.type.startsWith("List<");

/** `AWS::SSM::Parameter::Value<…>`: what is passed is the path, and the value is read at deployment. */
export const isSsmValue = (parameter: Parameter): boolean => parameter.type.startsWith(SSM_VALUE);

/**
 * Whether a value could be passed for the parameter. Types such as `AWS::EC2::Subnet::Id` accept existing ids only, so
 * never an empty text.
 */
export function admits(parameter: Parameter, value: string): boolean {
  if (parameter.allowedValues !== undefined && !isListType(parameter)) return parameter.allowedValues.includes(value);
  if (value !== "") return value.length >= parameter.minLength;
  return parameter.minLength <= 0 && !parameter.type.includes("AWS::");
}
