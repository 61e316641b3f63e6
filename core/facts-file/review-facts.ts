import type { Reading, ReadingProblem } from "../program/declaration";
import { eachText } from "../program/texts";
import { fromJson } from "../program/value";
import type { FactsFile, KnownResource } from "./facts-file";
import { keyOf } from "./merge";

/** A note on things that no program names, and that nothing leads to that one names. */
export function reviewFacts(facts: FactsFile, file: string, program: Reading): readonly ReadingProblem[] {
  const [first, ...others] = unusedIn(facts, program);
  if (first === undefined) return [];
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  return [
    { file, message: `nothing that was read leads to ${keyOf(first)}${more}; snapshot --refresh drops such facts` },
  ];
}

export function unusedIn({ snapshots }: FactsFile, program: Reading): readonly KnownResource[] {
  let unused = snapshots.flatMap(({ resources }) => resources);
  if (unused.length === 0) return [];
  const names = new Set<string>();
  const meet = (text: string) => {
    // Of an ARN the name at its end; a list parameter stands as one text.
    for (const word of text.split(/[,\s]+/)) names.add(word).add(word.slice(word.lastIndexOf("/") + 1));
  };
  for (const scenario of program.units.flat()) {
    for (const { properties } of scenario.program.declarations) eachText(properties, meet);
  }
  for (let used = unused.filter(isUsed(names)); used.length > 0; used = unused.filter(isUsed(names))) {
    for (const { properties } of used) eachText(fromJson(properties), meet);
    const left = new Set(used);
    unused = unused.filter((resource) => !left.has(resource));
  }
  return unused;
}

/** Things that belong to a VPC and are in use with it, whether or not anything names them. */
const PARTS_OF_VPC = new Set<KnownResource["type"]>([
  "AWS::EC2::RouteTable",
  "AWS::EC2::NetworkAcl",
  "AWS::EC2::VPCEndpoint",
  "AWS::EC2::VPCDHCPOptionsAssociation",
  "SsmPreflight::DefaultSecurityGroup",
  "SsmPreflight::MainRouteTableAssociation",
]);

/** Its route tables and network ACLs name their subnets in associations, with the subnets that nobody asked about. */
const LINKS = new Set<KnownResource["type"]>([
  "AWS::EC2::SubnetRouteTableAssociation",
  "AWS::EC2::SubnetNetworkAclAssociation",
]);

const isUsed =
  (names: ReadonlySet<string>) =>
  ({ type, ids, properties: { VpcId, RouteTableId, NetworkAclId } }: KnownResource): boolean =>
    type === "SsmPreflight::ServiceSetting" ||
    ids.some((id) => names.has(id)) ||
    (PARTS_OF_VPC.has(type) && names.has(String(VpcId))) ||
    (LINKS.has(type) && names.has(String(RouteTableId ?? NetworkAclId)));
