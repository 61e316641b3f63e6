import { urn } from "../support";
import { type Row, row } from "./table";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const ACL = "aws:ec2/networkAcl:NetworkAcl";
const DEFAULT_ACL = "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl";

const itself = (token: string) => ({ unknown: "it is the id of the resource itself", from: [urn(token)] });

/** Security groups and network ACLs. */
export const FILTERS: readonly Row[] = [
  row(
    GROUP,
    {
      name: "web",
      description: "Managed by Pulumi",
      vpcId: "vpc-1",
      ingress: [
        {
          protocol: "tcp",
          fromPort: 443,
          toPort: 443,
          cidrBlocks: ["10.0.0.0/16", "10.1.0.0/16"],
          ipv6CidrBlocks: ["::/0"],
          securityGroups: ["sg-2"],
          prefixListIds: ["pl-1"],
          self: true,
        },
      ],
      egress: [
        { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] },
        { protocol: "tcp", fromPort: 443, toPort: 443, securityGroups: ["sg-2"], prefixListIds: ["pl-1"] },
      ],
    },
    "AWS::EC2::SecurityGroup",
    {
      GroupName: "web",
      GroupDescription: "Managed by Pulumi",
      VpcId: "vpc-1",
      SecurityGroupIngress: [
        { IpProtocol: "tcp", FromPort: 443, ToPort: 443, CidrIp: "10.0.0.0/16" },
        { IpProtocol: "tcp", FromPort: 443, ToPort: 443, CidrIp: "10.1.0.0/16" },
        { IpProtocol: "tcp", FromPort: 443, ToPort: 443, CidrIpv6: "::/0" },
        { IpProtocol: "tcp", FromPort: 443, ToPort: 443, SourcePrefixListId: "pl-1" },
        { IpProtocol: "tcp", FromPort: 443, ToPort: 443, SourceSecurityGroupId: "sg-2" },
        { IpProtocol: "tcp", FromPort: 443, ToPort: 443, SourceSecurityGroupId: itself(GROUP) },
      ],
      SecurityGroupEgress: [
        { IpProtocol: "-1", CidrIp: "0.0.0.0/0" },
        { IpProtocol: "tcp", FromPort: 443, ToPort: 443, DestinationPrefixListId: "pl-1" },
        { IpProtocol: "tcp", FromPort: 443, ToPort: 443, DestinationSecurityGroupId: "sg-2" },
      ],
    },
  ),
  row(GROUP, { vpcId: "vpc-1" }, "AWS::EC2::SecurityGroup", { VpcId: "vpc-1", SecurityGroupEgress: [] }),
  row("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", { vpcId: "vpc-1" }, "SsmPreflight::DefaultSecurityGroup", {
    VpcId: "vpc-1",
    SecurityGroupIngress: [],
    SecurityGroupEgress: [],
  }),
  {
    token: "aws:ec2/securityGroupRule:SecurityGroupRule",
    inputs: {
      type: "ingress",
      securityGroupId: "sg-1",
      protocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrBlocks: ["10.0.0.0/16", "10.1.0.0/16"],
    },
    becomes: [
      [
        "AWS::EC2::SecurityGroupIngress",
        { GroupId: "sg-1", IpProtocol: "tcp", FromPort: 443, ToPort: 443, CidrIp: "10.0.0.0/16" },
      ],
      [
        "AWS::EC2::SecurityGroupIngress",
        { GroupId: "sg-1", IpProtocol: "tcp", FromPort: 443, ToPort: 443, CidrIp: "10.1.0.0/16" },
      ],
    ],
  },
  row(
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    { type: "egress", securityGroupId: "sg-1", protocol: "all", fromPort: 0, toPort: 65535, self: true },
    "AWS::EC2::SecurityGroupEgress",
    { GroupId: "sg-1", IpProtocol: "-1", DestinationSecurityGroupId: "sg-1" },
  ),
  row(
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    { securityGroupId: "sg-1", ipProtocol: "tcp", fromPort: 443, toPort: 443, referencedSecurityGroupId: "self" },
    "AWS::EC2::SecurityGroupIngress",
    { GroupId: "sg-1", IpProtocol: "tcp", FromPort: 443, ToPort: 443, SourceSecurityGroupId: "sg-1" },
  ),
  row(
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    { securityGroupId: "sg-1", ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" },
    "AWS::EC2::SecurityGroupEgress",
    { GroupId: "sg-1", IpProtocol: "-1", CidrIp: "0.0.0.0/0" },
  ),
  row(
    "aws:ec2/vpcSecurityGroupRulesExclusive:VpcSecurityGroupRulesExclusive",
    { securityGroupId: "sg-1", ingressRuleIds: [], egressRuleIds: ["sgr-1"] },
    "SsmPreflight::SecurityGroupRulesExclusive",
    { SecurityGroupId: "sg-1", IngressRuleIds: [], EgressRuleIds: ["sgr-1"] },
  ),
  row(
    "aws:vpc/securityGroupVpcAssociation:SecurityGroupVpcAssociation",
    { securityGroupId: "sg-1", vpcId: "vpc-2" },
    "AWS::EC2::SecurityGroupVpcAssociation",
    { GroupId: "sg-1", VpcId: "vpc-2" },
  ),
  {
    token: ACL,
    inputs: {
      vpcId: "vpc-1",
      subnetIds: ["subnet-1"],
      ingress: [{ ruleNo: 100, action: "allow", protocol: "-1", cidrBlock: "0.0.0.0/0", fromPort: 0, toPort: 0 }],
      egress: [{ ruleNo: 100, action: "deny", protocol: "tcp", cidrBlock: "0.0.0.0/0", fromPort: 443, toPort: 443 }],
    },
    becomes: [
      ["AWS::EC2::NetworkAcl", { VpcId: "vpc-1" }],
      [
        "AWS::EC2::NetworkAclEntry",
        {
          NetworkAclId: itself(ACL),
          Egress: false,
          RuleNumber: 100,
          RuleAction: "allow",
          Protocol: "-1",
          CidrBlock: "0.0.0.0/0",
          PortRange: { From: 0, To: 0 },
        },
      ],
      [
        "AWS::EC2::NetworkAclEntry",
        {
          NetworkAclId: itself(ACL),
          Egress: true,
          RuleNumber: 100,
          RuleAction: "deny",
          Protocol: "6",
          CidrBlock: "0.0.0.0/0",
          PortRange: { From: 443, To: 443 },
        },
      ],
      ["AWS::EC2::SubnetNetworkAclAssociation", { NetworkAclId: itself(ACL), SubnetId: "subnet-1" }],
    ],
  },
  row(DEFAULT_ACL, { defaultNetworkAclId: "acl-1" }, "SsmPreflight::DefaultNetworkAcl", {
    DefaultNetworkAclId: "acl-1",
  }),
  row(
    "aws:ec2/networkAclRule:NetworkAclRule",
    { networkAclId: "acl-1", ruleNumber: 200, egress: true, protocol: "udp", ruleAction: "allow", fromPort: 53 },
    "AWS::EC2::NetworkAclEntry",
    {
      NetworkAclId: "acl-1",
      Egress: true,
      RuleNumber: 200,
      RuleAction: "allow",
      Protocol: "17",
      PortRange: { From: 53 },
    },
  ),
  row(
    "aws:ec2/networkAclAssociation:NetworkAclAssociation",
    { networkAclId: "acl-1", subnetId: "subnet-1" },
    "AWS::EC2::SubnetNetworkAclAssociation",
    { NetworkAclId: "acl-1", SubnetId: "subnet-1" },
  ),
];
