import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Row, Shape } from "../../../core/readers/pulumi/mapping";
import { CLASSIC_TYPES } from "../../../core/readers/pulumi/types";
import { objectSchema, type ResourceSchema, resourceSchema } from "../../engine/aws-schema";

/** Inputs of earlier major versions, which a state may still hold. */
const REMOVED_INPUTS: ReadonlySet<string> = new Set(["aws:ssm/association:Association instanceId"]);

/** What `core/program/normal-form.ts` adds to CloudFormation's properties, and what a mapping splits off again. */
const BEYOND_CLOUDFORMATION: ReadonlySet<string> = new Set([
  "AWS::EC2::Instance AssociatePublicIpAddress",
  "AWS::EC2::Instance RootBlockDevice",
  "AWS::AutoScaling::LaunchConfiguration RootBlockDevice",
  "AWS::EC2::VPC DefaultSecurityGroup",
  "AWS::EC2::VPC DefaultNetworkAcl",
  "AWS::EC2::VPC MainRouteTable",
  "AWS::EC2::VPC DefaultRouteTable",
  "AWS::EC2::SpotFleet RootBlockDevice",
  "AWS::EC2::SpotFleet AssociatePublicIpAddress",
  "AWS::EC2::SpotFleet Name",
  "AWS::SSM::MaintenanceWindow Enabled",
  "AWS::EC2::SecurityGroup Self",
  "AWS::EC2::SecurityGroupIngress Direction",
  "AWS::EC2::SecurityGroupIngress PrefixListId",
  "AWS::EC2::SecurityGroupIngress SecurityGroupId",
  "AWS::EC2::SecurityGroupIngress Self",
  "AWS::EC2::EIP NetworkInterfaceId",
  "AWS::EC2::InternetGateway VpcId",
  "AWS::EC2::VPNGateway VpcId",
  "AWS::EC2::NetworkAcl SubnetIds",
  "AWS::EC2::NetworkAcl Ingress",
  "AWS::EC2::NetworkAcl Egress",
  "AWS::EC2::NetworkInterface Attachments",
  "AWS::EC2::RouteTable Routes",
  "AWS::EC2::RouteTable PropagatingVgws",
  "AWS::EC2::SubnetRouteTableAssociation GatewayId",
]);

const cdkRoot = dirname(require.resolve("aws-cdk-lib/package.json"));

function inputPaths(shape: Shape, prefix = ""): readonly string[] {
  return shape.rows.flatMap((row) => {
    const path = prefix + row.from.join(".");
    return [path, ...shapesOf(row).flatMap((inner) => inputPaths(inner, `${path}.`))];
  });
}

const shapesOf = (row: Row): readonly Shape[] => row.steps.filter((step): step is Shape => typeof step !== "function");

/** Every name of the normal form that a shape writes, without its place. */
function writtenNames(shape: Shape): readonly string[] {
  return shape.rows.flatMap((row) => [...row.to, ...shapesOf(row).flatMap(writtenNames)]);
}

function hasInput(schema: ResourceSchema, path: string): boolean {
  const [top = "", ...rest] = path.split(".");
  return schema.inputs.has(top) && hasMember(schema.outputs.get(top)?.objectType, rest);
}

function hasMember(objectType: string | undefined, path: readonly string[]): boolean {
  const [key, ...rest] = path;
  if (key === undefined) return true;
  const member = objectType === undefined ? undefined : objectSchema(objectType).get(key);
  return member !== undefined && hasMember(member.objectType, rest);
}

const generated = new Map<string, string>();

function cloudFormationSource(type: string): string {
  const service = type.split("::")[1]?.toLowerCase() ?? "";
  const source =
    generated.get(service) ?? readFileSync(join(cdkRoot, `aws-${service}`, "lib", `${service}.generated.js`), "utf8");
  generated.set(service, source);
  return source;
}

const mappings = Object.entries(CLASSIC_TYPES);

test.each(mappings)("the inputs read of %s are declared by the installed @pulumi/aws", (token, mapping) => {
  const schema = resourceSchema(token);
  const strange = inputPaths(mapping.inputs)
    .filter((path) => !REMOVED_INPUTS.has(`${token} ${path}`))
    .filter((path) => !hasInput(schema, path));
  expect(strange).toEqual([]);
});

const withOutputs = mappings.flatMap(([token, { outputs }]) =>
  outputs === undefined ? [] : [[token, outputs] as const],
);

test.each(withOutputs)("the outputs read of %s are declared by the installed @pulumi/aws", (token, outputs) => {
  const schema = resourceSchema(token);
  expect(inputPaths(outputs).filter((path) => !schema.outputs.has(path))).toEqual([]);
});

/** The function that writes the properties of a type, which names each of them. */
function propertiesWriter(type: string): string {
  const source = cloudFormationSource(type);
  const head = source.slice(0, source.indexOf(`CFN_RESOURCE_TYPE_NAME="${type}"`));
  const [, className = ""] = [...head.matchAll(/class (Cfn\w+) extends/g)].at(-1) ?? [];
  const [, body = ""] = source.split(`function convert${className}PropsToCloudFormation(properties){`);
  return body.slice(0, body.indexOf("}function"));
}

const isWrittenBy = (source: string, name: string): boolean => new RegExp(`[{,]${name}:`).test(source);

const cloudFormationMappings = mappings
  .filter(([, { type }]) => type.startsWith("AWS::"))
  .map(([token, { type, inputs }]) => [token, type, inputs] as const);

test.each(cloudFormationMappings)("%s becomes %s with names that CloudFormation has", (_token, type, inputs) => {
  const top = new Set(inputs.rows.map(({ to: [first = ""] }) => first));
  const strange = writtenNames(inputs)
    .filter((name) => !BEYOND_CLOUDFORMATION.has(`${type} ${name}`))
    .filter((name) => !isWrittenBy(top.has(name) ? propertiesWriter(type) : cloudFormationSource(type), name));
  expect([...new Set(strange)]).toEqual([]);
});
