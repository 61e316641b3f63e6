import { absent, byDefault, type Fact, known, unknown } from "../../../core/facts/fact";
import type { Placement, Route } from "../../../core/infrastructure/model";
import { literal, type Value } from "../../../core/program/value";
import {
  all,
  cidr,
  EGRESS_ONLY,
  elsewhere,
  https,
  INTERNET_GATEWAY,
  members,
  type RouteSpec,
  type World,
} from "../../support/network";
import { testVerdicts } from "../../support/network-verdicts";

const NO_ROUTE = "no-route-to-session-manager";
const FROM_PARAMETER = unknown("it comes from parameter Target");

const behind = (world: World, ...routes: readonly RouteSpec[]) => world.hostIn(world.subnet(world.vpc(), { routes }));

const onInternetGateway = (world: World, publicAddress: Fact<boolean>, mapped: Fact<boolean> = byDefault(false)) => {
  const routes = [world.throughInternetGateway()];
  return world.hostIn(world.subnet(world.vpc(), { routes, mapPublicIpOnLaunch: mapped }), { publicAddress });
};

describe("a subnet without a way out", () => {
  testVerdicts([
    ["a route table without routes", "fail", (world) => behind(world), NO_ROUTE],
    ["the main route table without routes", "fail", (world) => world.hostIn(world.subnet(world.vpc())), NO_ROUTE],
    [
      "the main route table with a NAT route",
      "pass",
      (world) => {
        const nat = world.publicSubnet(world.vpc({ name: "Other" }));
        return world.hostIn(world.subnet(world.vpc({ mainRoutes: [world.throughNat(nat)] })));
      },
    ],
    [
      "a route table that is not known",
      "unknown",
      (world) => world.hostIn(world.subnet(world.vpc(), { routeTable: FROM_PARAMETER })),
      "the route table of subnet App is not known: it comes from parameter Target",
    ],
    [
      "routes that are not known",
      "unknown",
      (world) => {
        const table = { ...world.routeTable([]), routes: unknown("a module makes them") };
        return world.hostIn(world.subnet(world.vpc(), { routeTable: known(table) }));
      },
      "the routes of route table Routes (subnet App) are not known: a module makes them",
    ],
    [
      "one route of which nothing is known",
      "unknown",
      (world) => behind(world, unknown("Extra may belong to another route table")),
      "Extra may belong to another route table",
    ],
    ["a route for IPv6 alone", "fail", (world) => behind(world, world.throughInternetGateway("::/0")), NO_ROUTE],
    [
      "a route into a private block through an internet gateway",
      "fail",
      (world) => behind(world, world.throughInternetGateway("10.9.0.0/16")),
      NO_ROUTE,
    ],
    [
      "a route that stays in the VPC",
      "fail",
      (world) => behind(world, world.route(elsewhere("the VPC itself"), "10.0.0.0/16")),
      NO_ROUTE,
    ],
  ]);
});

