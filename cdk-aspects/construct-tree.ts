import { CfnElement, Stack, Token } from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import type { Exemption } from "../core/program/declaration";
import type { OutsideSubnet } from "../core/program/outside";
import { isRecord } from "../core/readers/pulumi/json";
import { acknowledgedExemptions } from "../input/cloud-assembly-acknowledgements";
import { ACKNOWLEDGED_RULES, scopesOf } from "../input/cloud-assembly-constructs";
import { importedSubnets } from "./imported-vpcs";
import { StackConstructs } from "./stack-constructs";

/** Context by which the CDK command line has templates tell the construct path of each resource. */
const PATH_METADATA = "aws:cdk:enable-path-metadata";

/** What the constructs of an app tell that its templates do not. */
export interface ConstructTree {
  /** By template file, for stacks that are not nested. */
  readonly stackNames: ReadonlyMap<string, string>;
  /** By template file: the resources that an acknowledgement reaches, or all of them where templates do not tell paths. */
  readonly constructs: ReadonlyMap<string, StackConstructs>;
  readonly subnets: readonly OutsideSubnet[];
  /** Whether CDK itself passes over a plugin's finding on a construct, and notes it in its report. The id is `plugin::rule`. */
  acknowledgedToCdk(id: string, constructPath: string): boolean;
}

/** Walks the tree once. It only reads: the tree may be synthesised already. */
export function readConstructTree(root: IConstruct): ConstructTree {
  const tellsPaths = root.node.tryGetContext(PATH_METADATA) !== undefined;
  const stackNames = new Map<string, string>();
  const constructs = new Map<string, StackConstructs>();
  const subnets: OutsideSubnet[] = [];
  const toCdk = new Map<string, Set<string>>();

  const noteAcknowledgement = (path: string, data: unknown): readonly Exemption[] => {
    for (const id of isRecord(data) ? Object.keys(data) : []) {
      const paths = toCdk.get(id) ?? new Set();
      toCdk.set(id, paths.add(path));
    }
    return acknowledgedExemptions(path, data);
  };

  const noteStack = ({ stackName, templateFile }: Stack): void => {
    if (!Token.isUnresolved(stackName)) stackNames.set(templateFile, stackName);
  };

  const noteResource = (element: CfnElement, exemptions: readonly Exemption[]): void => {
    const { stack } = element;
    const own = constructs.get(stack.templateFile) ?? new StackConstructs(stack.node.path);
    constructs.set(stack.templateFile, own);
    own.note(element, exemptions);
  };

  const visit = (construct: IConstruct, outer: readonly Exemption[]): void => {
    const { node } = construct;
    let exemptions = outer;
    for (const { type, data } of node.metadata) {
      if (type === ACKNOWLEDGED_RULES) exemptions = [...exemptions, ...noteAcknowledgement(node.path, data)];
    }
    if ((exemptions.length > 0 || !tellsPaths) && CfnElement.isCfnElement(construct)) {
      noteResource(construct, exemptions);
    }
    const { children } = node;
    // Most constructs are leaves, and neither a stack with hosts nor a VPC with subnets is one.
    if (children.length === 0) return;
    if (Stack.isStack(construct)) noteStack(construct);
    else subnets.push(...importedSubnets(construct));
    for (const child of children) visit(child, exemptions);
  };

  visit(root, []);
  return {
    stackNames,
    constructs,
    subnets,
    acknowledgedToCdk: (id, constructPath) => {
      const paths = toCdk.get(id);
      return paths !== undefined && [...scopesOf(constructPath), ""].some((scope) => paths.has(scope));
    },
  };
}
