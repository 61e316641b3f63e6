import { child, type Entry, entry, type MapNode, type Node, type Source, scalarText } from "../parse/node";
import { type Parameter, readParameter } from "./parameter";

/** The sections of a template, its entries still unresolved. */
export interface Template {
  /** As shown to the user. */
  readonly file: string;
  readonly source: Source;
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly mappings: ReadonlyMap<string, Entry>;
  readonly conditions: ReadonlyMap<string, Entry>;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly outputs: ReadonlyMap<string, Entry>;
  /** `AWS::LanguageExtensions`, `AWS::Serverless-2016-10-31`, names of macros. */
  readonly transforms: readonly string[];
  /** Of the template itself, for the rare `Fn::ForEach` that must be unrolled anew. */
  readonly root: MapNode;
}

export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  /** Where the logical id stands. */
  readonly offset: number;
  readonly properties?: Node;
  readonly metadata?: Node;
  /** Name in the Conditions section. */
  readonly condition?: string;
  /** The whole of it, for what may refer to other resources. */
  readonly node: MapNode;
  /** What had to be taken for granted for it to be there, where a loop over a parameter made it. */
  readonly assuming: readonly string[];
}

/** Something of a template that is not as CloudFormation demands. */
export interface TemplateIssue {
  readonly message: string;
  readonly offset: number;
  readonly logicalId?: string;
}

const UNREADABLE_TYPE = "SsmPreflight::Unreadable";

/** Transforms of AWS that leave EC2, IAM and SSM resources as they are written. */
const HARMLESS_TRANSFORMS = new Set([
  "AWS::LanguageExtensions",
  "AWS::Serverless-2016-10-31",
  "AWS::SecretsManager-2020-07-23",
  "AWS::SecretsManager-2024-09-16",
  "AWS::CodeDeployBlueGreen",
  "AWS::ServiceCatalog",
]);

/** True for a map with a Resources section of which at least one entry has a type. */
export function isTemplate(root: MapNode): boolean {
  const resources = child(root, "Resources");
  if (resources?.kind !== "map") return false;
  for (const [name, { value }] of resources.entries) {
    if (name.startsWith("Fn::") || child(value, "Type") !== undefined) return true;
  }
  return false;
}

export interface ReadTemplate {
  readonly template: Template;
  readonly issues: readonly TemplateIssue[];
}

export function readTemplate(file: string, source: Source, root: MapNode): ReadTemplate {
  const issues: TemplateIssue[] = [];
  const resources = new Map<string, Resource>();
  for (const [logicalId, found] of section(root, "Resources", issues)) {
    const resource = readResource(logicalId, found, issues);
    if (resource !== undefined) resources.set(logicalId, resource);
  }
  const parameters = new Map<string, Parameter>();
  for (const [name, found] of section(root, "Parameters", issues)) {
    parameters.set(name, readParameter(name, found));
  }
  const template: Template = {
    file,
    source,
    root,
    parameters,
    resources,
    mappings: section(root, "Mappings", issues),
    conditions: section(root, "Conditions", issues),
    outputs: section(root, "Outputs", issues),
    transforms: readTransforms(child(root, "Transform")),
  };
  return { template, issues };
}

/** Macros that may change anything in the template, so that what is read is taken for granted only. */
export const macrosOf = (template: Template): readonly string[] =>
  template.transforms.filter((name) => !HARMLESS_TRANSFORMS.has(name));

/** Whether every name that a template may refer to is written in it. SAM, macros and modules add resources of their own. */
export const isClosed = ({ transforms, resources }: Template): boolean =>
  transforms.every((name) => name === "AWS::LanguageExtensions") &&
  ![...resources.values()].some(({ type }) => type === UNREADABLE_TYPE || type.endsWith("::MODULE"));

function section(root: MapNode, name: string, issues: TemplateIssue[]): ReadonlyMap<string, Entry> {
  const found = entry(root, name);
  if (found === undefined || (found.value.kind === "scalar" && found.value.value === null)) return new Map();
  if (found.value.kind === "map") return found.value.entries;
  issues.push({ message: `${name} was expected to be a map of names`, offset: found.keyOffset });
  return new Map();
}

function readResource(logicalId: string, found: Entry, issues: TemplateIssue[]): Resource | undefined {
  const { keyOffset: offset, value: node } = found;
  if (logicalId.startsWith("Fn::")) return undefined;
  if (node.kind !== "map") {
    issues.push({ message: `resource ${logicalId} was expected to be a map with a Type`, offset, logicalId });
    return undefined;
  }
  const type = scalarText(child(node, "Type"));
  if (type === undefined) {
    issues.push({ message: `resource ${logicalId} has no Type that is a text`, offset, logicalId });
  }
  const properties = readProperties(logicalId, node, issues);
  const metadata = child(node, "Metadata");
  const condition = scalarText(child(node, "Condition"));
  return {
    logicalId,
    // Tools that pack templates put objects here; such a resource is kept so that references to it lead somewhere.
    type: type ?? UNREADABLE_TYPE,
    offset,
    node,
    assuming: [],
    ...(properties === undefined ? {} : { properties }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(condition === undefined ? {} : { condition }),
  };
}

function readProperties(logicalId: string, resource: MapNode, issues: TemplateIssue[]): Node | undefined {
  const found = entry(resource, "Properties");
  if (found === undefined || (found.value.kind === "scalar" && found.value.value === null)) return undefined;
  if (found.value.kind !== "map") {
    issues.push({
      message: `Properties of resource ${logicalId} were expected to be a map`,
      offset: found.keyOffset,
      logicalId,
    });
  }
  return found.value;
}

function readTransforms(node: Node | undefined): readonly string[] {
  const items = node?.kind === "list" ? node.items : node === undefined ? [] : [node];
  return items.flatMap((item) => scalarText(item) ?? scalarText(child(item, "Name")) ?? []);
}