describe("an internet gateway", () => {
  testVerdicts([
    [
      "with a public address",
      "pass",
      (world) => onInternetGateway(world, known(true)),
      "sends 0.0.0.0/0 to an internet gateway",
    ],
    ["with a subnet that gives public addresses", "pass", (world) => onInternetGateway(world, absent(), known(true))],
    ["without a public address", "fail", (world) => onInternetGateway(world, known(false), known(true)), NO_ROUTE],
    ["with a subnet that gives none", "fail", (world) => onInternetGateway(world, absent(), known(false)), NO_ROUTE],
    ["with a subnet that says nothing", "fail", (world) => onInternetGateway(world, absent(), absent()), NO_ROUTE],
    [
      "with an address from a parameter",
      "unknown",
      (world) => onInternetGateway(world, FROM_PARAMETER),
      "whether the host has a public address in subnet App is not known",
    ],
    [
      "with a subnet setting from a parameter",
      "unknown",
      (world) => onInternetGateway(world, absent(), FROM_PARAMETER),
    ],
    [
      "that is not attached",
      "fail",
      (world) => {
        const routes = [world.route({ kind: "internetGateway", attached: known(false) })];
        return world.hostIn(world.subnet(world.vpc(), { routes }), { publicAddress: known(true) });
      },
      NO_ROUTE,
    ],
    [
      "that may not be attached",
      "unknown",
      (world) => {
        const routes = [world.route({ kind: "internetGateway", attached: FROM_PARAMETER })];
        return world.hostIn(world.subnet(world.vpc(), { routes }), { publicAddress: known(true) });
      },
      "may not be attached",
    ],
    [
      "by two halves of the internet",
      "pass",
      (world) => {
        const routes = ["0.0.0.0/1", "128.0.0.0/1"].map((half) => world.throughInternetGateway(half));
        return world.hostIn(world.subnet(world.vpc(), { routes }), { publicAddress: known(true) });
      },
    ],
    [
      "by one half of the internet",
      "unknown",
      (world) => {
        const routes = [world.throughInternetGateway("0.0.0.0/1")];
        return world.hostIn(world.subnet(world.vpc(), { routes }), { publicAddress: known(true) });
      },
      "only a part of the internet",
    ],
    [
      "for a large public block only",
      "unknown",
      (world) => {
        const routes = [world.throughInternetGateway("52.0.0.0/8")];
        return world.hostIn(world.subnet(world.vpc(), { routes }), { publicAddress: known(true) });
      },
    ],
    [
      "for a small public block only",
      "unknown",
      (world) => {
        const routes = [world.throughInternetGateway("52.94.0.0/16")];
        return world.hostIn(world.subnet(world.vpc(), { routes }), { publicAddress: known(true) });
      },
      "whether Session Manager has addresses in 52.94.0.0/16",
    ],
    [
      "for a prefix list only",
      "unknown",
      (world) => {
        const routes = [world.throughInternetGateway("pl-0123")];
        return world.hostIn(world.subnet(world.vpc(), { routes }), { publicAddress: known(true) });
      },
      "what prefix list pl-0123 holds",
    ],
    [
      "for a destination from a parameter",
      "unknown",
      (world) => {
        const routes = [world.throughInternetGateway(FROM_PARAMETER)];
        return world.hostIn(world.subnet(world.vpc(), { routes }), { publicAddress: known(true) });
      },
      "may be a default route",
    ],
    [
      "for a destination that a parameter has by default",
      "pass",
      (world) => {
        const routes = [
          world.throughInternetGateway(known("0.0.0.0/0", ['parameter Way has its default "0.0.0.0/0"'])),
        ];
        return world.hostIn(world.subnet(world.vpc(), { routes }), { publicAddress: known(true) });
      },
      'assuming parameter Way has its default "0.0.0.0/0"',
    ],
  ]);
});

