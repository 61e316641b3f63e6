import { createHash } from "node:crypto";
import { createdValue } from "./aws-defaults";
import { type ObjectSchema, objectSchema, type PropertySchema, resourceSchema } from "./aws-schema";
import { isPropertyMap, knownText, type PropertyMap, type PropertyValue, unknown } from "./property-value";

export interface CreateRequest {
  readonly type: string;
  readonly urn: string;
  readonly inputs: PropertyMap;
  readonly accountId: string;
  readonly providerConfig: PropertyMap;
}

export interface Created {
  readonly id: string;
  readonly outputs: PropertyMap;
}

/**
 * What the provider plans: every computed property that the program left out is unknown, the id too. In an update such a property
 * keeps its prior value.
 */
export function plannedOutputs({ type, inputs }: CreateRequest, prior?: PropertyMap): PropertyMap {
  const outputs = completed(type, inputs, { prior, computed: () => unknown });
  return { ...outputs, id: prior?.id ?? unknown };
}

/** What the provider reports once the resource exists, or is updated. */
export function createdResource(request: CreateRequest, prior?: PropertyMap): Created {
  const { type, inputs } = request;
  const id = knownText(prior?.id) ?? resourceId(request);
  const computed: Computed = (owner, property, schema) =>
    property === "arn"
      ? resourceArn(request, id)
      : (createdValue(owner, property) ?? createdDefault(request, property, schema));
  return { id, outputs: { ...completed(type, inputs, { prior, computed }), id } };
}

/** The value of a computed property of a resource type or block type. */
type Computed = (owner: string, property: string, schema: PropertySchema) => PropertyValue;

interface Completion {
  readonly prior: PropertyMap | undefined;
  readonly computed: Computed;
}

function completed(owner: string, written: PropertyMap, { prior, computed }: Completion): PropertyMap {
  const outputs: PropertyMap = {};
  for (const [property, schema] of schemaOf(owner)) {
    const before = prior?.[property];
    const value = written[property] ?? absentValue(schema, () => before ?? computed(owner, property, schema));
    outputs[property] = completedBlocks(value, before, schema, computed);
  }
  return outputs;
}

function schemaOf(owner: string): ObjectSchema {
  return owner.includes(":") ? resourceSchema(owner).outputs : objectSchema(owner);
}

function absentValue({ kind }: PropertySchema, computed: () => PropertyValue): PropertyValue {
  if (kind === "computed") {
    return computed();
  }
  return kind === "block" ? [] : null;
}

function completedBlocks(
  value: PropertyValue,
  before: PropertyValue | undefined,
  { objectType }: PropertySchema,
  computed: Computed,
): PropertyValue {
  if (objectType === undefined) {
    return value;
  }
  const complete = (item: PropertyValue, prior: PropertyValue | undefined) =>
    isPropertyMap(item)
      ? completed(objectType, item, { prior: isPropertyMap(prior) ? prior : undefined, computed })
      : item;
  return Array.isArray(value)
    ? value.map((item, index) => complete(item, Array.isArray(before) ? before[index] : undefined))
    : complete(value, before);
}

const namedResources = new Set([
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:iam/group:Group",
  "aws:iam/instanceProfile:InstanceProfile",
  "aws:iam/role:Role",
  "aws:iam/user:User",
  "aws:kms/alias:Alias",
  "aws:ssm/document:Document",
  "aws:ssm/parameter:Parameter",
]);

const idPrefixes: Readonly<Record<string, string>> = {
  "aws:ec2/instance:Instance": "i",
  "aws:ec2/internetGateway:InternetGateway": "igw",
  "aws:ec2/launchTemplate:LaunchTemplate": "lt",
  "aws:ec2/natGateway:NatGateway": "nat",
  "aws:ec2/networkAcl:NetworkAcl": "acl",
  "aws:ec2/networkInterface:NetworkInterface": "eni",
  "aws:ec2/routeTable:RouteTable": "rtb",
  "aws:ec2/routeTableAssociation:RouteTableAssociation": "rtbassoc",
  "aws:ec2/securityGroup:SecurityGroup": "sg",
  "aws:ec2/securityGroupRule:SecurityGroupRule": "sgrule",
  "aws:ec2/subnet:Subnet": "subnet",
  "aws:ec2/vpc:Vpc": "vpc",
  "aws:ec2/vpcEndpoint:VpcEndpoint": "vpce",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": "sgr",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "sgr",
};

function resourceId(request: CreateRequest): string {
  const { type, urn, inputs } = request;
  if (type === "aws:iam/policy:Policy") {
    return resourceArn(request, "");
  }
  const name = knownText(inputs.name);
  if (name !== undefined && namedResources.has(type)) {
    return name;
  }
  return `${idPrefixes[type] ?? "id"}-0${hexDigits(urn, 16)}`;
}

function resourceArn(request: CreateRequest, id: string): string {
  const { type, inputs, accountId } = request;
  const [, path = ""] = type.split(":");
  const [service = "", kind = ""] = path.split("/");
  const name = knownText(inputs.name) ?? id;
  if (service === "iam") {
    const folder = knownText(inputs.path) ?? "/";
    const resource = kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return `arn:aws:iam::${accountId}:${resource}${folder}${name}`;
  }
  const resource = service === "ec2" ? kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) : kind;
  return `arn:aws:${service}:${regionOf(request)}:${accountId}:${resource}/${id}`;
}

function createdDefault(request: CreateRequest, property: string, { valueType }: PropertySchema): PropertyValue {
  if (property === "ownerId") {
    return request.accountId;
  }
  if (property === "availabilityZone") {
    return `${regionOf(request)}a`;
  }
  const namePrefix = knownText(request.inputs[`${property}Prefix`]);
  if (namePrefix !== undefined) {
    return `${namePrefix}${hexDigits(request.urn, 26)}`;
  }
  const idPrefix = relatedIds[property];
  if (idPrefix !== undefined) {
    return `${idPrefix}-0${hexDigits(`${request.urn}.${property}`, 16)}`;
  }
  return emptyValues[valueType];
}

const relatedIds: Readonly<Record<string, string>> = {
  defaultNetworkAclId: "acl",
  defaultRouteTableId: "rtb",
  defaultSecurityGroupId: "sg",
  mainRouteTableId: "rtb",
  primaryNetworkInterfaceId: "eni",
};

const emptyValues = { boolean: false, list: [], number: 0, object: null, string: "" };

function regionOf({ inputs, providerConfig }: CreateRequest): string {
  return knownText(inputs.region) ?? knownText(providerConfig.region) ?? "us-east-1";
}

function hexDigits(text: string, count: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, count);
}
