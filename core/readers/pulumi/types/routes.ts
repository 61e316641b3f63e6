import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../../../program/normal-form";
import { at } from "../../../program/read";
import { list, type RecordValue, record, type Value } from "../../../program/value";
import { asListOfOne, itemsOf, openItem, ownId, tagList } from "../converters";
import {
  type Fragment,
  joined,
  plain,
  type Self,
  shape,
  type TypeMapping,
  type TypeMappings,
  without,
} from "../mapping";

const TARGETS = shape(
  "gatewayId",
  "natGatewayId",
  "transitGatewayId",
  "vpcEndpointId",
  "vpcPeeringConnectionId",
  "networkInterfaceId",
  ["egressOnlyGatewayId", "EgressOnlyInternetGatewayId"],
  "coreNetworkArn",
);

const LOCAL_TARGETS = shape("carrierGatewayId", "localGatewayId");

const DESTINATIONS = shape(
  ["cidrBlock", "DestinationCidrBlock"],
  ["ipv6CidrBlock", "DestinationIpv6CidrBlock"],
  "destinationPrefixListId",
);

const INLINE_ROUTE = joined(DESTINATIONS, TARGETS, LOCAL_TARGETS);
const DEFAULT_TABLE_ROUTE = joined(DESTINATIONS, TARGETS, shape("instanceId"));

/** A route table and the routes written inside of it. */
const tableWithRoutes = (type: string): Required<Pick<TypeMapping, "split">> => ({
  split: (properties: RecordValue, self: Self): readonly Fragment[] => [
    { type, properties: without(properties, "Routes", "PropagatingVgws") },
    ...routesOf(at(properties, "Routes"), ownId(self)),
    ...propagationsOf(at(properties, "PropagatingVgws"), ownId(self)),
  ],
});

function routesOf(routes: Value, table: Value): readonly Fragment[] {
  return itemsOf(routes).map((route, index) => ({
    type: "AWS::EC2::Route",
    properties: withTable(route, table),
    part: `route-${index + 1}`,
  }));
}

function withTable(route: Value, table: Value): RecordValue {
  if (route.kind === "record") return { ...route, entries: new Map([["RouteTableId", table], ...route.entries]) };
  return record({ RouteTableId: table, DestinationCidrBlock: openItem(route), GatewayId: openItem(route) });
}

function propagationsOf(gateways: Value, table: Value): readonly Fragment[] {
  return itemsOf(gateways).map((gateway, index) => ({
    type: "AWS::EC2::VPNGatewayRoutePropagation",
    properties: record({ RouteTableIds: list([table]), VpnGatewayId: gateway }),
    part: `propagation-${index + 1}`,
  }));
}

/** A route table belongs to a subnet or, for traffic that comes in, to a gateway. */
const splitAssociation = (properties: RecordValue): readonly Fragment[] => {
  const gateway = at(properties, "GatewayId");
  const type =
    gateway.kind === "absent" ? "AWS::EC2::SubnetRouteTableAssociation" : "AWS::EC2::GatewayRouteTableAssociation";
  return [{ type, properties }];
};

export const ROUTES: TypeMappings = {
  "aws:ec2/routeTable:RouteTable": {
    type: "AWS::EC2::RouteTable",
    inputs: shape("vpcId", ["routes", "Routes", INLINE_ROUTE], "propagatingVgws", ["tags", "Tags", tagList]),
    ...tableWithRoutes("AWS::EC2::RouteTable"),
  },
  "aws:ec2/defaultRouteTable:DefaultRouteTable": {
    type: EXTRA.defaultRouteTable,
    inputs: shape("defaultRouteTableId", ["routes", "Routes", DEFAULT_TABLE_ROUTE], "propagatingVgws"),
    outputs: shape("vpcId"),
    ...tableWithRoutes(EXTRA.defaultRouteTable),
  },
  "aws:ec2/route:Route": {
    type: "AWS::EC2::Route",
    inputs: joined(
      shape("routeTableId", "destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"),
      TARGETS,
      LOCAL_TARGETS,
    ),
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    type: "AWS::EC2::SubnetRouteTableAssociation",
    inputs: shape("routeTableId", "subnetId", "gatewayId"),
    split: splitAssociation,
  },
  "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation": plain(
    EXTRA.mainRouteTableAssociation,
    "vpcId",
    "routeTableId",
  ),
  "aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation": {
    type: "AWS::EC2::VPNGatewayRoutePropagation",
    inputs: shape(["routeTableId", "RouteTableIds", asListOfOne], "vpnGatewayId"),
  },
};
