import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../../../program/normal-form";
import { at } from "../../../program/read";
import { tagList } from "../converters";
import { type Convert, plain, shape, type TypeMappings } from "../mapping";

/** The subnets named one by one with the addresses to take in them. */
const subnetsOf: Convert = (value) => {
  if (value.kind !== "list") return value;
  return { ...value, items: value.items.map((configuration) => at(configuration, "subnetId")) };
};

export const ENDPOINTS: TypeMappings = {
  "aws:ec2/vpcEndpoint:VpcEndpoint": plain(
    "AWS::EC2::VPCEndpoint",
    "vpcId",
    "serviceName",
    "serviceRegion",
    "vpcEndpointType",
    "subnetIds",
    ["subnetConfigurations", "SubnetIds", subnetsOf],
    "securityGroupIds",
    "routeTableIds",
    "privateDnsEnabled",
    "ipAddressType",
    [
      "dnsOptions",
      "DnsOptions",
      shape("dnsRecordIpType", "privateDnsOnlyForInboundResolverEndpoint", "privateDnsPreference"),
    ],
    ["policy", "PolicyDocument"],
    ["tags", "Tags", tagList],
  ),
  "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy": plain(EXTRA.vpcEndpointPolicy, "vpcEndpointId", [
    "policy",
    "PolicyDocument",
  ]),
  "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation": plain(
    EXTRA.vpcEndpointRouteTableAssociation,
    "vpcEndpointId",
    "routeTableId",
  ),
  "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation": plain(
    EXTRA.vpcEndpointSubnetAssociation,
    "vpcEndpointId",
    "subnetId",
  ),
  "aws:ec2/securityGroupAssociation:SecurityGroupAssociation": plain(
    EXTRA.vpcEndpointSecurityGroupAssociation,
    "vpcEndpointId",
    "securityGroupId",
    "replaceDefaultAssociation",
  ),
  "aws:vpc/endpointPrivateDns:EndpointPrivateDns": plain(
    EXTRA.vpcEndpointPrivateDns,
    "vpcEndpointId",
    "privateDnsEnabled",
  ),
};
