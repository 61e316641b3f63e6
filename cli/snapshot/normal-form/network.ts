import type { NatGateway, NetworkAcl, NetworkAclEntry, Subnet, Vpc, VpcEndpoint } from "@aws-sdk/client-ec2";
import type { KnownResource } from "../../../core/facts-file/facts-file";
import { parseEndpointServiceName } from "../../../core/knowledge/endpoint-service-name";
import { known, parsedDocument, resource } from "./properties";

/** Attributes of a VPC that AWS tells one by one. */
export interface VpcAttributes {
  readonly enableDnsSupport: boolean | undefined;
  readonly enableDnsHostnames: boolean | undefined;
}

export function vpc(from: Vpc, { enableDnsSupport, enableDnsHostnames }: VpcAttributes): readonly KnownResource[] {
  const blocks = (from.CidrBlockAssociationSet ?? [])
    .filter(({ CidrBlockState }) => CidrBlockState?.State === "associated")
    .map(({ CidrBlock }) => CidrBlock);
  return resource("AWS::EC2::VPC", [from.VpcId], {
    CidrBlock: blocks.length === 0 ? from.CidrBlock : blocks,
    EnableDnsSupport: enableDnsSupport,
    EnableDnsHostnames: enableDnsHostnames,
  });
}

export function subnet(from: Subnet): readonly KnownResource[] {
  return resource("AWS::EC2::Subnet", [from.SubnetId], {
    VpcId: from.VpcId,
    CidrBlock: from.CidrBlock,
    AvailabilityZone: from.AvailabilityZone,
    MapPublicIpOnLaunch: from.MapPublicIpOnLaunch,
    AssignIpv6AddressOnCreation: from.AssignIpv6AddressOnCreation,
    Ipv6Native: from.Ipv6Native,
  });
}

/** A network ACL with its entries, but for the last that refuses everything, and its subnets. */
export function networkAcl({
  NetworkAclId,
  VpcId,
  Entries = [],
  Associations = [],
}: NetworkAcl): readonly KnownResource[] {
  return [
    ...resource("AWS::EC2::NetworkAcl", [NetworkAclId], {
      VpcId,
      Entries: Entries.filter(({ RuleNumber }) => RuleNumber !== LAST_ENTRY).map(entry),
    }),
    ...Associations.flatMap(({ NetworkAclAssociationId: id, SubnetId }) =>
      resource("AWS::EC2::SubnetNetworkAclAssociation", [id], { SubnetId, NetworkAclId }),
    ),
  ];
}

/** Shown as `*`. Source: Amazon VPC user guide, "Network ACL rules". */
const LAST_ENTRY = 32767;

const entry = ({ RuleNumber, RuleAction, Egress, Protocol, CidrBlock, Ipv6CidrBlock, PortRange }: NetworkAclEntry) =>
  known({
    RuleNumber,
    RuleAction,
    Egress,
    Protocol,
    CidrBlock,
    Ipv6CidrBlock,
    PortRange: PortRange === undefined ? undefined : known({ From: PortRange.From, To: PortRange.To }),
  });

/** One that is gone, or never came to be, is nothing that a route leads to. */
export function natGateway({ NatGatewayId, SubnetId, ConnectivityType, State }: NatGateway): readonly KnownResource[] {
  if (State !== "available" && State !== "pending") return [];
  return resource("AWS::EC2::NatGateway", [NatGatewayId], { SubnetId, ConnectivityType });
}

const SERVICES = new Set(["ssm", "ssmmessages", "ec2messages", "ec2", "s3", "kms", "logs"]);
const STANDING = new Set(["available", "pending"]);

/** An endpoint that stands, of a service that hosts call for what rules judge. */
export function vpcEndpoint(from: VpcEndpoint): readonly KnownResource[] {
  const service = parseEndpointServiceName(from.ServiceName ?? "")?.service;
  // The EC2 API has these states in both cases.
  const stands = STANDING.has(from.State?.toLowerCase() ?? "");
  if (service === undefined || !SERVICES.has(service) || !stands) return [];
  const isGateway = from.VpcEndpointType === "Gateway";
  return resource("AWS::EC2::VPCEndpoint", [from.VpcEndpointId], {
    VpcId: from.VpcId,
    ServiceName: from.ServiceName,
    VpcEndpointType: from.VpcEndpointType,
    PolicyDocument: parsedDocument(from.PolicyDocument),
    ...(isGateway
      ? { RouteTableIds: from.RouteTableIds }
      : {
          PrivateDnsEnabled: from.PrivateDnsEnabled,
          SubnetIds: from.SubnetIds,
          SecurityGroupIds: (from.Groups ?? []).map(({ GroupId }) => GroupId),
        }),
  });
}
