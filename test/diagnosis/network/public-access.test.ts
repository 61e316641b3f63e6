import { diagnoseNetwork } from "../../../core/diagnosis/network/network";
import { hostOf, infrastructureOf } from "../../support/templates";

const NETWORK = `
Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
Gateway: { Type: AWS::EC2::InternetGateway }
Attachment: { Type: AWS::EC2::VPCGatewayAttachment, Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway } }
Public: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, MapPublicIpOnLaunch: true } }
PublicRoutes: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
PublicDefault: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref PublicRoutes, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway } }
OfPublic: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Public, RouteTableId: !Ref PublicRoutes } }
Nat: { Type: AWS::EC2::NatGateway, Properties: { SubnetId: !Ref Public, AllocationId: eipalloc-1 } }
Private: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24 } }
PrivateRoutes: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
PrivateDefault: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref PrivateRoutes, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat } }
OfPrivate: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Private, RouteTableId: !Ref PrivateRoutes } }
Direct: { Type: AWS::EC2::Instance, Properties: { SubnetId: !Ref Public } }
Behind: { Type: AWS::EC2::Instance, Properties: { SubnetId: !Ref Private } }
`;

const block = (mode: string) =>
  `Block: { Type: AWS::EC2::VPCBlockPublicAccessOptions, Properties: { InternetGatewayBlockMode: ${mode} } }\n`;

const exclusion = (mode: string, of: string) =>
  `Exclusion: { Type: AWS::EC2::VPCBlockPublicAccessExclusion, Properties: { InternetGatewayExclusionMode: ${mode}, ${of} } }\n`;

const both = block("block-bidirectional");

test.each<readonly [title: string, others: string, direct: string, behind: string]>([
  ["nothing", "", "pass", "pass"],
  ["a block of everything", both, "fail", "fail"],
  ["a block of what comes in", block("block-ingress"), "fail", "pass"],
  ["a mode that is not known", block("!ImportValue mode"), "unknown", "unknown"],
  ["an exclusion of the VPC", both + exclusion("allow-bidirectional", "VpcId: !Ref Vpc"), "pass", "pass"],
  [
    "an exclusion of the public subnet",
    both + exclusion("allow-bidirectional", "SubnetId: !Ref Public"),
    "pass",
    "pass",
  ],
  ["an exclusion of another subnet", both + exclusion("allow-bidirectional", "SubnetId: !Ref Private"), "fail", "fail"],
  ["an exclusion for what goes out", both + exclusion("allow-egress", "VpcId: !Ref Vpc"), "unknown", "pass"],
])("beside %s", (_, others, direct, behind) => {
  const infrastructure = infrastructureOf(NETWORK + others);
  const statuses = ["Direct", "Behind"].map(
    (name) => diagnoseNetwork(hostOf(infrastructure, name), infrastructure).status,
  );
  expect(statuses).toEqual([direct, behind]);
});
