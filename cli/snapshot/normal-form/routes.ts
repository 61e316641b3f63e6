import type { Route, RouteTable } from "@aws-sdk/client-ec2";
import type { KnownResource } from "../../../core/facts-file/facts-file";
import { known, resource } from "./properties";

/** A route table with its routes and its subnets. */
export function routeTable({
  RouteTableId,
  VpcId,
  Routes = [],
  Associations = [],
}: RouteTable): readonly KnownResource[] {
  return [
    ...resource("AWS::EC2::RouteTable", [RouteTableId], { VpcId, Routes: Routes.flatMap(route) }),
    ...Associations.flatMap(({ RouteTableAssociationId: id, SubnetId, Main }) => {
      if (Main) return resource("SsmPreflight::MainRouteTableAssociation", [id], { VpcId, RouteTableId });
      return SubnetId === undefined
        ? []
        : resource("AWS::EC2::SubnetRouteTableAssociation", [id], { SubnetId, RouteTableId });
    }),
  ];
}

/** The local route goes without saying, and a gateway endpoint says itself which route tables it is on. */
function route(from: Route): readonly Readonly<Record<string, unknown>>[] {
  const { GatewayId = "", DestinationPrefixListId, State } = from;
  if (GatewayId === "local") return [];
  if (GatewayId.startsWith("vpce-") && DestinationPrefixListId !== undefined) return [];
  return [
    known({
      DestinationCidrBlock: from.DestinationCidrBlock,
      DestinationIpv6CidrBlock: from.DestinationIpv6CidrBlock,
      DestinationPrefixListId,
      GatewayId: from.GatewayId,
      NatGatewayId: from.NatGatewayId,
      TransitGatewayId: from.TransitGatewayId,
      VpcPeeringConnectionId: from.VpcPeeringConnectionId,
      NetworkInterfaceId: from.NetworkInterfaceId,
      EgressOnlyInternetGatewayId: from.EgressOnlyInternetGatewayId,
      CarrierGatewayId: from.CarrierGatewayId,
      LocalGatewayId: from.LocalGatewayId,
      CoreNetworkArn: from.CoreNetworkArn,
      State: State === "blackhole" ? State : undefined,
    }),
  ];
}
