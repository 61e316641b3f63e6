import { Token } from "aws-cdk-lib";
import type { IConstruct } from "constructs";
import type { OutsideSubnet } from "../core/program/outside";
import { isRecord, listOr } from "../core/readers/pulumi/json";

/** The lists in which an `IVpc` keeps its subnets by how their hosts get out. */
const LISTS: readonly (readonly [list: string, kind: OutsideSubnet["kind"]])[] = [
  ["publicSubnets", "public"],
  ["privateSubnets", "private"],
  ["isolatedSubnets", "isolated"],
];

/**
 * The subnets of a VPC that the app imports (`Vpc.fromLookup`, `Vpc.fromVpcAttributes`); none for any other construct.
 * A template has only their ids; that they are public, private or isolated is known to the construct alone.
 */
export function importedSubnets(construct: IConstruct): readonly OutsideSubnet[] {
  if (!("vpcId" in construct && "isolatedSubnets" in construct)) return [];
  // A VPC that the app declares has its resource as a child.
  if (construct.node.defaultChild !== undefined) return [];
  const vpc = knownText(construct, "vpcId");
  return LISTS.flatMap(([list, kind]) =>
    listOr(read(construct, list)).flatMap((subnet) => importedSubnet(subnet, kind, vpc, construct)),
  );
}

function importedSubnet(
  subnet: unknown,
  kind: OutsideSubnet["kind"],
  vpc: string | undefined,
  construct: IConstruct,
): readonly OutsideSubnet[] {
  const id = knownText(subnet, "subnetId");
  if (id === undefined) return [];
  const routeTable = knownText(read(subnet, "routeTable"), "routeTableId");
  const cidr = knownText(subnet, "ipv4CidrBlock");
  return [
    {
      id,
      kind,
      source: construct.node.path,
      ...(vpc === undefined ? {} : { vpc }),
      ...(routeTable === undefined ? {} : { routeTable }),
      ...(cidr === undefined ? {} : { cidr }),
    },
  ];
}

/** A text that is known at synthesis; not one that comes from an import or a parameter. */
function knownText(owner: unknown, property: string): string | undefined {
  const value = read(owner, property);
  return typeof value === "string" && value !== "" && !Token.isUnresolved(value) ? value : undefined;
}

// Imported subnets throw when they are asked for what they were not given.
function read(owner: unknown, property: string): unknown {
  try {
    return isRecord(owner) ? owner[property] : undefined;
  } catch {
    return undefined;
  }
}
