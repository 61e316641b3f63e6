import type { Fact } from "../../core/facts/fact";
import type { Placement, RouteTarget, Subnet } from "../../core/infrastructure/model";
import { hostOf, infrastructureOf } from "../support/templates";

const VPC = `
Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24 } }
Host: { Type: AWS::EC2::Instance, Properties: { SubnetId: !Ref Subnet } }
`;

function placement(resources: string): Placement {
  const placements = hostOf(infrastructureOf(resources), "Host").placements;
  const [first] = placements.state === "known" ? placements.value : [];
  if (first === undefined) throw new Error(`no placement: ${JSON.stringify(placements)}`);
  return first;
}

function subnet(resources: string): Subnet {
  const { subnet: found } = placement(resources);
  if (found.state !== "known") throw new Error(`the subnet is ${found.state}`);
  return found.value;
}

const targets = (resources: string): readonly string[] => {
  const { routeTable } = subnet(resources);
  if (routeTable.state !== "known" || routeTable.value.routes.state !== "known") return [routeTable.state];
  return routeTable.value.routes.value.map((route) =>
    route.state === "known" ? targetText(route.value.target) : route.state,
  );
};

const targetText = (target: Fact<RouteTarget>): string => {
  if (target.state !== "known") return target.state;
  return target.value.kind === "elsewhere" ? target.value.what : target.value.kind;
};

describe("the routes of a host's subnet", () => {
  const explicit = (route: string) => `${VPC}
Table: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
Association: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Subnet, RouteTableId: !Ref Table } }
Gateway: { Type: AWS::EC2::InternetGateway }
Nat: { Type: AWS::EC2::NatGateway, Properties: { SubnetId: !Ref Subnet } }
Route: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, ${route} } }`;

  test.each([
    ["an internet gateway", "GatewayId: !Ref Gateway", "internetGateway"],
    ["a NAT gateway", "NatGatewayId: !Ref Nat", "natGateway"],
    ["a NAT gateway outside", "NatGatewayId: nat-123", "a NAT gateway outside this program"],
    ["a transit gateway", "TransitGatewayId: tgw-1", "a transit gateway"],
    ["a peering connection", "VpcPeeringConnectionId: pcx-1", "a peering connection"],
    ["a firewall endpoint", "VpcEndpointId: vpce-1", "a firewall or gateway load balancer endpoint"],
    ["a core network", "CoreNetworkArn: arn", "a Cloud WAN core network"],
    ["an egress-only gateway", "EgressOnlyInternetGatewayId: eigw-1", "egressOnlyInternetGateway"],
    ["an instance", "InstanceId: !Ref Host", "instance"],
  ])("lead to %s", (_, route, expected) => {
    expect(targets(explicit(route))).toEqual([expected]);
  });

  test.each([
    ["this VPC", "Vpc", true],
    ["another VPC", "Second", false],
  ])("lead to a gateway that is attached to %s", (_, vpc, attached) => {
    const { routeTable } = subnet(`${explicit("GatewayId: !Ref Gateway")}
Second: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.1.0.0/16 } }
Attachment: { Type: AWS::EC2::VPCGatewayAttachment, Properties: { VpcId: !Ref ${vpc}, InternetGatewayId: !Ref Gateway } }`);
    const routes = routeTable.state === "known" ? routeTable.value.routes : routeTable;
    expect(routes).toMatchObject({
      value: [{ value: { target: { value: { kind: "internetGateway", attached: { value: attached } } } } }],
    });
  });

  test("lead to each block of a prefix list that is declared", () => {
    const route = explicit("GatewayId: !Ref Gateway").replace(
      "DestinationCidrBlock: 0.0.0.0/0",
      "DestinationPrefixListId: !Ref List",
    );
    const { routeTable } = subnet(`${route}
List: { Type: AWS::EC2::PrefixList, Properties: { Entries: [{ Cidr: 0.0.0.0/1 }, { Cidr: 128.0.0.0/1 }] } }`);
    const routes = routeTable.state === "known" ? routeTable.value.routes : routeTable;
    expect(routes).toMatchObject({
      value: ["0.0.0.0/1", "128.0.0.0/1"].map((block) => ({ value: { destination: { value: block } } })),
    });
  });

  test("are the VPC's own, with the local route only, where no table is associated", () => {
    expect(targets(VPC)).toEqual([]);
  });

  test("are unknown where the association names a table outside of the program", () => {
    expect(
      targets(`${VPC}
Association: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Subnet, RouteTableId: rtb-1 } }`),
    ).toEqual(["unknown"]);
  });
});

