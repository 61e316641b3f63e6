import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../../../program/normal-form";
import { tagList } from "../converters";
import { plain, shape, type TypeMappings } from "../mapping";

const ZONE_VPC = shape(["vpcId", "VPCId"], ["vpcRegion", "VPCRegion"]);

/** What may answer names inside of a VPC in its own way. */
export const NAME_RESOLUTION: TypeMappings = {
  "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": plain("AWS::EC2::DHCPOptions", "domainName", "domainNameServers", [
    "tags",
    "Tags",
    tagList,
  ]),
  "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation": plain(
    "AWS::EC2::VPCDHCPOptionsAssociation",
    "vpcId",
    "dhcpOptionsId",
  ),
  "aws:route53/zone:Zone": plain("AWS::Route53::HostedZone", "name", ["vpcs", "VPCs", ZONE_VPC]),
  "aws:route53/zoneAssociation:ZoneAssociation": plain(
    EXTRA.hostedZoneAssociation,
    ["zoneId", "HostedZoneId"],
    ["vpcId", "VPCId"],
  ),
  "aws:route53/record:Record": plain("AWS::Route53::RecordSet", ["zoneId", "HostedZoneId"], "name", "type", [
    "records",
    "ResourceRecords",
  ]),
  "aws:route53/resolverEndpoint:ResolverEndpoint": plain(
    "AWS::Route53Resolver::ResolverEndpoint",
    "name",
    "direction",
    "securityGroupIds",
    ["ipAddresses", "IpAddresses", shape("subnetId", "ip")],
  ),
  "aws:route53/resolverRule:ResolverRule": plain(
    "AWS::Route53Resolver::ResolverRule",
    "name",
    "domainName",
    "ruleType",
    "resolverEndpointId",
    ["targetIps", "TargetIps", shape("ip", "port")],
  ),
  "aws:route53/resolverRuleAssociation:ResolverRuleAssociation": plain(
    "AWS::Route53Resolver::ResolverRuleAssociation",
    "name",
    "resolverRuleId",
    ["vpcId", "VPCId"],
  ),
  "aws:route53/resolverFirewallRuleGroupAssociation:ResolverFirewallRuleGroupAssociation": plain(
    "AWS::Route53Resolver::FirewallRuleGroupAssociation",
    "name",
    "firewallRuleGroupId",
    "vpcId",
  ),
};