describe("a NAT gateway", () => {
  const natBehind = (world: World, ...routes: readonly RouteSpec[]) => {
    const vpc = world.vpc();
    const stand = world.subnet(vpc, { name: "NatSubnet", cidrBlock: known("10.0.0.0/24"), routes });
    return world.hostIn(world.subnet(vpc, { routes: [world.throughNat(stand)] }));
  };
  testVerdicts([
    [
      "whose subnet leads to an internet gateway",
      "pass",
      (world) => natBehind(world, world.throughInternetGateway()),
      "to NAT gateway Nat",
    ],
    [
      "whose subnet gives no public addresses: it has an Elastic IP",
      "pass",
      (world) => natBehind(world, world.throughInternetGateway()),
    ],
    ["whose subnet has no way out", "fail", (world) => natBehind(world), NO_ROUTE],
    [
      "whose subnet leads to an unattached gateway",
      "fail",
      (world) => natBehind(world, world.route({ kind: "internetGateway", attached: known(false) })),
      NO_ROUTE,
    ],
    ["whose subnet leads to a transit gateway", "unknown", (world) => natBehind(world, world.route(elsewhere()))],
    ["whose subnet has a route from a parameter", "unknown", (world) => natBehind(world, world.route(FROM_PARAMETER))],
    [
      "that leads to itself",
      "fail",
      (world) => {
        const vpc = world.vpc();
        const routes: Fact<Route>[] = [];
        const loop = world.subnet(vpc, { routeTable: known({ ...world.routeTable([]), routes: known(routes) }) });
        routes.push(known(world.throughNat(loop)));
        return world.hostIn(loop);
      },
      NO_ROUTE,
    ],
    [
      "that leads to another NAT gateway with a way out",
      "pass",
      (world) => {
        const vpc = world.vpc();
        const outer = world.publicSubnet(vpc);
        const inner = world.subnet(vpc, { name: "Middle", routes: [world.throughNat(outer)] });
        return world.hostIn(world.subnet(vpc, { routes: [world.throughNat(inner)] }));
      },
    ],
    [
      "whose subnet lets nothing in from the host's subnet",
      "fail",
      (world) => {
        const vpc = world.vpc();
        const networkAcl = world.networkAcl([
          { number: 1, egress: false, allow: false, protocol: "-1", cidr: "10.0.1.0/24" },
          { number: 2, egress: false, protocol: "-1" },
          { number: 1, egress: true, protocol: "-1" },
        ]);
        const stand = world.publicSubnet(vpc, { networkAcl });
        return world.hostIn(world.subnet(vpc, { routes: [world.throughNat(stand)] }));
      },
      NO_ROUTE,
    ],
    [
      "whose subnet lets nothing out to the internet",
      "fail",
      (world) => {
        const vpc = world.vpc();
        const networkAcl = world.networkAcl([
          { number: 1, egress: false, protocol: "-1" },
          { number: 1, egress: true, protocol: "-1", cidr: "10.0.0.0/16" },
        ]);
        const stand = world.publicSubnet(vpc, { networkAcl });
        return world.hostIn(world.subnet(vpc, { routes: [world.throughNat(stand)] }));
      },
      NO_ROUTE,
    ],
    [
      "that is private, in front of an internet gateway",
      "fail",
      (world) => {
        const vpc = world.vpc();
        return world.hostIn(
          world.subnet(vpc, { routes: [world.throughNat(world.publicSubnet(vpc), known("private"))] }),
        );
      },
      NO_ROUTE,
    ],
    [
      "that is private, in front of a transit gateway",
      "unknown",
      (world) => {
        const vpc = world.vpc();
        const stand = world.subnet(vpc, { name: "Stand", routes: [world.route(elsewhere())] });
        return world.hostIn(world.subnet(vpc, { routes: [world.throughNat(stand, known("private"))] }));
      },
    ],
    [
      "that may be private",
      "unknown",
      (world) => {
        const vpc = world.vpc();
        return world.hostIn(world.subnet(vpc, { routes: [world.throughNat(world.publicSubnet(vpc), FROM_PARAMETER)] }));
      },
      "may be private",
    ],
    [
      "whose subnet is not known",
      "unknown",
      (world) => behind(world, world.throughNat(FROM_PARAMETER)),
      "its subnet is not known",
    ],
    ["that names no subnet", "unknown", (world) => behind(world, world.throughNat(absent()))],
  ]);
});

describe("a NAT instance", () => {
  interface NatOptions {
    readonly check?: boolean;
    readonly publicAddress?: Fact<boolean>;
    readonly isIsolated?: boolean;
    readonly groups?: (world: World) => Placement["securityGroups"];
  }
  const openGroup = (world: World) =>
    known([known(world.group({ name: "NatGroup", ingress: [all(cidr("10.0.0.0/16"))] }))]);
  const throughInstance = (world: World, options: NatOptions = {}) => {
    const { check = false, publicAddress = known(true), isIsolated = false, groups = openGroup } = options;
    const vpc = world.vpc();
    const stand = isIsolated ? world.subnet(vpc, { name: "NatSubnet", routes: [] }) : world.publicSubnet(vpc);
    const properties: Readonly<Record<string, Value>> = check ? {} : { SourceDestCheck: literal(false) };
    const nat = world.hostIn(stand, { name: "NatServer", publicAddress, properties, groups: groups(world) });
    return world.hostIn(world.subnet(vpc, { routes: [world.route({ kind: "instance", host: known(nat) })] }));
  };
  testVerdicts([
    ["that forwards and has a way out", "pass", (world) => throughInstance(world), "to instance NatServer"],
    [
      "whose source/destination check is left on",
      "unknown",
      (world) => throughInstance(world, { check: true }),
      "SourceDestCheck",
    ],
    ["without a public address", "fail", (world) => throughInstance(world, { publicAddress: known(false) }), NO_ROUTE],
    ["in a subnet without a way out", "fail", (world) => throughInstance(world, { isIsolated: true }), NO_ROUTE],
    [
      "that lets nothing in",
      "fail",
      (world) => throughInstance(world, { groups: (inner) => known([known(inner.group())]) }),
      NO_ROUTE,
    ],
    [
      "that lets nothing out",
      "fail",
      (world) =>
        throughInstance(world, {
          groups: (inner) => known([known(inner.group({ ingress: [all(cidr("0.0.0.0/0"))], egress: [] }))]),
        }),
      NO_ROUTE,
    ],
    ["in groups out of sight", "unknown", (world) => throughInstance(world, { groups: () => FROM_PARAMETER })],
    [
      "outside of the program",
      "unknown",
      (world) => behind(world, world.route({ kind: "instance", host: FROM_PARAMETER })),
      "an instance of which nothing is known",
    ],
    [
      "whose place is not known",
      "unknown",
      (world) =>
        behind(
          world,
          world.route({ kind: "instance", host: known(world.host(FROM_PARAMETER, { name: "NatServer" })) }),
        ),
    ],
  ]);
});

