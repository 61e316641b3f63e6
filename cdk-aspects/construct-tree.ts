import { CfnElement, Stack, Token } from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import type { Exemption } from "../core/program/declaration";
import type { OutsideSubnet } from "../core/program/outside";
import type { ConstructPath } from "../core/readers/cloudformation";
import { isRecord } from "../core/readers/pulumi/json";
import { acknowledgedExemptions } from "../input/cloud-assembly-acknowledgements";
import { ACKNOWLEDGED_RULES, type Constructs, scopesOf } from "../input/cloud-assembly-constructs";
import { importedSubnets } from "./imported-vpcs";

/** Context by which the CDK command line has templates tell the construct path of each resource. */
const PATH_METADATA = "aws:cdk:enable-path-metadata";

/** What the constructs of an app tell that its templates do not. */
export interface ConstructTree {
  /** By template file, for stacks that are not nested. */
  readonly stackNames: ReadonlyMap<string, string>;
  /** By template file: the resources that an acknowledgement reaches, or all of them where templates do not tell paths. */
  readonly constructs: ReadonlyMap<string, Constructs>;
  readonly subnets: readonly OutsideSubnet[];
  /** Whether CDK itself passes over a plugin's finding on a construct, and notes it in its report. The id is `plugin::rule`. */
  acknowledgedToCdk(id: string, constructPath: string): boolean;
}

/** Walks the tree once. It only reads: the tree may be synthesised already. */
export function readConstructTree(root: IConstruct): ConstructTree {
  const tellsPaths = root.node.tryGetContext(PATH_METADATA) !== undefined;
  const stackNames = new Map<string, string>();
  const constructs = new Map<string, Map<string, ConstructPath>>();
  const subnets: OutsideSubnet[] = [];
  const toCdk = new Map<string, Set<string>>();

  const noteAcknowledgement = (path: string, data: unknown): readonly Exemption[] => {
    for (const id of isRecord(data) ? Object.keys(data) : []) {
      const paths = toCdk.get(id) ?? new Set();
      toCdk.set(id, paths.add(path));
    }
    return acknowledgedExemptions(path, data);
  };

  const noteResource = (element: CfnElement, stack: Stack, exemptions: readonly Exemption[]): void => {
    const own = constructs.get(stack.templateFile) ?? new Map<string, ConstructPath>();
    constructs.set(stack.templateFile, own);
    const logicalId: unknown = stack.resolve(element.logicalId);
    if (typeof logicalId === "string") own.set(logicalId, { path: element.node.path, exemptions });
  };

  const visit = (construct: IConstruct, outer: readonly Exemption[], outerStack: Stack | undefined): void => {
    const { node } = construct;
    const stack = Stack.isStack(construct) ? construct : outerStack;
    const acknowledged = node.metadata.filter(({ type }) => type === ACKNOWLEDGED_RULES);
    const own = acknowledged.flatMap(({ data }) => noteAcknowledgement(node.path, data));
    const exemptions = own.length === 0 ? outer : [...outer, ...own];
    if (stack === construct && !Token.isUnresolved(stack.stackName)) {
      stackNames.set(stack.templateFile, stack.stackName);
    }
    if (stack !== undefined && CfnElement.isCfnElement(construct)) {
      if (exemptions.length > 0 || !tellsPaths) noteResource(construct, stack, exemptions);
    } else {
      subnets.push(...importedSubnets(construct));
    }
    for (const child of node.children) visit(child, exemptions, stack);
  };

  visit(root, [], undefined);
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
