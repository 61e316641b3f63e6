import { type Fact, is, known, map, unknown } from "../../facts/fact";
import { lazy, memoize } from "../../facts/lazy";
import type { Declaration } from "../../program/declaration";
import { asList, asString, at } from "../../program/read";
import { shortName } from "../../program/short-name";
import type { Value } from "../../program/value";
import type { Host, NatGateway, Route, RouteTable, RouteTarget, Subnet } from "../model";
import type { ProgramIndex } from "../program-index";
import { prefixListBlocks } from "./prefix-lists";
import { ROUTE_TABLE, VPC } from "./types";

const NAT = ["AWS::EC2::NatGateway"];
const INTERNET_GATEWAY = ["AWS::EC2::InternetGateway"];

/** Route properties whose path the program does not show to its end, in words. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  TransitGatewayId: "a transit gateway",
  VpcPeeringConnectionId: "a peering connection",
  VpcEndpointId: "a firewall or gateway load balancer endpoint",
  CarrierGatewayId: "a carrier gateway",
  LocalGatewayId: "a local gateway",
  CoreNetworkArn: "a Cloud WAN core network",
};

const vpcName = ({ type, name }: Declaration): string =>
  type === "SsmPreflight::DefaultVpc" ? "the account's default VPC" : `VPC ${name}`;

export interface RouteModel {
  routeTable(declaration: Declaration): RouteTable;
  /** The VPC's main route table: named by an association, adopted as default, or the implicit one with no more than the local route. */
  mainRouteTable(vpc: Declaration): RouteTable;
}

export interface RouteNeighbours {
  subnet(value: Value): Fact<Subnet>;
  host(declaration: Declaration): Host | undefined;
}

