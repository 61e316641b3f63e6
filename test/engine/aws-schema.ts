import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * What a property holds after Create when the program left it out: `computed` is unknown until `up`,
 * `block` is a repeated block (an empty list), `optional` is null.
 */
export type PropertyKind = "computed" | "optional" | "block";

export type ValueType = "string" | "number" | "boolean" | "list" | "object";

export interface PropertySchema {
  readonly kind: PropertyKind;
  readonly valueType: ValueType;
  /** Name of the declaration in `types/output.d.ts`, such as `ec2.InstanceMetadataOptions`. */
  readonly objectType?: string;
}

export type ObjectSchema = ReadonlyMap<string, PropertySchema>;

export interface ResourceSchema {
  readonly inputs: ReadonlySet<string>;
  readonly outputs: ObjectSchema;
}

/** Folder of the installed `@pulumi/aws`. */
export const sdkRoot = dirname(require.resolve("@pulumi/aws/package.json"));
const resources = new Map<string, ResourceSchema>();
const objects = new Map<string, ObjectSchema>();
let outputTypes: string | undefined;

/**
 * Reads what `@pulumi/aws` declares about a resource type such as `aws:ec2/instance:Instance`.
 * @throws when the installed SDK has no such resource.
 */
export function resourceSchema(type: string): ResourceSchema {
  const known = resources.get(type);
  if (known !== undefined) {
    return known;
  }
  const schema = readResource(type);
  resources.set(type, schema);
  return schema;
}

/** Reads a nested object type such as `ec2.InstanceMetadataOptions`. */
export function objectSchema(objectType: string): ObjectSchema {
  const known = objects.get(objectType);
  if (known !== undefined) {
    return known;
  }
  const schema = readObject(objectType);
  objects.set(objectType, schema);
  return schema;
}

function readResource(type: string): ResourceSchema {
  const [, path = "", className = ""] = type.split(":");
  const file = join(sdkRoot, `${path}.d.ts`);
  if (!existsSync(file)) {
    throw new Error(`@pulumi/aws has no resource ${type}`);
  }
  const declaration = withoutComments(readFileSync(file, "utf8"));
  const outputs = new Map<string, PropertySchema>();
  for (const [, name = "", valueType = ""] of declaration.matchAll(/readonly (\w+): pulumi\.Output<([\s\S]*?)>;\n/g)) {
    outputs.set(name, propertySchema(valueType, /\| undefined$/.test(valueType)));
  }
  const args = declaration.split(`export interface ${className}Args {`)[1] ?? "";
  return { inputs: new Set(Array.from(args.matchAll(/^ {4}(\w+)\??:/gm), ([, name = ""]) => name)), outputs };
}

function readObject(objectType: string): ObjectSchema {
  const [namespace = "", name = ""] = objectType.split(".");
  const body = namespaceBody(namespace).split(`interface ${name} {`)[1]?.split("\n    }\n")[0] ?? "";
  const properties = new Map<string, PropertySchema>();
  for (const [, property = "", mark, valueType = ""] of body.matchAll(/^ {8}(\w+)(\??): ([\s\S]*?);$/gm)) {
    properties.set(property, propertySchema(valueType, mark === "?"));
  }
  return properties;
}

function namespaceBody(namespace: string): string {
  outputTypes ??= withoutComments(readFileSync(join(sdkRoot, "types", "output.d.ts"), "utf8"));
  const body = outputTypes.split(`export declare namespace ${namespace} {`)[1] ?? "";
  return body.split("export declare namespace")[0] ?? "";
}

function propertySchema(declared: string, optional: boolean): PropertySchema {
  const objectType = /outputs\.(\w+\.\w+)/.exec(declared)?.[1];
  const valueType = valueTypeOf(declared);
  const kind = kindOf(optional, objectType !== undefined && valueType === "list");
  return objectType === undefined ? { kind, valueType } : { kind, valueType, objectType };
}

function kindOf(optional: boolean, repeatedBlock: boolean): PropertyKind {
  if (!optional) {
    return "computed";
  }
  return repeatedBlock ? "block" : "optional";
}

function valueTypeOf(declared: string): ValueType {
  if (declared.includes("[]")) {
    return "list";
  }
  const scalar = /^(string|number|boolean)\b/.exec(declared)?.[1];
  return scalar === "string" || scalar === "number" || scalar === "boolean" ? scalar : "object";
}

function withoutComments(source: string): string {
  return source.replace(/^ *\/\*\*[\s\S]*?\*\/\n/gm, "");
}
