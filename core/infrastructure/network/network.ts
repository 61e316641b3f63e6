import { chain, type Fact, known, map, orDefault, unknown } from "../../facts/fact";
import { lazy, memoize } from "../../facts/lazy";
import type { Declaration } from "../../program/declaration";
import { asBoolean, asString, at } from "../../program/read";
import { shortName } from "../../program/short-name";
import type { Value } from "../../program/value";
import type { Endpoint, Host, NetworkAcl, RouteTable, SecurityGroup, Subnet, Vpc } from "../model";
import { type ProgramIndex, push } from "../program-index";
import { endpointModel } from "./endpoints";
import { aclEntries, defaultAclEntries } from "./network-acl-entries";
import { outsideVpcs } from "./outside-vpcs";
import { privateZones } from "./private-zones";
import { publicAccessBlock } from "./public-access";
import { routeModel } from "./routes";
import { securityGroupModel } from "./security-groups";
import { ENDPOINT, NETWORK_ACL, ROUTE_TABLE, SUBNET, VPC } from "./types";
import { ownBlockKeys, vpcBlockKeys, vpcCidrBlocks } from "./vpc-cidr-blocks";

/** Resources that let names resolve in ways of their own, and the property that names the VPC. */
const CUSTOM_RESOLUTION: readonly (readonly [type: string, vpcProperty: string])[] = [
  ["AWS::Route53Resolver::ResolverRuleAssociation", "VPCId"],
  ["AWS::EC2::VPCDHCPOptionsAssociation", "VpcId"],
];

export interface NetworkModel {
  readonly vpcs: () => readonly Vpc[];
  readonly endpoints: () => readonly Endpoint[];
  subnet(value: Value): Fact<Subnet>;
  subnets(value: Value): Fact<readonly Fact<Subnet>[]>;
  /** The subnets among which the unknown ones of a value surely are; none where they may be outside of the program. */
  candidateSubnets(value: Value): readonly Subnet[];
  securityGroups(value: Value): Fact<readonly Fact<SecurityGroup>[]>;
}