describe("a way the program does not show to its end", () => {
  testVerdicts([
    ...[
      "a transit gateway",
      "a peering connection",
      "a VPN gateway",
      "a firewall or gateway load balancer endpoint",
      "a Cloud WAN core network",
      "a NAT gateway outside this program",
    ].map((what) => [what, "unknown", (world: World) => behind(world, world.route(elsewhere(what))), what] as const),
    [
      "a target from a parameter",
      "unknown",
      (world) => behind(world, world.route(FROM_PARAMETER)),
      "where route table AppRoutes (subnet App) sends 0.0.0.0/0 is not known",
    ],
    ["no target at all", "unknown", (world) => behind(world, world.route(absent()))],
    [
      "a private block behind a transit gateway, where central endpoints may stand",
      "unknown",
      (world) => behind(world, world.route(elsewhere(), "10.0.0.0/8")),
      "a transit gateway",
    ],
    [
      "a private block behind a target from a parameter",
      "unknown",
      (world) => behind(world, world.route(FROM_PARAMETER, "192.168.0.0/16")),
    ],
    [
      "a large public block behind a firewall beside a NAT gateway",
      "unknown",
      (world) => {
        const vpc = world.vpc();
        const routes = [
          world.throughNat(world.publicSubnet(vpc)),
          world.route(elsewhere("a firewall endpoint"), "52.0.0.0/8"),
        ];
        return world.hostIn(world.subnet(vpc, { routes }));
      },
      "a firewall endpoint",
    ],
  ]);
});

describe("a default route with exceptions", () => {
  const beside = (world: World, ...others: readonly RouteSpec[]) => {
    const vpc = world.vpc();
    return world.hostIn(world.subnet(vpc, { routes: [world.throughNat(world.publicSubnet(vpc)), ...others] }));
  };
  testVerdicts([
    [
      "private networks behind a transit gateway",
      "pass",
      (world) => beside(world, world.route(elsewhere(), "10.0.0.0/8"), world.route(elsewhere(), "172.16.0.0/12")),
    ],
    [
      "a small public network behind a VPN",
      "pass",
      (world) =>
        beside(
          world,
          world.route(elsewhere("a VPN gateway"), "198.18.5.0/24"),
          world.route(elsewhere("a VPN gateway"), "62.1.2.0/24"),
        ),
      "assuming no address of Session Manager lies in 62.1.2.0/24",
    ],
    [
      "a destination from a parameter",
      "pass",
      (world) => beside(world, world.route(elsewhere("a peering connection"), FROM_PARAMETER)),
      "does not carry the traffic to Session Manager",
    ],
    ["a prefix list", "pass", (world) => beside(world, world.route(elsewhere("a gateway"), "pl-77"))],
    [
      "a half of the internet behind a transit gateway",
      "unknown",
      (world) => beside(world, world.route(elsewhere(), "128.0.0.0/1")),
    ],
    [
      "a half of the internet that leads nowhere",
      "unknown",
      (world) => beside(world, world.route(EGRESS_ONLY, "128.0.0.0/1")),
    ],
    ["IPv6 through an egress-only gateway", "pass", (world) => beside(world, world.route(EGRESS_ONLY, "::/0"))],
  ]);
});

describe("IPv6", () => {
  const overIpv6 = (world: World, ipv6Address: Fact<boolean>, target = EGRESS_ONLY) => {
    const routes = [world.route(target, "::/0")];
    return world.hostIn(world.subnet(world.vpc(), { routes }), { ipv6Address });
  };
  testVerdicts([
    [
      "an egress-only gateway and an address",
      "unknown",
      (world) => overIpv6(world, known(true)),
      "UseDualStackEndpoint",
    ],
    ["an internet gateway and an address", "unknown", (world) => overIpv6(world, known(true), INTERNET_GATEWAY)],
    ["an egress-only gateway and perhaps an address", "unknown", (world) => overIpv6(world, FROM_PARAMETER)],
    ["an egress-only gateway without an address", "fail", (world) => overIpv6(world, known(false)), NO_ROUTE],
    ["an egress-only gateway for IPv4", "fail", (world) => behind(world, world.route(EGRESS_ONLY)), NO_ROUTE],
    [
      "a subnet without IPv4",
      "unknown",
      (world) => {
        const properties = { Ipv6Native: literal(true) };
        return world.hostIn(
          world.subnet(world.vpc(), {
            properties,
            cidrBlock: absent(),
            routes: [world.route(INTERNET_GATEWAY, "::/0")],
          }),
        );
      },
      "has IPv6 only",
    ],
    [
      "addresses behind a unique local block only",
      "fail",
      (world) =>
        world.hostIn(world.subnet(world.vpc(), { routes: [world.route(elsewhere(), "fd00::/8")] }), {
          ipv6Address: known(true),
        }),
      NO_ROUTE,
    ],
  ]);
});

