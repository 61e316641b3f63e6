import type { Declaration } from "../declaration";
import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../normal-form";
import { list, literal, record, unknownValue, type Value } from "../value";
import { declare } from "./declare";
import type { OutsideProxy, OutsideSubnet, OutsideVpc } from "./facts";

export function outsideSubnet(subnet: OutsideSubnet): readonly Declaration[] {
  const { id, vpc, kind, routeTable = routeTableOf(id), cidr, publicAddresses, source } = subnet;
  const properties: Record<string, Value> = {
    VpcId: vpc === undefined ? unknownValue(`the VPC of ${id} is not known`) : literal(vpc),
    MapPublicIpOnLaunch:
      publicAddresses === undefined
        ? unknownValue(`it is a setting of ${id}, outside of this program`)
        : literal(publicAddresses, {
            assuming: [`MapPublicIpOnLaunch of ${id} is ${publicAddresses}, as ${source} says`],
          }),
    CidrBlock: cidr === undefined ? unknownValue(`the addresses of ${id} are not known`) : literal(cidr),
  };
  return [
    declare("AWS::EC2::Subnet", [id], record(properties)),
    declare("AWS::EC2::RouteTable", [routeTable], record({ Routes: list(ROUTES[kind]) }), [
      `${id} ${DESCRIPTIONS[kind]}, as ${source} says`,
    ]),
    ...associate(id, routeTable),
  ];
}

const routeTableOf = (subnet: string): string => `of ${subnet}`;

const NETWORK_ACL = "network ACL outside of this program";

const associate = (subnet: string, routeTable: string): readonly Declaration[] => [
  declare(
    "AWS::EC2::SubnetRouteTableAssociation",
    [`the route table association of ${subnet}`],
    record({ SubnetId: literal(subnet), RouteTableId: literal(routeTable) }),
  ),
  declare(
    "AWS::EC2::SubnetNetworkAclAssociation",
    [`the network ACL association of ${subnet}`],
    record({ SubnetId: literal(subnet), NetworkAclId: literal(NETWORK_ACL) }),
  ),
];

const admitAll = (egress: boolean): Value =>
  record({
    RuleNumber: literal(100),
    RuleAction: literal("allow"),
    Egress: literal(egress),
    Protocol: literal("-1"),
    CidrBlock: literal("0.0.0.0/0"),
  });

const NAT_GATEWAY = "NAT gateway outside of this program";
const INTERNET_SUBNET = "subnet of the NAT gateway outside of this program";
const INTERNET_ROUTES = "route table of the NAT gateway outside of this program";

const DESCRIPTIONS: Readonly<Record<OutsideSubnet["kind"], string>> = {
  public: "has a route to an internet gateway",
  private: "has a route to a NAT gateway",
  isolated: "has no route out",
};

// The id of the gateway does not matter; that it is one of an internet gateway tells what it is.
const TO_INTERNET = record({ DestinationCidrBlock: literal("0.0.0.0/0"), GatewayId: literal("igw-outside") });
const TO_NAT = record({ DestinationCidrBlock: literal("0.0.0.0/0"), NatGatewayId: literal(NAT_GATEWAY) });

const ROUTES: Readonly<Record<OutsideSubnet["kind"], readonly Value[]>> = {
  public: [TO_INTERNET],
  private: [TO_NAT],
  isolated: [],
};

/** What private subnets lead to, a NAT gateway in a subnet with an internet gateway, and the network ACL of them all. */
export const SURROUNDINGS: readonly Declaration[] = [
  declare("AWS::EC2::NetworkAcl", [NETWORK_ACL], record({ Entries: list([admitAll(true), admitAll(false)]) }), [
    "network ACLs outside of this program admit HTTPS",
  ]),
  declare("AWS::EC2::Subnet", [INTERNET_SUBNET], record({ VpcId: unknownValue("it is outside of this program") })),
  declare("AWS::EC2::RouteTable", [INTERNET_ROUTES], record({ Routes: list([TO_INTERNET]) })),
  ...associate(INTERNET_SUBNET, INTERNET_ROUTES),
  declare("AWS::EC2::NatGateway", [NAT_GATEWAY], record({ SubnetId: literal(INTERNET_SUBNET) })),
];

