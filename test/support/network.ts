import { absent, byDefault, type Fact, known, unknown } from "../../core/facts/fact";
import type {
  Endpoint,
  Host,
  Infrastructure,
  NatGateway,
  NetworkAcl,
  NetworkAclEntry,
  Placement,
  Route,
  RouteTable,
  RouteTarget,
  SecurityGroup,
  SecurityPeer,
  SecurityRule,
  Subnet,
  Vpc,
} from "../../core/infrastructure/model";
import { readPolicyDocument } from "../../core/infrastructure/policy-document";
import type { Declaration } from "../../core/program/declaration";
import { fromJson, NOTHING, record, type Value } from "../../core/program/value";

/**
 * Builds the network half of the model in a few words. Whatever a test leaves out is as AWS has it by default: a private
 * subnet without routes, a security group that lets everything out and nothing in, a network ACL that admits all.
 */
export class World {
  readonly vpcs: Vpc[] = [];
  readonly endpoints: Endpoint[] = [];
  readonly hosts: Host[] = [];
  readonly declarations: Declaration[] = [];

  /** `rename` changes every name and id, for tests that names decide nothing. */
  constructor(
    private readonly region: Fact<string> = known("eu-west-1"),
    private readonly rename: (name: string) => string = (name) => name,
  ) {}

  get infrastructure(): Infrastructure {
    const { hosts, vpcs, endpoints, declarations } = this;
    return {
      hosts,
      vpcs,
      endpoints,
      declarations,
      roles: [],
      principals: [],
      associations: [],
      documents: [],
      serviceSettings: [],
      customResources: [],
      outputs: [],
    };
  }

  declare(name: string, type: string, properties: Readonly<Record<string, Value>> = {}): Declaration {
    const label = this.rename(name);
    const declaration: Declaration = {
      id: `template#${label}`,
      name: label,
      type,
      sourceType: type,
      language: "cloudformation",
      properties: record(properties),
      stack: "stack",
      region: this.region,
      account: unknown("it is given at deployment"),
      assuming: [],
      physicalIds: [],
      exemptions: [],
    };
    this.declarations.push(declaration);
    return declaration;
  }

  vpc(options: VpcOptions = {}): Vpc {
    const { name = "Main", type = "AWS::EC2::VPC", mainRoutes = [], ...given } = options;
    const declaration = this.declare(name, type);
    const { endpoints } = this;
    const vpc: Vpc = {
      declaration,
      cidrBlocks: known([known("10.0.0.0/16")]),
      blockKeys: [],
      enableDnsSupport: byDefault(true),
      enableDnsHostnames: known(true),
      subnets: [],
      get endpoints() {
        return endpoints.filter((endpoint) => endpoint.vpc.state === "known" && endpoint.vpc.value === vpc);
      },
      mainRouteTable: { declaration, routes: known(mainRoutes.map((route) => known(route))) },
      get defaultSecurityGroup() {
        return defaultGroup;
      },
      internetGateways: [],
      privateHostedZones: [],
      customNameResolution: [],
      ...given,
    };
    const defaultGroup: SecurityGroup = {
      declaration,
      vpc: known(vpc),
      get ingress() {
        return known([known(all({ kind: "securityGroup", group: defaultGroup }))]);
      },
      egress: known([known(all(cidr("0.0.0.0/0")))]),
    };
    this.vpcs.push(vpc);
    return vpc;
  }

  subnet(vpc: Vpc | Fact<Vpc>, options: SubnetOptions = {}): Subnet {
    const { name = "App", properties = {}, routes, ...given } = options;
    const owner = "state" in vpc ? vpc : known(vpc);
    const main: Fact<RouteTable> = owner.state === "known" ? known(owner.value.mainRouteTable) : unknown("no VPC");
    return {
      declaration: this.declare(name, "AWS::EC2::Subnet", properties),
      vpc: owner,
      cidrBlock: known("10.0.1.0/24"),
      blockKeys: [],
      availabilityZone: known("eu-west-1a"),
      mapPublicIpOnLaunch: byDefault(false),
      routeTable: routes === undefined ? main : known(this.routeTable(routes, `${name}Routes`)),
      networkAcl: absent(),
      publicAccessBlock: absent(),
      ...given,
    };
  }

  routeTable(routes: readonly RouteSpec[], name = "Routes"): RouteTable {
    return {
      declaration: this.declare(name, "AWS::EC2::RouteTable"),
      routes: known(routes.map((route) => ("state" in route ? route : known(route)))),
    };
  }

