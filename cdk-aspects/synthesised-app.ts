import path from "node:path";
import type { IPolicyValidationContext } from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import type { ReadingProblem } from "../core/program/declaration";
import { joinOutside, type OutsideFacts } from "../core/program/outside";
import type { TemplateInput } from "../core/readers/cloudformation";
import { type CloudAssembly, readCloudAssembly } from "../input/cloud-assembly";
import { outsideFromContext } from "../input/cloud-assembly-context";
import { readTemplateFamily } from "../input/cloud-assembly-files";
import { type ConstructTree, readConstructTree } from "./construct-tree";

export interface SynthesisedApp extends CloudAssembly {
  /** Undefined on CDK versions that do not show it to plugins. */
  readonly tree?: ConstructTree;
}

/** Everything that CDK shows a plugin of an app: the templates on disk, and what only its constructs know. */
export function readSynthesisedApp(context: IPolicyValidationContext): SynthesisedApp {
  // Older versions give the paths of the templates and nothing else.
  if (context.appConstruct === undefined || context.stackTemplates === undefined) {
    return readAssembliesOf(context.templatePaths);
  }
  const tree = readConstructTree(context.appConstruct);
  const problems: ReadingProblem[] = [];
  const inputs = context.stackTemplates.flatMap(({ templatePath, accountId, region }) => {
    const [folder, file] = [path.dirname(templatePath), path.basename(templatePath)];
    const stackName = tree.stackNames.get(file);
    return readTemplateFamily(folder, file, problems).map((input): TemplateInput => {
      const constructPaths = tree.constructs.get(path.basename(input.file));
      return {
        ...input,
        ...(stackName === undefined ? {} : { stackName }),
        ...(region === undefined ? {} : { region }),
        ...(accountId === undefined ? {} : { account: accountId }),
        ...(constructPaths === undefined ? {} : { constructPaths }),
      };
    });
  });
  return { inputs, problems, tree, outside: outsideOf(context.appConstruct, tree) };
}

function readAssembliesOf(templatePaths: readonly string[]): SynthesisedApp {
  const folders = [...new Set(templatePaths.map((file) => path.dirname(file)))];
  // Assemblies of stages lie inside of the app's.
  const roots = folders.filter((folder) => !folders.some((other) => folder.startsWith(other + path.sep)));
  const assemblies = roots.map(readCloudAssembly);
  return {
    inputs: assemblies.flatMap(({ inputs }) => inputs),
    problems: assemblies.flatMap(({ problems }) => problems),
    outside: joinOutside(assemblies.map(({ outside }) => outside)),
  };
}

/** Look-ups tell more than constructs, so they come first. */
export function outsideOf(root: IConstruct, { subnets }: ConstructTree): OutsideFacts {
  const context: unknown = root.node.getAllContext();
  return joinOutside([outsideFromContext(context), { subnets, images: [] }]);
}