/** `host` finds the host of a declaration, for routes that lead through an instance. */
export function networkModel(index: ProgramIndex, host: (declaration: Declaration) => Host | undefined): NetworkModel {
  const outside = outsideVpcs();
  const followVpc = (value: Value, stack: string): Fact<Vpc> => {
    const declared = index.follow(value, VPC);
    const named = declared.state === "unknown" ? outside(value, stack) : undefined;
    return map(named === undefined ? declared : known(named, value.assuming), (declaration) => vpc(declaration));
  };
  const followSubnet = (value: Value): Fact<Subnet> =>
    map(index.follow(value, SUBNET), (declaration) => subnet(declaration));
  const routes = routeModel(index, { subnet: followSubnet, host });

  const vpc = memoize((declaration: Declaration): Vpc => {
    const { properties } = declaration;
    const cidrBlocks = lazy(() => vpcCidrBlocks(declaration, index));
    const blockKeys = lazy(() => vpcBlockKeys(declaration, index));
    const built: Vpc = {
      declaration,
      get blockKeys() {
        return blockKeys();
      },
      get cidrBlocks() {
        return cidrBlocks();
      },
      enableDnsSupport: orDefault(asBoolean(at(properties, "EnableDnsSupport")), true),
      enableDnsHostnames: orDefault(
        asBoolean(at(properties, "EnableDnsHostnames")),
        declaration.type === "SsmPreflight::DefaultVpc",
      ),
      get subnets() {
        return subnetsByVpc().get(built) ?? [];
      },
      get endpoints() {
        return endpointsByVpc().get(built) ?? [];
      },
      get mainRouteTable() {
        return routes.mainRouteTable(declaration);
      },
      get defaultSecurityGroup() {
        return groups.defaultGroup(built);
      },
      internetGateways: attachedTo(declaration, "AWS::EC2::VPCGatewayAttachment", "VpcId"),
      get privateHostedZones() {
        return zonesByVpc().get(declaration) ?? [];
      },
      customNameResolution: CUSTOM_RESOLUTION.flatMap(([type, property]) => attachedTo(declaration, type, property)),
    };
    return built;
  });

  /** What stands, or may stand, with a VPC. */
  const attachedTo = (declaration: Declaration, type: string, property: string): readonly Declaration[] =>
    (index.attachments(type, property, VPC).get(declaration) ?? []).map((attachment) => attachment.declaration);

  const groups = securityGroupModel(index, followVpc, vpc);

  const subnet = memoize((declaration: Declaration): Subnet => {
    const { properties } = declaration;
    const table = lazy(() => subnetRouteTable(declaration, built));
    const networkAcl = lazy(() => subnetAcl(declaration, built));
    const blockKeys = lazy(() => [
      ...ownBlockKeys(declaration),
      ...(built.vpc.state === "known" ? built.vpc.value.blockKeys : []),
    ]);
    const accessBlock = lazy(() => {
      const owner = built.vpc.state === "known" ? built.vpc.value.declaration : undefined;
      return publicAccessBlock(declaration, owner, index);
    });
    const built: Subnet = {
      declaration,
      get blockKeys() {
        return blockKeys();
      },
      vpc: subnetVpc(declaration, followVpc),
      cidrBlock: asString(at(properties, "CidrBlock")),
      availabilityZone: asString(at(properties, "AvailabilityZone")),
      mapPublicIpOnLaunch: orDefault(
        asBoolean(at(properties, "MapPublicIpOnLaunch")),
        declaration.type === "SsmPreflight::DefaultSubnet",
      ),
      get routeTable() {
        return table();
      },
      get networkAcl() {
        return networkAcl();
      },
      get publicAccessBlock() {
        return accessBlock();
      },
    };
    return built;
  });

  const subnetRouteTable = (declaration: Declaration, built: Subnet): Fact<RouteTable> => {
    const associations = index.mayBeAttached(declaration, "AWS::EC2::SubnetRouteTableAssociation", "SubnetId", SUBNET);
    const certain = associations.find((association) => association.certain);
    if (certain !== undefined) return followRouteTable(at(certain.declaration.properties, "RouteTableId"));
    const [doubtful] = associations;
    if (doubtful !== undefined)
      return unknown(`${shortName(doubtful.declaration)} may associate it with a route table`);
    return map(built.vpc, (owner) => owner.mainRouteTable);
  };

  const followRouteTable = (value: Value): Fact<RouteTable> => {
    const declared = index.follow(value, ROUTE_TABLE);
    if (declared.state === "known") return map(declared, routes.routeTable);
    const [owner, ...others] = index.candidates(value, VPC);
    if (owner !== undefined && others.length === 0) return known(routes.mainRouteTable(owner), value.assuming);
    return declared.state === "absent" ? unknown("the association names no route table") : declared;
  };

  const subnetAcl = (declaration: Declaration, built: Subnet): Fact<NetworkAcl> => {
    const associations =
      index.attachments("AWS::EC2::SubnetNetworkAclAssociation", "SubnetId", SUBNET).get(declaration) ?? [];
    const [association] = associations;
    if (association === undefined) return inlineAcl(declaration, built);
    if (!association.certain)
      return unknown(`${shortName(association.declaration)} may associate it with a network ACL`);
    const named = at(association.declaration.properties, "NetworkAclId");
    const [owner] = index.candidates(named, VPC);
    return owner === undefined ? map(index.follow(named, NETWORK_ACL), acl) : defaultAcl(vpc(owner));
  };

  // Pulumi's NetworkAcl can list its subnets itself, and a program can take over the VPC's default one.
  const inlineAcl = (declaration: Declaration, built: Subnet): Fact<NetworkAcl> => {
    for (const type of NETWORK_ACL) {
      const [owner] = index.attachments(type, "SubnetIds", SUBNET).get(declaration) ?? [];
      if (owner !== undefined) {
        return owner.certain
          ? known(acl(owner.declaration))
          : unknown(`${shortName(owner.declaration)} may be its network ACL`);
      }
    }
    return chain(built.vpc, (owner): Fact<NetworkAcl> => {
      const adopted = index
        .attachments("SsmPreflight::DefaultNetworkAcl", "DefaultNetworkAclId", VPC)
        .get(owner.declaration)?.[0];
      return adopted === undefined ? defaultAcl(owner) : known(acl(adopted.declaration));
    });
  };

  /** The ACL that a VPC brings along; absent where the program leaves it as it is. */
  const defaultAcl = (owner: Vpc): Fact<NetworkAcl> => {
    const entries = defaultAclEntries(index, owner.declaration);
    return entries.state === "absent" ? entries : known({ declaration: owner.declaration, vpc: known(owner), entries });
  };

  const acl = memoize(
    (declaration: Declaration): NetworkAcl => ({
      declaration,
      get vpc() {
        return followVpc(at(declaration.properties, "VpcId"), declaration.stack);
      },
      get entries() {
        return aclEntries(index, declaration);
      },
    }),
  );

  const subnets = (value: Value): Fact<readonly Fact<Subnet>[]> =>
    map(index.followAll(value, SUBNET), (items) => items.map((item) => map(item, subnet)));
  const candidateSubnets = (value: Value): readonly Subnet[] =>
    mayBeOutside(value) ? [] : index.candidates(value, SUBNET).map(subnet);
  const mayBeOutside = (value: Value): boolean => {
    if (value.kind === "list") {
      const unknowns = value.items.filter(({ kind }) => kind === "unknown");
      return unknowns.length > index.candidates(value, SUBNET).length || value.items.some(mayBeOutside);
    }
    if (value.kind !== "unknown") return index.follow(value, SUBNET).state === "unknown";
    return value.mayBeOutside === true || index.candidates(value, SUBNET).length === 0;
  };

  const endpoint = endpointModel(index, {
    vpc: followVpc,
    subnet: followSubnet,
    subnets,
    candidateSubnets,
    securityGroups: groups.groups,
    routeTable: followRouteTable,
    routeTables: (value) =>
      map(index.followAll(value, ROUTE_TABLE), (items) => items.map((item) => map(item, routes.routeTable))),
  });
  const endpoints = lazy(() => index.ofType(...ENDPOINT).map(endpoint));
  const subnetsByVpc = lazy(() => groupByVpc(index.ofType(...SUBNET).map(subnet)));
  const endpointsByVpc = lazy(() => groupByVpc(endpoints()));
  const zonesByVpc = lazy(() => privateZones(index));

  return {
    vpcs: () => index.ofType(...VPC).map(vpc),
    endpoints,
    subnet: followSubnet,
    subnets,
    candidateSubnets,
    securityGroups: groups.groups,
  };
}

function groupByVpc<T extends { readonly vpc: Fact<Vpc> }>(items: readonly T[]): ReadonlyMap<Vpc, readonly T[]> {
  const groups = new Map<Vpc, T[]>();
  for (const item of items) if (item.vpc.state === "known") push(groups, item.vpc.value, item);
  return groups;
}

function subnetVpc(declaration: Declaration, followVpc: (value: Value, stack: string) => Fact<Vpc>): Fact<Vpc> {
  const written = followVpc(at(declaration.properties, "VpcId"), declaration.stack);
  return written.state === "absent"
    ? unknown("it stands in the account's default VPC, which this program does not describe")
    : written;
}
