import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { resourceSchema, sdkRoot } from "./aws-schema";

/** Modules that a YAML program may use; a full schema would hold two hundred. */
const modules = [
  "autoscaling",
  "batch",
  "cloudwatch",
  "ec2",
  "ec2transitgateway",
  "eks",
  "iam",
  "kms",
  "s3",
  "ssm",
  "vpc",
];

const anyType = { $ref: "pulumi.json#/Any" };

interface PackageSchema {
  readonly name: string;
  readonly version: string;
  readonly meta: object;
  readonly resources: Record<string, object>;
  readonly functions: Record<string, object>;
}

/** A package schema that knows every property by name and none by type: all that the YAML language host asks for. */
export function packageSchema(): string {
  const schema: PackageSchema = {
    name: "aws",
    version: sdkVersion(),
    meta: { moduleFormat: "(.*)(?:/[^/]*)" },
    resources: {},
    functions: {},
  };
  for (const module of modules) {
    addModule(schema, module);
  }
  return JSON.stringify(schema);
}

export function sdkVersion(): string {
  const { version }: { version: string } = require("@pulumi/aws/package.json");
  return version;
}

function addModule(schema: PackageSchema, module: string): void {
  const files = readdirSync(join(sdkRoot, module)).filter((file) => file.endsWith(".d.ts"));
  for (const file of files) {
    const name = file.slice(0, -".d.ts".length);
    const declaration = readFileSync(join(sdkRoot, module, file), "utf8");
    const className = /export declare class (\w+) extends pulumi\.CustomResource/.exec(declaration)?.[1];
    if (className !== undefined) {
      const token = `aws:${module}/${name}:${className}`;
      schema.resources[token] = resourceEntry(token);
    } else if (/export declare function get/.test(declaration)) {
      schema.functions[`aws:${module}/${name}:${name}`] = functionEntry(declaration);
    }
  }
}

function resourceEntry(token: string): object {
  const { inputs, outputs } = resourceSchema(token);
  return { inputProperties: anyTyped(inputs), properties: anyTyped(outputs.keys()) };
}

function functionEntry(declaration: string): object {
  const members = (name: string) => {
    const body = new RegExp(`export interface \\w+${name} \\{([\\s\\S]*?)\\n\\}`).exec(declaration)?.[1] ?? "";
    return anyTyped(Array.from(body.matchAll(/^ {4}(?:readonly )?(\w+)\??:/gm), ([, member = ""]) => member));
  };
  return { inputs: { properties: members("Args") }, outputs: { properties: members("Result") } };
}

function anyTyped(names: Iterable<string>): Record<string, object> {
  return Object.fromEntries(Array.from(names, (name) => [name, anyType]));
}
