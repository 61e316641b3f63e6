import { instanceProfile, managedPolicy, role } from "../../cli/snapshot/normal-form/identity";
import { natGateway, networkAcl, vpc, vpcEndpoint } from "../../cli/snapshot/normal-form/network";
import { routeTable } from "../../cli/snapshot/normal-form/routes";
import { securityGroup } from "../../cli/snapshot/normal-form/security-group";

const ATTRIBUTES = { enableDnsSupport: true, enableDnsHostnames: false };

test("a VPC has all blocks that are associated with it", () => {
  const block = (CidrBlock: string, State: "associated" | "disassociated") => ({
    CidrBlock,
    CidrBlockState: { State },
  });
  const CidrBlockAssociationSet = [block("10.0.0.0/16", "associated"), block("10.9.0.0/16", "disassociated")];
  expect(vpc({ VpcId: "vpc-1", CidrBlock: "10.0.0.0/16", CidrBlockAssociationSet }, ATTRIBUTES)).toEqual([
    {
      type: "AWS::EC2::VPC",
      ids: ["vpc-1"],
      properties: { CidrBlock: ["10.0.0.0/16"], EnableDnsSupport: true, EnableDnsHostnames: false },
    },
  ]);
});

describe("a route table", () => {
  const routesOf = (...Routes: Parameters<typeof routeTable>[0]["Routes"] & object) =>
    routeTable({ RouteTableId: "rtb-1", VpcId: "vpc-1", Routes })[0]?.properties.Routes;

  test("leaves out what goes without saying or is said elsewhere", () => {
    expect(
      routesOf(
        { DestinationCidrBlock: "10.0.0.0/16", GatewayId: "local", State: "active" },
        { DestinationPrefixListId: "pl-1", GatewayId: "vpce-1", State: "active" },
      ),
    ).toEqual([]);
  });

  test("keeps a route to a firewall's endpoint, and one whose target is gone", () => {
    expect(
      routesOf(
        { DestinationCidrBlock: "0.0.0.0/0", GatewayId: "vpce-1", State: "active" },
        { DestinationCidrBlock: "10.8.0.0/16", NatGatewayId: "nat-1", State: "blackhole" },
      ),
    ).toEqual([
      { DestinationCidrBlock: "0.0.0.0/0", GatewayId: "vpce-1" },
      { DestinationCidrBlock: "10.8.0.0/16", NatGatewayId: "nat-1", State: "blackhole" },
    ]);
  });

  test("is associated with subnets, or is the main one", () => {
    const Associations = [
      { RouteTableAssociationId: "rtbassoc-1", Main: true },
      { RouteTableAssociationId: "rtbassoc-2", Main: false, SubnetId: "subnet-1" },
      { RouteTableAssociationId: "rtbassoc-3", Main: false, GatewayId: "igw-1" },
    ];
    const [, ...others] = routeTable({ RouteTableId: "rtb-1", VpcId: "vpc-1", Associations });
    expect(others).toEqual([
      {
        type: "SsmPreflight::MainRouteTableAssociation",
        ids: ["rtbassoc-1"],
        properties: { VpcId: "vpc-1", RouteTableId: "rtb-1" },
      },
      {
        type: "AWS::EC2::SubnetRouteTableAssociation",
        ids: ["rtbassoc-2"],
        properties: { SubnetId: "subnet-1", RouteTableId: "rtb-1" },
      },
    ]);
  });
});

test("a network ACL is without the entry that is always there", () => {
  const entry = { RuleAction: "deny", Egress: true, Protocol: "-1", CidrBlock: "0.0.0.0/0" } as const;
  const Entries = [
    { ...entry, RuleNumber: 5, PortRange: { From: 443, To: 443 } },
    { ...entry, RuleNumber: 32767 },
  ];
  expect(networkAcl({ NetworkAclId: "acl-1", Entries })[0]?.properties.Entries).toEqual([Entries[0]]);
});

test.each([
  ["available", 1],
  ["deleted", 0],
  ["failed", 0],
] as const)("a NAT gateway that is %s counts %i", (State, count) => {
  expect(natGateway({ NatGatewayId: "nat-1", State })).toHaveLength(count);
});

test.each([
  ["com.amazonaws.eu-west-1.ssm", "available", 1],
  ["com.amazonaws.eu-west-1.ssm", "Available", 1],
  ["com.amazonaws.eu-west-1.ssm", "deleting", 0],
  ["com.amazonaws.eu-west-1.ecr.dkr", "available", 0],
  ["com.amazonaws.vpce.eu-west-1.vpce-svc-1", "available", 0],
])("an endpoint for %s that is %s counts %i", (ServiceName, state, count) => {
  const from = { VpcEndpointId: "vpce-1", ServiceName, VpcEndpointType: "Interface" } as const;
  expect(vpcEndpoint({ ...from, ...JSON.parse(`{ "State": "${state}" }`) })).toHaveLength(count);
});

test("each peer of a security group's permission is a rule of its own, and a group without rules says so", () => {
  const IpPermissions = [
    {
      IpProtocol: "tcp",
      FromPort: 443,
      ToPort: 443,
      IpRanges: [{ CidrIp: "10.0.0.0/16" }],
      Ipv6Ranges: [{ CidrIpv6: "::/0" }],
      PrefixListIds: [{ PrefixListId: "pl-1" }],
      UserIdGroupPairs: [{ GroupId: "sg-2" }],
    },
  ];
  const ports = { IpProtocol: "tcp", FromPort: 443, ToPort: 443 };
  expect(securityGroup({ GroupId: "sg-1", GroupName: "web", VpcId: "vpc-1", IpPermissions })).toEqual([
    {
      type: "SsmPreflight::OutsideSecurityGroup",
      ids: ["sg-1"],
      properties: {
        VpcId: "vpc-1",
        SecurityGroupIngress: [
          { ...ports, CidrIp: "10.0.0.0/16" },
          { ...ports, CidrIpv6: "::/0" },
          { ...ports, SourcePrefixListId: "pl-1" },
          { ...ports, SourceSecurityGroupId: "sg-2" },
        ],
        SecurityGroupEgress: [],
      },
    },
  ]);
  expect(securityGroup({ GroupId: "sg-1", GroupName: "default" })[0]?.type).toBe("SsmPreflight::DefaultSecurityGroup");
});

test("what IAM tells is decoded", () => {
  const document = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "ssm:*", Resource: "*" }] };
  const encoded = encodeURIComponent(JSON.stringify(document));
  const [known] = role(
    {
      Path: "/",
      RoleName: "web",
      RoleId: "A",
      Arn: "arn:r",
      CreateDate: new Date(0),
      AssumeRolePolicyDocument: encoded,
    },
    ["arn:b", "arn:a"],
    [{ name: "logs", document: encoded }],
  );
  expect(known).toEqual({
    type: "AWS::IAM::Role",
    ids: ["web", "arn:r"],
    properties: {
      AssumeRolePolicyDocument: document,
      ManagedPolicyArns: ["arn:a", "arn:b"],
      Policies: [{ PolicyName: "logs", PolicyDocument: document }],
    },
  });
  const arn = "arn:aws:iam::111111111111:policy/team/sessions";
  expect(managedPolicy(arn, encoded)[0]).toMatchObject({
    ids: ["sessions", arn],
    properties: { PolicyDocument: document },
  });
});

test("an instance profile without a role has an empty list of them", () => {
  const from = { Path: "/", InstanceProfileName: "web", InstanceProfileId: "A", Arn: "arn:p", CreateDate: new Date(0) };
  expect(instanceProfile({ ...from, Roles: [] })[0]?.properties).toEqual({ Roles: [] });
});
