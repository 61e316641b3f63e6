import type { Reading, ReadingProblem } from "../program/declaration";
import { eachWord } from "../program/each-word";
import { lastSegment } from "../program/last-segment";
import { fromJson, type Value } from "../program/value";
import type { FactsFile, KnownResource } from "./facts-file";
import { keyOf } from "./merge";

/** A note on things that no program names, and that nothing leads to that one names. `names` are those of {@link factNamesIn}. */
export function reviewFacts(facts: FactsFile, file: string, names: ReadonlySet<string>): readonly ReadingProblem[] {
  const [first, ...others] = unusedIn(facts, names);
  if (first === undefined) return [];
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  return [
    { file, message: `nothing that was read leads to ${keyOf(first)}${more}; snapshot --refresh drops such facts` },
  ];
}

/** Those names of facts that stand anywhere in a program. */
export function factNamesIn(facts: FactsFile, program: Reading): ReadonlySet<string> {
  const wanted = new Set(resourcesOf(facts).flatMap(namesOf));
  const found = new Set<string>();
  if (wanted.size === 0) return found;
  for (const scenario of program.units.flat()) {
    for (const { properties } of scenario.program.declarations) {
      eachName(properties, (name) => {
        if (wanted.has(name)) found.add(name);
      });
    }
  }
  return found;
}

const resourcesOf = ({ snapshots }: FactsFile): readonly KnownResource[] =>
  snapshots.flatMap(({ resources }) => resources);

/** What makes a resource one that is in use. */
const namesOf = ({ ids, properties: { VpcId, RouteTableId, NetworkAclId } }: KnownResource): readonly string[] => [
  ...ids,
  ...[VpcId, RouteTableId, NetworkAclId].map(String),
];

/** Of an ARN also the name at its end. */
function eachName(value: Value, meet: (name: string) => void): void {
  eachWord(value, (word) => {
    meet(word);
    meet(lastSegment(word));
  });
}

function unusedIn(facts: FactsFile, inProgram: ReadonlySet<string>): readonly KnownResource[] {
  let unused = resourcesOf(facts);
  const names = new Set(inProgram);
  for (let used = unused.filter(isUsed(names)); used.length > 0; used = unused.filter(isUsed(names))) {
    for (const { properties } of used) eachName(fromJson(properties), (name) => names.add(name));
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