/**
 * A VPC that the program names, by its id or by a parameter, and does not declare. Where it has endpoints with private DNS, both DNS
 * attributes are on: AWS refuses such an endpoint otherwise.
 */
export function outsideVpc({ id, cidr, endpoints, source }: OutsideVpc): Declaration {
  const assuming = [`the DNS settings of ${id} are on`];
  return declare(
    EXTRA.outsideVpc,
    [id],
    record({
      CidrBlock:
        cidr === undefined ? unknownValue(`the addresses of ${id} are not known from ${source}`) : literal(cidr),
      EnableDnsSupport: literal(true, { assuming }),
      EnableDnsHostnames: literal(true, { assuming }),
      EndpointsKnown: literal(endpoints !== undefined),
    }),
    endpoints === undefined
      ? []
      : [
          `${id} has ${endpoints.length === 0 ? "no endpoints" : `endpoints for ${endpoints.join(", ")} alone`}, as ${source} says`,
        ],
  );
}

/** VPCs with their endpoints, and those that no more than a subnet names. */
export function outsideVpcs(vpcs: readonly OutsideVpc[], subnets: readonly OutsideSubnet[]): readonly Declaration[] {
  const named = subnets.flatMap(({ vpc, source }) => (vpc === undefined ? [] : [{ id: vpc, source }]));
  return [
    ...vpcs.flatMap((vpc) => [
      outsideVpc(vpc),
      ...endpointsOf(
        vpc,
        subnets.filter((subnet) => subnet.vpc === vpc.id),
      ),
    ]),
    ...named.map(outsideVpc),
  ];
}

/** Endpoints with private DNS, in a subnet and with a security group that let the whole VPC in. */
function endpointsOf(vpc: OutsideVpc, subnets: readonly OutsideSubnet[]): readonly Declaration[] {
  const { id, cidr, endpoints = [], source } = vpc;
  if (endpoints.length === 0) return [];
  const [subnet, group] = [`subnet of the endpoints of ${id}`, `security group of the endpoints of ${id}`];
  const assuming = [`the endpoints of ${id} have private DNS and admit HTTPS from the whole VPC`];
  const everywhere = record({ IpProtocol: literal("-1"), CidrIp: literal("0.0.0.0/0") });
  const place = { CidrBlock: cidr === undefined ? unknownValue(`it is a subnet of ${id}`) : literal(cidr) };
  return [
    declare("AWS::EC2::Subnet", [subnet], record({ VpcId: literal(id), ...place })),
    ...associate(subnet, routeTableOf(subnet)),
    declare(
      "AWS::EC2::SecurityGroup",
      [group],
      record({ VpcId: literal(id), SecurityGroupIngress: list([everywhere]), SecurityGroupEgress: list([everywhere]) }),
    ),
    ...endpoints.map((service) => {
      const properties = service === "s3" ? gateway(subnets) : interfaces(subnet, group);
      const name = `for ${service} in ${id}`;
      const known = { VpcId: literal(id), ServiceName: literal(`com.amazonaws.\${AWS::Region}.${service}`) };
      const grounds = service === "s3" ? [`endpoint ${name} is a gateway, as ${source} says`] : assuming;
      return declare("AWS::EC2::VPCEndpoint", [name], record({ ...known, ...properties }), grounds);
    }),
  ];
}

const interfaces = (subnet: string, group: string): Readonly<Record<string, Value>> => ({
  VpcEndpointType: literal("Interface"),
  PrivateDnsEnabled: literal(true),
  SubnetIds: list([literal(subnet)]),
  SecurityGroupIds: list([literal(group)]),
});

/** It is on the route tables of the subnets that are known; whether it is on others cannot be told. */
const gateway = (subnets: readonly OutsideSubnet[]): Readonly<Record<string, Value>> => ({
  VpcEndpointType: literal("Gateway"),
  RouteTableIds: list([
    ...subnets.map(({ id, routeTable = routeTableOf(id) }) => literal(routeTable)),
    unknownValue("the route tables that it is on are not known"),
  ]),
});

/** A proxy stands for nothing that could be judged: that it lets the agent through is taken on the word of the source. */
export const allowedProxy = ({ address, source }: OutsideProxy): Declaration =>
  declare(EXTRA.allowedProxy, [address], record({ Address: literal(address) }), [
    `proxy ${address} lets the agent through to AWS services, as ${source} says`,
  ]);