describe("security groups", () => {
  const egressOf = (group: string) => {
    const { securityGroups } = placement(
      `${VPC.replace("SubnetId: !Ref Subnet }", "SubnetId: !Ref Subnet, SecurityGroupIds: [!Ref Group] }")}${group}`,
    );
    const [only] = securityGroups.state === "known" ? securityGroups.value : [];
    if (only?.state !== "known" || only.value.egress.state !== "known") return "unknown";
    return only.value.egress.value.map((rule) =>
      rule.state === "known" && rule.value.peer.state === "known" && rule.value.peer.value.kind === "cidr"
        ? rule.value.peer.value.cidr
        : "other",
    );
  };
  const group = (properties: string) =>
    `Group: { Type: AWS::EC2::SecurityGroup, Properties: { VpcId: !Ref Vpc, GroupDescription: x${properties} } }\n`;

  test("let everything out where no egress rule is written", () => {
    expect(egressOf(group(""))).toEqual(["0.0.0.0/0"]);
  });

  test("let out what is written", () => {
    const rule = "SecurityGroupEgress: [{ IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/16 }]";
    expect(egressOf(group(`, ${rule}`))).toEqual(["10.0.0.0/16"]);
  });

  test("let out to each block of a prefix list that is declared", () => {
    const rule = "SecurityGroupEgress: [{ IpProtocol: -1, DestinationPrefixListId: !Ref List }]";
    const list =
      "List: { Type: AWS::EC2::PrefixList, Properties: { Entries: [{ Cidr: 10.0.0.0/8 }, { Cidr: 192.0.2.0/24 }] } }";
    expect(egressOf(`${group(`, ${rule}`)}${list}`)).toEqual(["10.0.0.0/8", "192.0.2.0/24"]);
  });

  test("lose the rule that lets everything out when a separate egress rule is written", () => {
    const rule =
      "Rule: { Type: AWS::EC2::SecurityGroupEgress, Properties: { GroupId: !Ref Group, IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.1.0.0/16 } }";
    expect(egressOf(`${group("")}${rule}`)).toEqual(["10.1.0.0/16"]);
  });
});

describe("a host's address", () => {
  test("is public for certain with an Elastic IP", () => {
    expect(
      placement(`${VPC}Address: { Type: AWS::EC2::EIP, Properties: { InstanceId: !Ref Host } }`).publicAddress,
    ).toMatchObject({ state: "known", value: true });
  });

  test("is public for certain with an Elastic IP on its network interface", () => {
    expect(
      placement(`
Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24 } }
Interface: { Type: AWS::EC2::NetworkInterface, Properties: { SubnetId: !Ref Subnet } }
Host: { Type: AWS::EC2::Instance, Properties: { NetworkInterfaces: [{ DeviceIndex: 0, NetworkInterfaceId: !Ref Interface }] } }
Address: { Type: AWS::EC2::EIPAssociation, Properties: { NetworkInterfaceId: !Ref Interface, AllocationId: eipalloc-1 } }`),
    ).toMatchObject({ publicAddress: { state: "known", value: true }, subnet: { state: "known" } });
  });

  test("is the subnet's to decide where nothing is said", () => {
    expect(placement(VPC).publicAddress.state).toBe("absent");
    expect(subnet(VPC).mapPublicIpOnLaunch).toMatchObject({ state: "known", value: false, origin: "default" });
  });

  test("without a subnet is in a VPC that the program does not describe", () => {
    expect(placement("Host: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-1 } }").subnet).toMatchObject({
      state: "unknown",
      reason: expect.stringContaining("default VPC"),
    });
  });
});

