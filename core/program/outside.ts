import { unknown } from "../facts/fact";
import type { Declaration, Reading } from "./declaration";
import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "./normal-form";
import { list, literal, type RecordValue, record, unknownValue, type Value } from "./value";

/** What is known of resources that a program names by their ids and does not declare. */
export interface OutsideFacts {
  readonly subnets: readonly OutsideSubnet[];
  readonly images: readonly OutsideImage[];
  /** Set where Default Host Management Configuration is on in every account and region concerned: who says so. */
  readonly hostManagement?: string;
}

export interface OutsideSubnet {
  /** `subnet-…` */
  readonly id: string;
  /** `vpc-…` */
  readonly vpc?: string;
  /** How its hosts get out: through an internet gateway, through a NAT gateway, or not at all. */
  readonly kind: "public" | "private" | "isolated";
  /** `rtb-…` */
  readonly routeTable?: string;
  /** `10.0.1.0/24` */
  readonly cidr?: string;
  /** Who says so, to complete "as … says": `cdk.context.json`. */
  readonly source: string;
}

export interface OutsideImage {
  /** `ami-…` */
  readonly id: string;
  /** The SSM parameter it was read from. */
  readonly parameter?: string;
  /** AMI name, or the filter of a look-up, with `*` wildcards. */
  readonly name?: string;
  /** Account id or alias. */
  readonly owner?: string;
  /** `YYYY-MM-DD` */
  readonly creationDate?: string;
  /** Whether it carries the SSM Agent, one recent enough for sessions, and who says so. */
  readonly agent?: { readonly carried: boolean; readonly source: string };
}

export const NOTHING_OUTSIDE: OutsideFacts = { subnets: [], images: [] };

export const joinOutside = (facts: readonly OutsideFacts[]): OutsideFacts => ({
  subnets: facts.flatMap(({ subnets }) => subnets),
  images: facts.flatMap(({ images }) => images),
  ...facts.map(({ hostManagement }) => (hostManagement === undefined ? {} : { hostManagement })).find(isStated),
});

const isStated = (fact: Pick<OutsideFacts, "hostManagement">): boolean => fact.hostManagement !== undefined;

/** The same reading, every program of which also sees what is known of the world outside. */
export function withOutside(reading: Reading, facts: OutsideFacts): Reading {
  const outside = declareOutside(facts);
  if (outside.length === 0) return reading;
  return {
    ...reading,
    units: reading.units.map((unit) =>
      unit.map((scenario) => ({
        ...scenario,
        program: { ...scenario.program, declarations: [...scenario.program.declarations, ...outside] },
      })),
    ),
  };
}

/** Facts as declarations in the normal form, which programs find by their physical ids. What is said first about an id holds. */
export function declareOutside({ subnets, images, hostManagement }: OutsideFacts): readonly Declaration[] {
  const declarations = [
    ...(subnets.length > 0 ? SURROUNDINGS : []),
    ...subnets.flatMap(({ vpc, source }) => (vpc === undefined ? [] : [outsideVpc(vpc, source)])),
    ...subnets.flatMap(outsideSubnet),
    ...images.map(outsideImage),
    ...(hostManagement === undefined ? [] : [outsideHostManagement(hostManagement)]),
  ];
  const byId = new Map<string, Declaration>();
  for (const declaration of declarations) if (!byId.has(declaration.id)) byId.set(declaration.id, declaration);
  return [...byId.values()];
}

function outsideSubnet(subnet: OutsideSubnet): readonly Declaration[] {
  const { id, vpc, kind, routeTable = `of ${id}`, cidr, source } = subnet;
  const properties: Record<string, Value> = {
    VpcId: vpc === undefined ? unknownValue(`the VPC of ${id} is not known`) : literal(vpc),
    MapPublicIpOnLaunch: unknownValue(`it is a setting of ${id}, outside of this program`),
    CidrBlock: cidr === undefined ? unknownValue(`the addresses of ${id} are not known`) : literal(cidr),
  };
  return [
    declare("AWS::EC2::Subnet", id, record(properties)),
    declare("AWS::EC2::RouteTable", routeTable, record({ Routes: list(ROUTES[kind]) }), [
      `${id} ${DESCRIPTIONS[kind]}, as ${source} says`,
    ]),
    ...associate(id, routeTable),
  ];
}

