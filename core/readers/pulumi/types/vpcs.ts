import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../../../program/normal-form";
import { at } from "../../../program/read";
import { type RecordValue, record } from "../../../program/value";
import { ownId, tagList } from "../converters";
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

const TAGS = ["tags", "Tags", tagList] as const;

const VPC_INPUTS = shape(
  "cidrBlock",
  "enableDnsSupport",
  "enableDnsHostnames",
  "instanceTenancy",
  "ipv4IpamPoolId",
  "ipv4NetmaskLength",
  TAGS,
);

/** What AWS makes together with a VPC. */
const VPC_OUTPUTS = shape(
  "cidrBlock",
  ["defaultSecurityGroupId", "DefaultSecurityGroup"],
  ["defaultNetworkAclId", "DefaultNetworkAcl"],
  ["mainRouteTableId", "MainRouteTable"],
  ["defaultRouteTableId", "DefaultRouteTable"],
);

const SUBNET_INPUTS = shape(
  "vpcId",
  "cidrBlock",
  "availabilityZone",
  "availabilityZoneId",
  "mapPublicIpOnLaunch",
  "ipv6CidrBlock",
  "ipv6Native",
  "assignIpv6AddressOnCreation",
  TAGS,
);

/** A gateway whose `vpcId` attaches it, which CloudFormation does with a resource of its own. */
const attachedGateway = (type: string, gateway: string): TypeMapping => ({
  type,
  inputs: shape("vpcId", TAGS),
  split: (properties: RecordValue, self: Self): readonly Fragment[] => {
    const itself = { type, properties: without(properties, "VpcId") };
    const vpc = at(properties, "VpcId");
    if (vpc.kind === "absent") return [itself];
    const attachment = record({ VpcId: vpc, [gateway]: ownId(self) });
    return [itself, { type: "AWS::EC2::VPCGatewayAttachment", properties: attachment, part: "attachment" }];
  },
});

export const VPCS: TypeMappings = {
  "aws:ec2/vpc:Vpc": { type: "AWS::EC2::VPC", inputs: VPC_INPUTS, outputs: VPC_OUTPUTS },
  // Source: AWS provider, "aws_default_vpc" and "aws_default_subnet"; EC2 user guide, "Default VPCs".
  "aws:ec2/defaultVpc:DefaultVpc": {
    type: EXTRA.defaultVpc,
    inputs: shape("enableDnsSupport", "enableDnsHostnames", TAGS),
    outputs: joined(shape("enableDnsSupport", "enableDnsHostnames"), VPC_OUTPUTS),
    defaults: { EnableDnsSupport: true, EnableDnsHostnames: true },
  },
  "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": plain(
    "AWS::EC2::VPCCidrBlock",
    "vpcId",
    "cidrBlock",
  ),
  "aws:ec2/vpcIpv6CidrBlockAssociation:VpcIpv6CidrBlockAssociation": plain(
    "AWS::EC2::VPCCidrBlock",
    "vpcId",
    "ipv6CidrBlock",
    ["assignGeneratedIpv6CidrBlock", "AmazonProvidedIpv6CidrBlock"],
  ),
  "aws:ec2/subnet:Subnet": { type: "AWS::EC2::Subnet", inputs: SUBNET_INPUTS, outputs: shape("availabilityZone") },
  "aws:ec2/defaultSubnet:DefaultSubnet": {
    type: EXTRA.defaultSubnet,
    inputs: shape("availabilityZone", "mapPublicIpOnLaunch", TAGS),
    outputs: shape("vpcId", "cidrBlock"),
    defaults: { MapPublicIpOnLaunch: true },
  },
  "aws:ec2/internetGateway:InternetGateway": attachedGateway("AWS::EC2::InternetGateway", "InternetGatewayId"),
  "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment": plain(
    "AWS::EC2::VPCGatewayAttachment",
    "vpcId",
    "internetGatewayId",
  ),
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": plain("AWS::EC2::EgressOnlyInternetGateway", "vpcId"),
  "aws:ec2/carrierGateway:CarrierGateway": plain("AWS::EC2::CarrierGateway", "vpcId"),
  "aws:ec2/vpnGateway:VpnGateway": attachedGateway("AWS::EC2::VPNGateway", "VpnGatewayId"),
  "aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment": plain("AWS::EC2::VPCGatewayAttachment", "vpcId", "vpnGatewayId"),
  "aws:ec2/natGateway:NatGateway": plain(
    "AWS::EC2::NatGateway",
    "subnetId",
    "allocationId",
    "connectivityType",
    "vpcId",
    "availabilityMode",
    TAGS,
  ),
  "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": plain(
    "AWS::EC2::VPCPeeringConnection",
    "vpcId",
    "peerVpcId",
    "peerRegion",
    "peerOwnerId",
  ),
  "aws:ec2transitgateway/transitGateway:TransitGateway": plain("AWS::EC2::TransitGateway", "description", TAGS),
  "aws:ec2transitgateway/vpcAttachment:VpcAttachment": plain(
    "AWS::EC2::TransitGatewayAttachment",
    "vpcId",
    "subnetIds",
    "transitGatewayId",
  ),
  "aws:networkfirewall/firewall:Firewall": plain(
    "AWS::NetworkFirewall::Firewall",
    ["name", "FirewallName"],
    "firewallPolicyArn",
    "vpcId",
    ["subnetMappings", "SubnetMappings", shape("subnetId")],
  ),
  "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions": plain(
    "AWS::EC2::VPCBlockPublicAccessOptions",
    "internetGatewayBlockMode",
  ),
  "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion": plain(
    "AWS::EC2::VPCBlockPublicAccessExclusion",
    "internetGatewayExclusionMode",
    "vpcId",
    "subnetId",
  ),
  "aws:ec2/managedPrefixList:ManagedPrefixList": plain(
    "AWS::EC2::PrefixList",
    ["name", "PrefixListName"],
    "addressFamily",
    ["entries", "Entries", shape("cidr", "description")],
  ),
  "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry": plain(EXTRA.prefixListEntry, "prefixListId", "cidr"),
};