describe("a VPC", () => {
  test("knows the endpoints that refer to it and no others", () => {
    const infrastructure = infrastructureOf(`${VPC}
Second: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.2.0.0/16 } }
Mine: { Type: AWS::EC2::VPCEndpoint, Properties: { VpcId: !Ref Vpc, ServiceName: a } }
Theirs: { Type: AWS::EC2::VPCEndpoint, Properties: { VpcId: !Ref Second, ServiceName: a } }`);
    const vpc = infrastructure.vpcs.find(({ declaration }) => declaration.name === "Vpc");
    expect(vpc?.endpoints.map(({ declaration }) => declaration.name)).toEqual(["Mine"]);
  });
});

describe("the address blocks of a VPC", () => {
  const blocks = (...resources: readonly string[]): readonly string[] => {
    const [vpc] = infrastructureOf([VPC, ...resources].join("\n")).vpcs;
    if (vpc?.cidrBlocks.state !== "known") throw new Error(`the blocks are ${vpc?.cidrBlocks.state}`);
    return vpc.cidrBlocks.value.map((block) => (block.state === "known" ? block.value : block.state));
  };
  const added = (properties: string): string =>
    `Added: { Type: AWS::EC2::VPCCidrBlock, Properties: { VpcId: !Ref Vpc, ${properties} } }`;

  test.each([
    ["are its own", [], ["10.0.0.0/16"]],
    ["are those added to it too", [added("CidrBlock: 100.64.0.0/16")], ["10.0.0.0/16", "100.64.0.0/16"]],
    [
      "are not told by an address pool",
      [added("Ipv4IpamPoolId: ipam-pool-1, Ipv4NetmaskLength: 20")],
      ["10.0.0.0/16", "unknown"],
    ],
    ["leave out IPv6", [added("AmazonProvidedIpv6CidrBlock: true")], ["10.0.0.0/16"]],
    [
      "leave out what another VPC has",
      [
        "Other: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.1.0.0/16 } }",
        added("CidrBlock: 100.64.0.0/16").replace("!Ref Vpc", "!Ref Other"),
      ],
      ["10.0.0.0/16"],
    ],
  ])("%s", (_, resources, expected) => {
    expect(blocks(...resources)).toEqual(expected);
  });
});

describe("the network ACL of a subnet", () => {
  const numbersOf = (resources: string) => {
    const { networkAcl } = subnet(VPC + resources);
    if (networkAcl.state !== "known" || networkAcl.value.entries.state !== "known") return networkAcl.state;
    return networkAcl.value.entries.value.map((entry) =>
      entry.state === "known" && entry.value.number.state === "known" ? entry.value.number.value : entry.state,
    );
  };
  const entry =
    "Entry: { Type: AWS::EC2::NetworkAclEntry, Properties: { NetworkAclId: !GetAtt Vpc.DefaultNetworkAcl, RuleNumber: 50, Protocol: -1, RuleAction: deny, CidrBlock: 0.0.0.0/0 } }\n";
  const association =
    "Association: { Type: AWS::EC2::SubnetNetworkAclAssociation, Properties: { SubnetId: !Ref Subnet, NetworkAclId: !GetAtt Vpc.DefaultNetworkAcl } }\n";

  test.each([
    ["is the VPC's own, as it is, where nothing is written", "", "absent"],
    ["is the VPC's own with what the program adds", entry, [50, 100, 100]],
    ["is the VPC's own where it is associated with it", entry + association, [50, 100, 100]],
    ["is the VPC's own, as it is, where it is only associated with it", association, "absent"],
  ])("%s", (_, resources, expected) => {
    expect(numbersOf(resources)).toEqual(expected);
  });
});
