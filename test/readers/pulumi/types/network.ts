import { urn } from "../support";
import { type Row, row } from "./table";

const itself = (token: string) => ({ unknown: "it is the id of the resource itself", from: [urn(token)] });

const TABLE = "aws:ec2/routeTable:RouteTable";
const DEFAULT_TABLE = "aws:ec2/defaultRouteTable:DefaultRouteTable";
const GATEWAY = "aws:ec2/internetGateway:InternetGateway";
const VPN = "aws:ec2/vpnGateway:VpnGateway";
const ADDRESS = "aws:ec2/eip:Eip";
const INTERFACE = "aws:ec2/networkInterface:NetworkInterface";

export const NETWORK: readonly Row[] = [
  row(
    "aws:ec2/vpc:Vpc",
    { cidrBlock: "10.0.0.0/16", enableDnsSupport: true, enableDnsHostnames: false, tags: { Name: "main" } },
    "AWS::EC2::VPC",
    {
      CidrBlock: "10.0.0.0/16",
      EnableDnsSupport: true,
      EnableDnsHostnames: false,
      Tags: [{ Key: "Name", Value: "main" }],
    },
  ),
  row("aws:ec2/defaultVpc:DefaultVpc", {}, "SsmPreflight::DefaultVpc", {
    EnableDnsSupport: true,
    EnableDnsHostnames: true,
  }),
  row(
    "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
    { vpcId: "vpc-1", cidrBlock: "10.1.0.0/16" },
    "AWS::EC2::VPCCidrBlock",
    { VpcId: "vpc-1", CidrBlock: "10.1.0.0/16" },
  ),
  row(
    "aws:ec2/vpcIpv6CidrBlockAssociation:VpcIpv6CidrBlockAssociation",
    { vpcId: "vpc-1", assignGeneratedIpv6CidrBlock: true },
    "AWS::EC2::VPCCidrBlock",
    { VpcId: "vpc-1", AmazonProvidedIpv6CidrBlock: true },
  ),
  row(
    "aws:ec2/subnet:Subnet",
    { vpcId: "vpc-1", cidrBlock: "10.0.1.0/24", availabilityZone: "eu-west-1a", mapPublicIpOnLaunch: true },
    "AWS::EC2::Subnet",
    { VpcId: "vpc-1", CidrBlock: "10.0.1.0/24", AvailabilityZone: "eu-west-1a", MapPublicIpOnLaunch: true },
  ),
  row("aws:ec2/defaultSubnet:DefaultSubnet", { availabilityZone: "eu-west-1a" }, "SsmPreflight::DefaultSubnet", {
    AvailabilityZone: "eu-west-1a",
    MapPublicIpOnLaunch: true,
  }),
  {
    token: GATEWAY,
    inputs: { vpcId: "vpc-1" },
    becomes: [
      ["AWS::EC2::InternetGateway", {}],
      ["AWS::EC2::VPCGatewayAttachment", { VpcId: "vpc-1", InternetGatewayId: itself(GATEWAY) }],
    ],
  },
  row(
    "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment",
    { vpcId: "vpc-1", internetGatewayId: "igw-1" },
    "AWS::EC2::VPCGatewayAttachment",
    { VpcId: "vpc-1", InternetGatewayId: "igw-1" },
  ),
  row(
    "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
    { vpcId: "vpc-1" },
    "AWS::EC2::EgressOnlyInternetGateway",
    { VpcId: "vpc-1" },
  ),
  row("aws:ec2/carrierGateway:CarrierGateway", { vpcId: "vpc-1" }, "AWS::EC2::CarrierGateway", { VpcId: "vpc-1" }),
  {
    token: VPN,
    inputs: { vpcId: "vpc-1" },
    becomes: [
      ["AWS::EC2::VPNGateway", {}],
      ["AWS::EC2::VPCGatewayAttachment", { VpcId: "vpc-1", VpnGatewayId: itself(VPN) }],
    ],
  },
  row(
    "aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment",
    { vpcId: "vpc-1", vpnGatewayId: "vgw-1" },
    "AWS::EC2::VPCGatewayAttachment",
    { VpcId: "vpc-1", VpnGatewayId: "vgw-1" },
  ),
  row(
    "aws:ec2/natGateway:NatGateway",
    { subnetId: "subnet-1", allocationId: "eipalloc-1", connectivityType: "public" },
    "AWS::EC2::NatGateway",
    { SubnetId: "subnet-1", AllocationId: "eipalloc-1", ConnectivityType: "public" },
  ),
  row(
    "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
    { vpcId: "vpc-1", peerVpcId: "vpc-2", peerRegion: "us-east-1" },
    "AWS::EC2::VPCPeeringConnection",
    { VpcId: "vpc-1", PeerVpcId: "vpc-2", PeerRegion: "us-east-1" },
  ),
  row("aws:ec2transitgateway/transitGateway:TransitGateway", { description: "hub" }, "AWS::EC2::TransitGateway", {
    Description: "hub",
  }),
  row(
    "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
    { vpcId: "vpc-1", subnetIds: ["subnet-1"], transitGatewayId: "tgw-1" },
    "AWS::EC2::TransitGatewayAttachment",
    { VpcId: "vpc-1", SubnetIds: ["subnet-1"], TransitGatewayId: "tgw-1" },
  ),
  row(
    "aws:networkfirewall/firewall:Firewall",
    { name: "wall", firewallPolicyArn: "arn:policy", vpcId: "vpc-1", subnetMappings: [{ subnetId: "subnet-1" }] },
    "AWS::NetworkFirewall::Firewall",
    {
      FirewallName: "wall",
      FirewallPolicyArn: "arn:policy",
      VpcId: "vpc-1",
      SubnetMappings: [{ SubnetId: "subnet-1" }],
    },
  ),
  row(
    "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions",
    { internetGatewayBlockMode: "block-bidirectional" },
    "AWS::EC2::VPCBlockPublicAccessOptions",
    { InternetGatewayBlockMode: "block-bidirectional" },
  ),
  row(
    "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion",
    { internetGatewayExclusionMode: "allow-egress", vpcId: "vpc-1" },
    "AWS::EC2::VPCBlockPublicAccessExclusion",
    { InternetGatewayExclusionMode: "allow-egress", VpcId: "vpc-1" },
  ),
  row(
    "aws:ec2/managedPrefixList:ManagedPrefixList",
    { name: "offices", addressFamily: "IPv4", entries: [{ cidr: "192.0.2.0/24", description: "Bonn" }] },
    "AWS::EC2::PrefixList",
    { PrefixListName: "offices", AddressFamily: "IPv4", Entries: [{ Cidr: "192.0.2.0/24", Description: "Bonn" }] },
  ),
  row(
    "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry",
    { prefixListId: "pl-1", cidr: "192.0.2.0/24" },
    "SsmPreflight::PrefixListEntry",
    { PrefixListId: "pl-1", Cidr: "192.0.2.0/24" },
  ),
  {
    token: TABLE,
    inputs: {
      vpcId: "vpc-1",
      routes: [
        { cidrBlock: "0.0.0.0/0", gatewayId: "igw-1", natGatewayId: "" },
        { ipv6CidrBlock: "::/0", egressOnlyGatewayId: "eigw-1" },
        { destinationPrefixListId: "pl-1", transitGatewayId: "tgw-1" },
      ],
      propagatingVgws: ["vgw-1"],
    },
    becomes: [
      ["AWS::EC2::RouteTable", { VpcId: "vpc-1" }],
      ["AWS::EC2::Route", { RouteTableId: itself(TABLE), DestinationCidrBlock: "0.0.0.0/0", GatewayId: "igw-1" }],
      [
        "AWS::EC2::Route",
        { RouteTableId: itself(TABLE), DestinationIpv6CidrBlock: "::/0", EgressOnlyInternetGatewayId: "eigw-1" },
      ],
      ["AWS::EC2::Route", { RouteTableId: itself(TABLE), DestinationPrefixListId: "pl-1", TransitGatewayId: "tgw-1" }],
      ["AWS::EC2::VPNGatewayRoutePropagation", { RouteTableIds: [itself(TABLE)], VpnGatewayId: "vgw-1" }],
    ],
  },
  {
    token: DEFAULT_TABLE,
    inputs: { defaultRouteTableId: "rtb-1", routes: [{ cidrBlock: "0.0.0.0/0", instanceId: "i-1" }] },
    becomes: [
      ["SsmPreflight::DefaultRouteTable", { DefaultRouteTableId: "rtb-1" }],
      [
        "AWS::EC2::Route",
        { RouteTableId: itself(DEFAULT_TABLE), DestinationCidrBlock: "0.0.0.0/0", InstanceId: "i-1" },
      ],
    ],
  },
  row(
    "aws:ec2/route:Route",
    { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" },
    "AWS::EC2::Route",
    { RouteTableId: "rtb-1", DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: "nat-1" },
  ),
  row(
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
    { routeTableId: "rtb-1", subnetId: "subnet-1" },
    "AWS::EC2::SubnetRouteTableAssociation",
    { RouteTableId: "rtb-1", SubnetId: "subnet-1" },
  ),
  row(
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
    { routeTableId: "rtb-1", gatewayId: "igw-1" },
    "AWS::EC2::GatewayRouteTableAssociation",
    { RouteTableId: "rtb-1", GatewayId: "igw-1" },
  ),
  row(
    "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation",
    { vpcId: "vpc-1", routeTableId: "rtb-1" },
    "SsmPreflight::MainRouteTableAssociation",
    { VpcId: "vpc-1", RouteTableId: "rtb-1" },
  ),
  row(
    "aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation",
    { routeTableId: "rtb-1", vpnGatewayId: "vgw-1" },
    "AWS::EC2::VPNGatewayRoutePropagation",
    { RouteTableIds: ["rtb-1"], VpnGatewayId: "vgw-1" },
  ),
  row(
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    {
      vpcId: "vpc-1",
      serviceName: "com.amazonaws.eu-west-1.ssm",
      vpcEndpointType: "Interface",
      subnetIds: ["subnet-1"],
      subnetConfigurations: [{ subnetId: "subnet-2", ipv4: "10.0.2.7" }],
      securityGroupIds: ["sg-1"],
      privateDnsEnabled: true,
      dnsOptions: { privateDnsOnlyForInboundResolverEndpoint: true },
      policy: '{"Statement":[]}',
    },
    "AWS::EC2::VPCEndpoint",
    {
      VpcId: "vpc-1",
      ServiceName: "com.amazonaws.eu-west-1.ssm",
      VpcEndpointType: "Interface",
      SubnetIds: ["subnet-1", "subnet-2"],
      SecurityGroupIds: ["sg-1"],
      PrivateDnsEnabled: true,
      DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: true },
      PolicyDocument: '{"Statement":[]}',
    },
  ),
  row(
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    { vpcId: "vpc-1", serviceName: "com.amazonaws.eu-west-1.s3", routeTableIds: ["rtb-1"] },
    "AWS::EC2::VPCEndpoint",
    { VpcId: "vpc-1", ServiceName: "com.amazonaws.eu-west-1.s3", RouteTableIds: ["rtb-1"] },
  ),
  row(
    "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
    { vpcEndpointId: "vpce-1", policy: '{"Statement":[]}' },
    "SsmPreflight::VpcEndpointPolicy",
    { VpcEndpointId: "vpce-1", PolicyDocument: '{"Statement":[]}' },
  ),
  row(
    "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation",
    { vpcEndpointId: "vpce-1", routeTableId: "rtb-1" },
    "SsmPreflight::VpcEndpointRouteTableAssociation",
    { VpcEndpointId: "vpce-1", RouteTableId: "rtb-1" },
  ),
  row(
    "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation",
    { vpcEndpointId: "vpce-1", subnetId: "subnet-1" },
    "SsmPreflight::VpcEndpointSubnetAssociation",
    { VpcEndpointId: "vpce-1", SubnetId: "subnet-1" },
  ),
  row(
    "aws:ec2/securityGroupAssociation:SecurityGroupAssociation",
    { vpcEndpointId: "vpce-1", securityGroupId: "sg-1", replaceDefaultAssociation: true },
    "SsmPreflight::VpcEndpointSecurityGroupAssociation",
    { VpcEndpointId: "vpce-1", SecurityGroupId: "sg-1", ReplaceDefaultAssociation: true },
  ),
  row(
    "aws:vpc/endpointPrivateDns:EndpointPrivateDns",
    { vpcEndpointId: "vpce-1", privateDnsEnabled: true },
    "SsmPreflight::VpcEndpointPrivateDns",
    { VpcEndpointId: "vpce-1", PrivateDnsEnabled: true },
  ),
  {
    token: ADDRESS,
    inputs: { domain: "vpc", networkInterface: "eni-1" },
    becomes: [
      ["AWS::EC2::EIP", { Domain: "vpc" }],
      ["AWS::EC2::EIPAssociation", { AllocationId: itself(ADDRESS), NetworkInterfaceId: "eni-1" }],
    ],
  },
  row(
    "aws:ec2/eipAssociation:EipAssociation",
    { instanceId: "i-1", allocationId: "eipalloc-1" },
    "AWS::EC2::EIPAssociation",
    { InstanceId: "i-1", AllocationId: "eipalloc-1" },
  ),
  {
    token: INTERFACE,
    inputs: { subnetId: "subnet-1", securityGroups: ["sg-1"], attachments: [{ instance: "i-1", deviceIndex: 1 }] },
    becomes: [
      ["AWS::EC2::NetworkInterface", { SubnetId: "subnet-1", GroupSet: ["sg-1"] }],
      [
        "AWS::EC2::NetworkInterfaceAttachment",
        { NetworkInterfaceId: itself(INTERFACE), InstanceId: "i-1", DeviceIndex: 1 },
      ],
    ],
  },
  row(
    "aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment",
    { instanceId: "i-1", networkInterfaceId: "eni-1", deviceIndex: 1 },
    "AWS::EC2::NetworkInterfaceAttachment",
    { InstanceId: "i-1", NetworkInterfaceId: "eni-1", DeviceIndex: 1 },
  ),
  row(
    "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment",
    { networkInterfaceId: "eni-1", securityGroupId: "sg-1" },
    "SsmPreflight::NetworkInterfaceSecurityGroupAttachment",
    { NetworkInterfaceId: "eni-1", SecurityGroupId: "sg-1" },
  ),
  row("aws:ec2/tag:Tag", { resourceId: "i-1", key: "Env", value: "prod" }, "SsmPreflight::ResourceTag", {
    ResourceId: "i-1",
    Key: "Env",
    Value: "prod",
  }),
];
