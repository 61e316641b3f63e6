/** Types that stand for each thing of a network, whichever way the program comes to have it. */
export const VPC = ["AWS::EC2::VPC", "SsmPreflight::DefaultVpc", "SsmPreflight::OutsideVpc"];
export const SUBNET = ["AWS::EC2::Subnet", "SsmPreflight::DefaultSubnet"];
export const ROUTE_TABLE = ["AWS::EC2::RouteTable", "SsmPreflight::DefaultRouteTable"];
export const NETWORK_ACL = ["AWS::EC2::NetworkAcl", "SsmPreflight::DefaultNetworkAcl"];
export const ENDPOINT = ["AWS::EC2::VPCEndpoint"];
