import { CfnElement, Stack, Stage, Token, Tokenization } from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import type { TemplateInput } from "../core/readers/cloudformation";
import { isRecord, recordOr } from "../core/readers/pulumi/json";
import type { CloudAssembly } from "../input/cloud-assembly";
import { type ConstructTree, readConstructTree } from "./construct-tree";
import { CrossStackExports, LiveTokenResolver } from "./live-tokens";
import { outsideOf } from "./synthesised-app";

export interface LiveApp extends CloudAssembly {
  readonly tree: ConstructTree;
  /** The construct behind a resource, by the template's file and the logical id. */
  constructOf(file: string, logicalId: string): CfnElement | undefined;
}

/**
 * The templates that a stage would be synthesised to as it stands. Nothing is written and no construct changes, so that
 * aspects and validations can look before CDK has a template to show.
 */
export function readLiveApp(stage: IConstruct): LiveApp {
  const tree = readConstructTree(stage);
  const exported = new CrossStackExports();
  const resolver = new LiveTokenResolver(exported);
  const stacks = stacksIn(stage).map((stack) => resolveStack(stack, resolver));
  const byFile = new Map(stacks.map((live) => [live.stack.templateFile, live]));
  for (const { stack } of stacks) nameTemplate(stack, byFile);
  return {
    inputs: stacks.map((live) => asInput(live, exported.outputsOf(live.stack), tree)),
    outside: outsideOf(stage.node.root, tree),
    problems: [],
    tree,
    constructOf: (file, logicalId) => byFile.get(file)?.elements.get(logicalId),
  };
}

/** Stacks of a stage, nested ones included, but not those of stages inside of it. */
function stacksIn(scope: IConstruct): readonly Stack[] {
  const own = Stack.isStack(scope) ? [scope] : [];
  return [...own, ...scope.node.children.flatMap((child) => (Stage.isStage(child) ? [] : stacksIn(child)))];
}

type Sections = Record<string, Record<string, unknown>>;

interface LiveStack {
  readonly stack: Stack;
  readonly sections: Sections;
  readonly elements: ReadonlyMap<string, CfnElement>;
}

function resolveStack(stack: Stack, resolver: LiveTokenResolver): LiveStack {
  const sections: Sections = {};
  const elements = new Map<string, CfnElement>();
  for (const element of elementsIn(stack)) {
    const fragment: unknown = Tokenization.resolve(synthesise(element), { scope: stack, resolver, preparing: false });
    for (const [name, section] of Object.entries(recordOr(fragment))) {
      if (!isRecord(section)) continue;
      sections[name] ??= {};
      Object.assign(sections[name], section);
    }
    const logicalId: unknown = stack.resolve(element.logicalId);
    if (typeof logicalId === "string") elements.set(logicalId, element);
  }
  return { stack, sections, elements };
}

function elementsIn(scope: IConstruct): readonly CfnElement[] {
  const own = CfnElement.isCfnElement(scope) ? [scope] : [];
  return [...own, ...scope.node.children.flatMap((child) => (Stack.isStack(child) ? [] : elementsIn(child)))];
}

/** What an element adds to a template, its tokens unresolved. CDK has no public name for it; all 2.x have this one. */
function synthesise(element: CfnElement): unknown {
  const toTemplate: unknown = "_toCloudFormation" in element ? element._toCloudFormation : undefined;
  if (typeof toTemplate !== "function")
    throw new Error("this version of aws-cdk-lib does not show templates to aspects");
  return toTemplate.call(element);
}

/** Tells the parent of a nested stack which template it uses, in the way that CDK does for its asset metadata. */
function nameTemplate(stack: Stack, byFile: ReadonlyMap<string, LiveStack>): void {
  const { nestedStackResource, nestedStackParent } = stack;
  if (nestedStackResource === undefined || nestedStackParent === undefined) return;
  const logicalId: unknown = nestedStackParent.resolve(nestedStackResource.logicalId);
  const resources = byFile.get(nestedStackParent.templateFile)?.sections.Resources;
  if (resources === undefined || typeof logicalId !== "string") return;
  const resource = recordOr(resources[logicalId]);
  const metadata = { ...recordOr(resource.Metadata), "aws:asset:path": stack.templateFile };
  resources[logicalId] = { ...resource, Metadata: metadata };
}

function asInput(
  { stack, sections }: LiveStack,
  exported: Record<string, unknown>,
  tree: ConstructTree,
): TemplateInput {
  const { region, account, stackName, templateFile: file, templateOptions } = stack;
  const transforms = templateOptions.transforms ?? [];
  const template = {
    ...(transforms.length === 0 ? {} : { Transform: transforms }),
    ...sections,
    Outputs: { ...sections.Outputs, ...exported },
  };
  const constructPaths = tree.constructs.get(file);
  return {
    file,
    text: JSON.stringify(template),
    language: "cdk",
    required: true,
    ...(Token.isUnresolved(stackName) ? {} : { stackName }),
    ...(Token.isUnresolved(region) ? {} : { region }),
    ...(Token.isUnresolved(account) ? {} : { account }),
    ...(constructPaths === undefined ? {} : { constructPaths }),
  };
}