const NETWORK_ACL = "network ACL outside of this program";

const associate = (subnet: string, routeTable: string): readonly Declaration[] => [
  declare(
    "AWS::EC2::SubnetRouteTableAssociation",
    `the route table association of ${subnet}`,
    record({ SubnetId: literal(subnet), RouteTableId: literal(routeTable) }),
  ),
  declare(
    "AWS::EC2::SubnetNetworkAclAssociation",
    `the network ACL association of ${subnet}`,
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
const SURROUNDINGS: readonly Declaration[] = [
  declare("AWS::EC2::NetworkAcl", NETWORK_ACL, record({ Entries: list([admitAll(true), admitAll(false)]) }), [
    "network ACLs outside of this program admit HTTPS",
  ]),
  declare("AWS::EC2::Subnet", INTERNET_SUBNET, record({ VpcId: unknownValue("it is outside of this program") })),
  declare("AWS::EC2::RouteTable", INTERNET_ROUTES, record({ Routes: list([TO_INTERNET]) })),
  ...associate(INTERNET_SUBNET, INTERNET_ROUTES),
  declare("AWS::EC2::NatGateway", NAT_GATEWAY, record({ SubnetId: literal(INTERNET_SUBNET) })),
];

/**
 * A VPC that the program names, by its id or by a parameter, and does not declare. Where it has endpoints with private DNS, both DNS
 * attributes are on: AWS refuses such an endpoint otherwise.
 */
export function outsideVpc(id: string, source: string): Declaration {
  const assuming = [`the DNS settings of ${id} are on`];
  return declare(
    EXTRA.outsideVpc,
    id,
    record({
      CidrBlock: unknownValue(`the addresses of ${id} are not known from ${source}`),
      EnableDnsSupport: literal(true, { assuming }),
      EnableDnsHostnames: literal(true, { assuming }),
    }),
  );
}

function outsideImage({ id, parameter, name, owner, creationDate, agent }: OutsideImage): Declaration {
  const entries = {
    Parameter: parameter,
    Name: name,
    Owner: owner,
    CreationDate: creationDate,
    CarriesAgent: agent?.carried,
    AgentSource: agent?.source,
  };
  const known = Object.entries(entries).flatMap(([key, value]): [string, Value][] =>
    value === undefined ? [] : [[key, literal(value)]],
  );
  const assuming = agent?.carried === true ? [`the SSM Agent of ${id} is recent, as ${agent.source} says`] : [];
  return declare(EXTRA.outsideImage, id, record(new Map(known)), assuming);
}

/** The role is the one that the console proposes. Source: Systems Manager user guide, "Default Host Management Configuration". */
const outsideHostManagement = (source: string): Declaration =>
  declare(
    EXTRA.serviceSetting,
    `stated in ${source}`,
    record({
      SettingId: literal("/ssm/managed-instance/default-ec2-instance-management-role"),
      SettingValue: literal("service-role/AWSSystemsManagerDefaultEC2InstanceManagementRole"),
      Everywhere: literal(true),
    }),
    ["it is on in the account and region of the host"],
  );

function declare(type: string, id: string, properties: RecordValue, assuming: readonly string[] = []): Declaration {
  return {
    id: `outside#${id}`,
    name: id,
    type,
    sourceType: type,
    language: "cloudformation",
    properties,
    stack: "outside of this program",
    region: unknown("it is outside of this program"),
    account: unknown("it is outside of this program"),
    assuming,
    physicalIds: [id],
    exemptions: [],
  };
}