export function routeModel(index: ProgramIndex, neighbours: RouteNeighbours): RouteModel {
  const natGateway = memoize((declaration: Declaration): NatGateway => {
    const subnet = lazy(() => neighbours.subnet(at(declaration.properties, "SubnetId")));
    return {
      declaration,
      get subnet() {
        return subnet();
      },
      connectivity: orPublic(asString(at(declaration.properties, "ConnectivityType"))),
    };
  });

  const tableWith = (declaration: Declaration, read: () => RouteTable["routes"]): RouteTable => {
    const routes = lazy(read);
    return {
      declaration,
      get routes() {
        return routes();
      },
    };
  };

  const routeTable = memoize((declaration: Declaration) =>
    tableWith(declaration, () => readRoutes(declaration, ROUTE_TABLE)),
  );

  const implicitMain = memoize((vpc: Declaration) =>
    tableWith(vpc, () => {
      if (vpc.type !== "AWS::EC2::VPC")
        return unknown(`the main route table of ${vpcName(vpc)} is not part of this program`);
      // In Pulumi a route may name `vpc.mainRouteTableId`: its table is then the VPC's own.
      return readRoutes(vpc, VPC);
    }),
  );

  const mainRouteTable = (vpc: Declaration): RouteTable => {
    const association = index.attachments("SsmPreflight::MainRouteTableAssociation", "VpcId", VPC).get(vpc)?.[0];
    if (association !== undefined) {
      const named = index.follow(at(association.declaration.properties, "RouteTableId"), ROUTE_TABLE);
      if (named.state === "known") return routeTable(named.value);
    }
    const adopted = index.attachments("SsmPreflight::DefaultRouteTable", "DefaultRouteTableId", VPC).get(vpc)?.[0];
    return adopted === undefined ? implicitMain(vpc) : routeTable(adopted.declaration);
  };

  const readRoutes = (owner: Declaration, types: readonly string[]): Fact<readonly Fact<Route>[]> => {
    const separate = index.mayBeAttached(owner, "AWS::EC2::Route", "RouteTableId", types);
    const inline = asList(at(owner.properties, "Routes"));
    const own = inline.state === "known" ? inline.value.flatMap((route) => readRoute(owner, owner, route)) : [];
    if (inline.state === "unknown") own.push(unknown(inline.reason));
    return known([
      ...own,
      ...separate.flatMap(({ declaration, certain }) =>
        certain
          ? readRoute(owner, declaration, declaration.properties)
          : [unknown(`${shortName(declaration)} may belong to another route table`)],
      ),
      ...propagated(owner, types),
    ]);
  };

  /** What a virtual private gateway learns from the other side of its connections, a default route perhaps. */
  const propagated = (owner: Declaration, types: readonly string[]): readonly Fact<Route>[] =>
    (index.attachments("AWS::EC2::VPNGatewayRoutePropagation", "RouteTableIds", types).get(owner) ?? []).map(
      ({ declaration }) => unknown(`${shortName(declaration)} adds routes that a VPN gateway learns`),
    );

  /** A route of `owner`, a route table or a VPC that stands for its own; to a prefix list that is declared, one to each block. */
  const readRoute = (owner: Declaration, declaration: Declaration, route: Value): readonly Fact<Route>[] => {
    if (route.kind === "unknown") return [unknown(route.reason)];
    const to = target(route, owner);
    const blocks = prefixListBlocks(at(route, "DestinationPrefixListId"), index) ?? [destination(route)];
    return blocks.map((block) => known({ declaration, destination: block, target: to }, declaration.assuming));
  };

  const target = (route: Value, owner: Declaration): Fact<RouteTarget> => {
    if (is(asString(at(route, "State")), "blackhole")) return known({ kind: "blackhole" });
    for (const read of [gatewayTarget, natTarget, instanceTarget, egressOnlyTarget]) {
      const found = read(route, owner);
      if (found !== undefined) return found;
    }
    for (const [property, what] of Object.entries(ELSEWHERE)) {
      if (at(route, property).kind !== "absent") return known({ kind: "elsewhere", what });
    }
    return unknown("the route names no target");
  };

  const gatewayTarget = (route: Value, owner: Declaration): Fact<RouteTarget> | undefined => {
    const value = at(route, "GatewayId");
    if (value.kind === "absent") return undefined;
    const gateway = index.follow(value, INTERNET_GATEWAY);
    if (gateway.state === "known") {
      return known({ kind: "internetGateway", attached: isAttached(gateway.value, owner) }, gateway.assuming);
    }
    if (index.candidates(value, ["AWS::EC2::VPNGateway"]).length > 0)
      return known({ kind: "elsewhere", what: "a VPN gateway" });
    const id = asString(value);
    if (id.state === "known" && id.value.startsWith("igw-")) {
      return known({ kind: "internetGateway", attached: known(true) }, id.assuming);
    }
    if (id.state === "known" && id.value === "local") return known({ kind: "elsewhere", what: "the VPC itself" });
    return known({ kind: "elsewhere", what: "a gateway outside this program" });
  };

  const natTarget = (route: Value): Fact<RouteTarget> | undefined => {
    const value = at(route, "NatGatewayId");
    if (value.kind === "absent") return undefined;
    const gateway = index.follow(value, NAT);
    return gateway.state === "known"
      ? known({ kind: "natGateway", natGateway: natGateway(gateway.value) }, gateway.assuming)
      : known({ kind: "elsewhere", what: "a NAT gateway outside this program" });
  };

  const instanceTarget = (route: Value): Fact<RouteTarget> | undefined => {
    const byInstance = at(route, "InstanceId");
    const byInterface = at(route, "NetworkInterfaceId");
    if (byInstance.kind === "absent" && byInterface.kind === "absent") return undefined;
    const instance = index.follow(byInstance.kind === "absent" ? byInterface : byInstance, ["AWS::EC2::Instance"]);
    if (instance.state !== "known") return known({ kind: "elsewhere", what: "a network interface" });
    const host = neighbours.host(instance.value);
    return known({ kind: "instance", host: host === undefined ? unknown("it is no host") : known(host) });
  };

  const egressOnlyTarget = (route: Value): Fact<RouteTarget> | undefined =>
    at(route, "EgressOnlyInternetGatewayId").kind === "absent"
      ? undefined
      : known({ kind: "egressOnlyInternetGateway" });

  /** Whether an internet gateway is attached to the VPC of a route table. */
  const isAttached = (gateway: Declaration, table: Declaration): Fact<boolean> => {
    const vpc = VPC.includes(table.type) ? known(table) : index.follow(at(table.properties, "VpcId"), VPC);
    const isThisVpc = (value: Value): boolean => {
      const named = index.follow(value, VPC);
      return vpc.state !== "known" || named.state !== "known" || named.value === vpc.value;
    };
    const own = at(gateway.properties, "VpcId");
    if (own.kind !== "absent") return known(isThisVpc(own));
    const attachments = index
      .attachments("AWS::EC2::VPCGatewayAttachment", "InternetGatewayId", INTERNET_GATEWAY)
      .get(gateway)
      ?.filter(({ declaration }) => isThisVpc(at(declaration.properties, "VpcId")));
    if (attachments === undefined || attachments.length === 0) return known(false);
    return attachments.some((attachment) => attachment.certain)
      ? known(true)
      : unknown("its attachment may name another gateway");
  };

  return { routeTable, mainRouteTable };
}

function destination(route: Value): Fact<string> {
  for (const property of ["DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId"]) {
    const value = asString(at(route, property));
    if (value.state !== "absent") return value;
  }
  return unknown("the route names no destination");
}

const orPublic = (connectivity: Fact<string>): Fact<string> =>
  connectivity.state === "absent" ? known("public") : map(connectivity, (text) => text.toLowerCase());