describe("a VPC that the program does not describe", () => {
  testVerdicts([
    [
      "a subnet from a parameter",
      "unknown",
      (world) => world.hostIn(FROM_PARAMETER),
      "the subnet of instance Server is not known: it comes from parameter Target",
    ],
    ["no subnet", "unknown", (world) => world.hostIn(absent())],
    [
      "places that are not known",
      "unknown",
      (world) => world.host(unknown("it stands in the account's default VPC")),
      "default VPC",
    ],
    ["no places", "unknown", (world) => world.host([])],
    [
      "a declared subnet without a way out in a VPC from a parameter, which may have endpoints",
      "unknown",
      (world) => world.hostIn(world.subnet(FROM_PARAMETER, { routes: [] })),
      "the endpoints of the VPC of subnet App are not known",
    ],
    [
      "a declared subnet with a way out in a VPC from a parameter",
      "pass",
      (world) =>
        world.hostIn(world.subnet(FROM_PARAMETER, { routes: [world.throughInternetGateway()] }), {
          publicAddress: known(true),
        }),
    ],
    [
      "an isolated subnet in the account's default VPC",
      "unknown",
      (world) => world.hostIn(world.subnet(world.vpc({ type: "SsmPreflight::DefaultVpc" }), { routes: [] })),
      "it exists outside of this program",
    ],
    [
      "the account's default VPC with endpoints that carry no names",
      "unknown",
      (world) => {
        const vpc = world.vpc({ type: "SsmPreflight::DefaultVpc" });
        const subnet = world.subnet(vpc);
        world.bothEndpoints(vpc, [subnet], { privateDnsEnabled: known(false) });
        return world.hostIn(subnet);
      },
      "the route table of subnet App is not known",
    ],
    [
      "the main route table of the account's default VPC",
      "unknown",
      (world) =>
        world.hostIn(world.subnet(world.vpc({ type: "SsmPreflight::DefaultVpc" })), { publicAddress: known(true) }),
      "it exists outside of this program",
    ],
  ]);
});

describe("security groups on the way out", () => {
  const withGroups = (world: World, groups: Parameters<World["hostIn"]>[1]) => {
    const vpc = world.vpc();
    return world.hostIn(world.subnet(vpc, { routes: [world.throughNat(world.publicSubnet(vpc))] }), groups);
  };
  testVerdicts([
    [
      "a group that lets nothing out",
      "fail",
      (world) => withGroups(world, { groups: [world.group({ egress: [] })] }),
      NO_ROUTE,
    ],
    [
      "a group that lets out 443 to everywhere",
      "pass",
      (world) => withGroups(world, { groups: [world.group({ egress: [https(cidr("0.0.0.0/0"))] })] }),
    ],
    [
      "a closed group beside an open one",
      "pass",
      (world) => withGroups(world, { groups: [world.group({ egress: [] }), world.group({ name: "Open" })] }),
    ],
    [
      "a closed group beside one out of sight",
      "unknown",
      (world) => withGroups(world, { groups: [world.group({ egress: [] }), FROM_PARAMETER] }),
    ],
    [
      "groups that are not known",
      "unknown",
      (world) => withGroups(world, { groups: FROM_PARAMETER }),
      "the security groups of the host are not known",
    ],
    [
      "no groups: the VPC's default group lets everything out",
      "pass",
      (world) => withGroups(world, { groups: absent() }),
    ],
    ["an empty list of groups", "pass", (world) => withGroups(world, { groups: [] })],
    [
      "a group that lets out to another group only",
      "fail",
      (world) =>
        withGroups(world, { groups: [world.group({ egress: [https(members(world.group({ name: "Db" })))] })] }),
      NO_ROUTE,
    ],
  ]);
});
