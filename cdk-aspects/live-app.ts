import path from "node:path";
import {
  CfnElement,
  DefaultTokenResolver,
  type IFragmentConcat,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  Reference,
  Stack,
  Stage,
  Tokenization,
  Token,
} from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import type { TemplateInput } from "../core/readers/cloudformation";
import { isRecord } from "../core/readers/pulumi/json";
import type { CloudAssembly } from "../input/cloud-assembly";
import { type ConstructTree, readConstructTree } from "./construct-tree";
import { outsideOf } from "./synthesised-app";

export interface LiveApp extends CloudAssembly {
  /** The construct behind a resource of a template. */
  constructOf(file: string, logicalId: string): CfnElement | undefined;
}

/**
 * The templates that a stage would be synthesised to as it stands, without writing anything or changing a construct.
 * Aspects and validations run before CDK has a template to show.
 */
export function readLiveApp(stage: IConstruct): LiveApp {
  const tree = readConstructTree(stage);
  const stacks = stacksIn(stage).map((stack) => new LiveStack(stack));
  const exported = new Map<Stack, Record<string, unknown>>();
  const resolver = new CrossStackResolver(exported);
  for (const stack of stacks) stack.resolve(resolver);
  const elements = new Map(stacks.map((stack) => [stack.file, stack.elements]));
  return {
    inputs: stacks.map((stack) => stack.asInput(exported.get(stack.stack) ?? {}, tree)),
    outside: outsideOf(stage.node.root, tree),
    problems: [],
    constructOf: (file, logicalId) => elements.get(file)?.get(logicalId),
  };
}

/** Stacks of a stage, nested ones included, but not those of stages inside of it. */
function stacksIn(scope: IConstruct): readonly Stack[] {
  return scope.node.children.flatMap((child) => {
    if (Stage.isStage(child)) return [];
    return Stack.isStack(child) ? [child, ...stacksIn(child)] : stacksIn(child);
  });
}

type Sections = Record<string, Record<string, unknown>>;

class LiveStack {
  readonly file: string;
  readonly elements = new Map<string, CfnElement>();
  private sections: Sections = {};

  constructor(readonly stack: Stack) {
    this.file = stack.templateFile;
  }

  resolve(resolver: CrossStackResolver): void {
    for (const element of elementsIn(this.stack)) {
      const fragment: unknown = Tokenization.resolve(synthesised(element), {
        scope: this.stack,
        resolver,
        preparing: false,
      });
      this.merge(fragment);
      const logicalId: unknown = this.stack.resolve(element.logicalId);
      if (typeof logicalId === "string") this.elements.set(logicalId, element);
    }
    const transforms = this.stack.templateOptions.transforms ?? [];
    if (transforms.length > 0) this.sections.Transform = { ...transforms };
    this.nameNestedTemplates();
  }

  asInput(exported: Record<string, unknown>, tree: ConstructTree): TemplateInput {
    const { Transform, ...sections } = this.sections;
    const template = {
      ...sections,
      ...(Transform === undefined ? {} : { Transform: Object.values(Transform) }),
      Outputs: { ...sections.Outputs, ...exported },
    };
    const { region, account, stackName } = this.stack;
    const constructPaths = tree.constructs.get(this.file);
    return {
      file: this.file,
      text: JSON.stringify(template),
      language: "cdk",
      required: true,
      ...(Token.isUnresolved(stackName) ? {} : { stackName }),
      ...(Token.isUnresolved(region) ? {} : { region }),
      ...(Token.isUnresolved(account) ? {} : { account }),
      ...(constructPaths === undefined ? {} : { constructPaths }),
    };
  }

  private merge(fragment: unknown): void {
    if (!isRecord(fragment)) return;
    for (const [name, section] of Object.entries(fragment)) {
      if (isRecord(section)) this.sections[name] = { ...this.sections[name], ...section };
    }
  }
}