  /** A route to a destination, by default all of IPv4. */
  route(target: RouteTarget | Fact<RouteTarget>, destination: string | Fact<string> = "0.0.0.0/0"): Route {
    return {
      declaration: this.declare(`Route${this.declarations.length}`, "AWS::EC2::Route"),
      destination: typeof destination === "string" ? known(destination) : destination,
      target: "state" in target ? target : known(target),
    };
  }

  /** A route to a public NAT gateway in a subnet. */
  throughNat(subnet: Subnet | Fact<Subnet>, connectivity: Fact<string> = byDefault("public")): Route {
    const natGateway: NatGateway = {
      declaration: this.declare(`Nat${this.declarations.length}`, "AWS::EC2::NatGateway"),
      subnet: "state" in subnet ? subnet : known(subnet),
      connectivity,
    };
    return this.route({ kind: "natGateway", natGateway });
  }

  throughInternetGateway(destination: string | Fact<string> = "0.0.0.0/0"): Route {
    return this.route(INTERNET_GATEWAY, destination);
  }

  /** A subnet with a default route to an internet gateway, for NAT devices to stand in. */
  publicSubnet(vpc: Vpc, options: SubnetOptions = {}): Subnet {
    return this.subnet(vpc, {
      name: "Public",
      cidrBlock: known("10.0.0.0/24"),
      mapPublicIpOnLaunch: known(true),
      routes: [this.throughInternetGateway()],
      ...options,
    });
  }

  group(options: GroupOptions = {}): SecurityGroup {
    const { name = "Web", ingress = [], egress = [all(cidr("0.0.0.0/0"))], isOpenToItself = false } = options;
    const group: SecurityGroup = {
      declaration: this.declare(name, "AWS::EC2::SecurityGroup"),
      vpc: unknown("it is not said"),
      get ingress() {
        return isOpenToItself ? known([known(https(members(group)))]) : rules(ingress);
      },
      egress: rules(egress),
    };
    return group;
  }

  networkAcl(entries: readonly (EntrySpec | Fact<NetworkAclEntry>)[], name = "Acl"): Fact<NetworkAcl> {
    return known({
      declaration: this.declare(name, "AWS::EC2::NetworkAcl"),
      vpc: unknown("it is not said"),
      entries: known(entries.map((spec) => ("state" in spec ? spec : known(entry(spec))))),
    });
  }

  /** An interface endpoint that works: private DNS on, in the given subnets, open to the VPC. */
  endpoint(vpc: Vpc | Fact<Vpc>, service: string, subnets: readonly Subnet[], options: EndpointOptions = {}): Endpoint {
    const {
      name = `Endpoint${service}`,
      serviceName = `com.amazonaws.eu-west-1.${service}`,
      policy,
      ...given
    } = options;
    const open = () => [known(this.group({ name: `${name}Group`, ingress: [https(cidr("10.0.0.0/16"))] }))];
    const endpoint: Endpoint = {
      declaration: this.declare(name, "AWS::EC2::VPCEndpoint"),
      type: known("Interface"),
      serviceName: typeof serviceName === "string" ? known(serviceName) : serviceName,
      vpc: "state" in vpc ? vpc : known(vpc),
      subnets: known(subnets.map((subnet) => known(subnet))),
      securityGroups: given.securityGroups ?? known(open()),
      routeTables: absent(),
      privateDnsEnabled: known(true),
      policy: policy === undefined ? absent() : readPolicyDocument(fromJson(policy)),
      ...given,
    };
    this.endpoints.push(endpoint);
    return endpoint;
  }

  /** Working endpoints for both services of a session. */
  bothEndpoints(vpc: Vpc, subnets: readonly Subnet[], options: EndpointOptions = {}): readonly Endpoint[] {
    return ["ssm", "ssmmessages"].map((service) => this.endpoint(vpc, service, subnets, options));
  }

  host(placements: readonly Placement[] | Fact<readonly Placement[]>, options: HostOptions = {}): Host {
    const { name = "Server", kind = "instance", properties = {}, userData, launches = [] } = options;
    const declaration = this.declare(name, "AWS::EC2::Instance", properties);
    const host: Host = {
      declaration,
      kind,
      identity: { instanceProfile: absent(), decidedBy: declaration, property: "IamInstanceProfile" },
      image: unknown("it is not said"),
      userData: userData === undefined ? absent() : known({ parts: [userData] }),
      init: NOTHING,
      metadataOptions: { httpEndpoint: byDefault("enabled"), httpTokens: byDefault("optional") },
      placements: "state" in placements ? placements : known(placements),
      instanceTypes: absent(),
      rootVolume: absent(),
      tags: absent(),
      launchedFrom: absent(),
      variants: [],
      launches,
    };
    this.hosts.push(host);
    return host;
  }

  /** A host in one subnet, in a security group of its own unless `groups` says otherwise. */
  hostIn(subnet: Subnet | Fact<Subnet>, options: PlaceOptions & HostOptions = {}): Host {
    return this.host([this.placement(subnet, options)], options);
  }

  placement(subnet: Subnet | Fact<Subnet>, options: PlaceOptions = {}): Placement {
    const { groups, publicAddress = absent(), ipv6Address = absent() } = options;
    return {
      subnet: "state" in subnet ? subnet : known(subnet),
      securityGroups: groups === undefined ? known([known(this.group())]) : groupFacts(groups),
      publicAddress,
      ipv6Address,
    };
  }
}

export const INTERNET_GATEWAY: RouteTarget = { kind: "internetGateway", attached: known(true) };
export const EGRESS_ONLY: RouteTarget = { kind: "egressOnlyInternetGateway" };
export const elsewhere = (what = "a transit gateway"): RouteTarget => ({ kind: "elsewhere", what });

export const cidr = (text: string): SecurityPeer => ({ kind: "cidr", cidr: text });
export const members = (group: SecurityGroup): SecurityPeer => ({ kind: "securityGroup", group });
export const prefixList = (id = "pl-1"): SecurityPeer => ({ kind: "prefixList", id });

export const tcp = (from: number, to: number, peer: SecurityPeer | Fact<SecurityPeer>): SecurityRule => ({
  protocol: known("tcp"),
  fromPort: known(from),
  toPort: known(to),
  peer: "state" in peer ? peer : known(peer),
});

export const https = (peer: SecurityPeer | Fact<SecurityPeer>): SecurityRule => tcp(443, 443, peer);

export const all = (peer: SecurityPeer): SecurityRule => ({
  protocol: known("-1"),
  fromPort: absent(),
  toPort: absent(),
  peer: known(peer),
});

export interface EntrySpec {
  readonly number: number;
  readonly egress: boolean;
  readonly allow?: boolean;
  readonly protocol?: string;
  readonly cidr?: string;
  /** Inclusive; left out for all ports. */
  readonly ports?: readonly [from: number, to: number];
}

export function entry({
  number,
  egress,
  allow = true,
  protocol = "6",
  cidr: block = "0.0.0.0/0",
  ports,
}: EntrySpec): NetworkAclEntry {
  return {
    number: known(number),
    egress: known(egress),
    allow: known(allow),
    protocol: known(protocol),
    cidr: known(block),
    cidrKeys: [],
    fromPort: ports === undefined ? absent() : known(ports[0]),
    toPort: ports === undefined ? absent() : known(ports[1]),
  };
}

export type RouteSpec = Route | Fact<Route>;
export type RuleSpec = SecurityRule | Fact<SecurityRule>;

type VpcOptions = Partial<Omit<Vpc, "declaration" | "mainRouteTable">> & {
  readonly name?: string;
  readonly type?: string;
  readonly mainRoutes?: readonly Route[];
};

type SubnetOptions = Partial<Omit<Subnet, "declaration" | "vpc">> & {
  readonly name?: string;
  readonly properties?: Readonly<Record<string, Value>>;
  readonly routes?: readonly RouteSpec[];
};

interface GroupOptions {
  readonly name?: string;
  readonly isOpenToItself?: boolean;
  readonly ingress?: readonly RuleSpec[] | Fact<readonly Fact<SecurityRule>[]>;
  readonly egress?: readonly RuleSpec[] | Fact<readonly Fact<SecurityRule>[]>;
}

type EndpointOptions = Partial<Omit<Endpoint, "declaration" | "serviceName" | "policy" | "vpc">> & {
  readonly name?: string;
  readonly serviceName?: string | Fact<string>;
  /** A policy document as JSON. */
  readonly policy?: unknown;
};

interface PlaceOptions {
  readonly groups?: readonly (SecurityGroup | Fact<SecurityGroup>)[] | Placement["securityGroups"];
  readonly publicAddress?: Fact<boolean>;
  readonly ipv6Address?: Fact<boolean>;
}

interface HostOptions {
  readonly name?: string;
  readonly kind?: Host["kind"];
  readonly properties?: Readonly<Record<string, Value>>;
  readonly userData?: string;
  readonly launches?: readonly Host[];
}

function rules(specs: readonly RuleSpec[] | Fact<readonly Fact<SecurityRule>[]>): Fact<readonly Fact<SecurityRule>[]> {
  if ("state" in specs) return specs;
  return known(specs.map((spec) => ("state" in spec ? spec : known(spec))));
}

function groupFacts(groups: NonNullable<PlaceOptions["groups"]>): Placement["securityGroups"] {
  if ("state" in groups) return groups;
  return known(groups.map((group) => ("state" in group ? group : known(group))));
}
