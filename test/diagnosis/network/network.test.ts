import { networkDiagnosis } from "../../../core/diagnosis/network/network";
import { problemsOf } from "../../../core/diagnosis/verdict";
import { absent, byDefault, known, unknown } from "../../../core/facts/fact";
import type { Host } from "../../../core/infrastructure/model";
import { cidr, elsewhere, https, members, type RuleSpec, tcp, World } from "../../support/network";
import { testVerdicts } from "../../support/network-verdicts";

const NO_ROUTE = "no-route-to-session-manager";
const MISSING = "endpoint-missing";
const UNREACHABLE = "endpoint-unreachable";
const FROM_PARAMETER = unknown("it comes from parameter SubnetId");

const judge = (world: World, host: Host) => networkDiagnosis(world.infrastructure).host(host);

function threeSubnets(world: World) {
  const vpc = world.vpc();
  return {
    vpc,
    open: world.subnet(vpc, { name: "Open", routes: [world.throughNat(world.publicSubnet(vpc))] }),
    isolated: world.subnet(vpc, { name: "Isolated", cidrBlock: known("10.0.2.0/24"), routes: [] }),
    doubtful: world.subnet(vpc, {
      name: "Doubtful",
      cidrBlock: known("10.0.3.0/24"),
      routes: [world.route(elsewhere())],
    }),
  };
}

const group = (world: World, ...names: readonly ("open" | "isolated" | "doubtful")[]) => {
  const subnets = threeSubnets(world);
  const placements = names.map((name) => world.placement(subnets[name]));
  return world.host(placements, { name: "Group", kind: "autoScalingGroup" });
};

describe("a host in a subnet that is not known", () => {
  const behind = (world: World, ...groups: readonly (readonly RuleSpec[])[]) =>
    world.host([
      world.placement(FROM_PARAMETER, {
        groups: groups.map((egress, position) => world.group({ name: `Group${position}`, egress })),
      }),
    ]);
  const SSH_ONLY = [tcp(22, 22, cidr("0.0.0.0/0"))];

  testVerdicts([
    ["its group lets nothing out", "fail", (world) => behind(world, []), NO_ROUTE],
    ["its group lets out other ports only", "fail", (world) => behind(world, SSH_ONLY), NO_ROUTE],
    ["both of its groups are shut", "fail", (world) => behind(world, [], SSH_ONLY), NO_ROUTE],
    [
      "one of its groups lets 443 out to some addresses",
      "unknown",
      (world) => behind(world, [], [https(cidr("10.0.0.0/8"))]),
    ],
    [
      "its group lets 443 out to a group",
      "unknown",
      (world) => behind(world, [https(members(world.group({ name: "Endpoint" })))]),
    ],
    ["its group has a rule that is not known", "unknown", (world) => behind(world, [unknown("its type is not known")])],
    ["no group is written", "unknown", (world) => world.host([world.placement(FROM_PARAMETER, { groups: [] })])],
  ]);

  test("the reason names the group", () => {
    const world = new World();
    expect(judge(world, behind(world, [])).reason).toBe(
      "in whatever subnet it is, the host cannot reach Session Manager: security group Group0 does not admit 443 outbound to anything",
    );
  });
});

describe("a host in a VPC whose endpoints are not known", () => {
  const outside = (world: World, egress: readonly RuleSpec[]) => {
    const subnet = world.subnet(world.vpc({ type: "SsmPreflight::DefaultVpc" }));
    return world.host([world.placement(subnet, { groups: [world.group({ egress })] })]);
  };

  testVerdicts([
    ["its group lets nothing out", "fail", (world) => outside(world, []), NO_ROUTE],
    [
      "its group lets out other ports only",
      "fail",
      (world) => outside(world, [tcp(5432, 5432, cidr("0.0.0.0/0"))]),
      NO_ROUTE,
    ],
    ["its group lets 443 out to some addresses", "unknown", (world) => outside(world, [https(cidr("10.0.0.0/8"))])],
  ]);
});

describe("a host that may stand in several subnets", () => {
  testVerdicts([
    ["all of them open", "pass", (world) => group(world, "open", "open")],
    ["one of them isolated", "fail", (world) => group(world, "open", "isolated"), NO_ROUTE],
    ["one isolated and one in doubt", "fail", (world) => group(world, "doubtful", "isolated"), NO_ROUTE],
    ["one of them in doubt", "unknown", (world) => group(world, "open", "doubtful"), "a transit gateway"],
    [
      "one of them not known",
      "unknown",
      (world) => world.host([world.placement(threeSubnets(world).open), world.placement(FROM_PARAMETER)]),
    ],
    [
      "one isolated and one not known",
      "fail",
      (world) => world.host([world.placement(FROM_PARAMETER), world.placement(threeSubnets(world).isolated)]),
      NO_ROUTE,
    ],
    [
      "two isolated: one problem",
      "fail",
      (world) => {
        const vpc = world.vpc();
        const places = ["A", "B"].map((name) => world.placement(world.subnet(vpc, { name, routes: [] })));
        return world.host(places);
      },
      NO_ROUTE,
    ],
    [
      "two without the same endpoint: one problem",
      "fail",
      (world) => {
        const vpc = world.vpc();
        const subnets = ["A", "B"].map((name) => world.subnet(vpc, { name, routes: [] }));
        world.endpoint(vpc, "ssm", subnets);
        return world.host(subnets.map((subnet) => world.placement(subnet)));
      },
      MISSING,
    ],
    [
      "one VPC without endpoints, one without ssmmessages",
      "fail",
      (world) => {
        const bare = world.subnet(world.vpc({ name: "Bare" }), { name: "A", routes: [] });
        const half = world.vpc({ name: "Half" });
        const subnet = world.subnet(half, { name: "B", routes: [] });
        world.endpoint(half, "ssm", [subnet]);
        return world.host([world.placement(bare), world.placement(subnet)]);
      },
      NO_ROUTE,
      MISSING,
    ],
    [
      "two that a closed endpoint serves: one problem",
      "fail",
      (world) => {
        const vpc = world.vpc();
        const subnets = ["A", "B"].map((name) => world.subnet(vpc, { name, routes: [] }));
        world.bothEndpoints(vpc, subnets, { securityGroups: known([known(world.group({ name: "Closed" }))]) });
        return world.host(subnets.map((subnet) => world.placement(subnet)));
      },
      UNREACHABLE,
    ],
  ]);

  test("the reason names every subnet that fails", () => {
    const world = new World();
    const vpc = world.vpc();
    const places = ["A", "B"].map((name) => world.placement(world.subnet(vpc, { name, routes: [] })));
    expect(judge(world, world.host(places)).reason).toBe(
      "in subnets A and B the host cannot reach Session Manager: route table ARoutes (subnet A) has no default route; " +
        "route table BRoutes (subnet B) has no default route, and VPC Main has no endpoint for ssm or ssmmessages",
    );
  });
});

describe("a launch template", () => {
  const template = (world: World, launches: readonly Host[], placements: Parameters<World["host"]>[0] = []) =>
    world.host(placements, { name: "Template", kind: "launchTemplate", launches });
  testVerdicts([
    [
      "that nothing launches from",
      "unknown",
      (world) => template(world, []),
      "where launch template Template stands in the network is not known",
    ],
    ["whose hosts are open", "pass", (world) => template(world, [group(world, "open")])],
    ["whose hosts are isolated", "fail", (world) => template(world, [group(world, "isolated")]), NO_ROUTE],
    ["whose hosts are in doubt", "unknown", (world) => template(world, [group(world, "doubtful")])],
    ["whose hosts differ", "unknown", (world) => template(world, [group(world, "open"), group(world, "isolated")])],
    [
      "with an isolated place of its own, and hosts that are open",
      "pass",
      (world) => template(world, [group(world, "open")], [world.placement(threeSubnets(world).isolated)]),
    ],
    [
      "with a place of its own and no hosts",
      "fail",
      (world) => template(world, [], [world.placement(threeSubnets(world).isolated)]),
      NO_ROUTE,
    ],
  ]);
});

describe("user data that changes the agent's way", () => {
  const isolated = (world: World, userData: string) =>
    world.hostIn(world.subnet(world.vpc(), { routes: [] }), { userData });
  const open = (world: World, userData: string) => world.hostIn(threeSubnets(world).open, { userData });
  testVerdicts([
    [
      "a proxy in an isolated subnet",
      "unknown",
      (world) => isolated(world, "export https_proxy=http://10.0.0.9:3128"),
      "may give the agent a proxy",
    ],
    ["a proxy in capitals", "unknown", (world) => isolated(world, "HTTP_PROXY=http://10.0.0.9:3128")],
    [
      "an agent configuration in an isolated subnet",
      "unknown",
      (world) => isolated(world, "cat > /etc/amazon/ssm/amazon-ssm-agent.json"),
      "endpoints of its own",
    ],
    [
      "an endpoint's own DNS name",
      "unknown",
      (world) => isolated(world, "ENDPOINT=vpce-0a1b.ssm.eu-west-1.vpce.amazonaws.com"),
    ],
    [
      "a script that installs the agent",
      "fail",
      (world) => isolated(world, "yum install -y amazon-ssm-agent"),
      NO_ROUTE,
    ],
    [
      "a proxy for a shell behind NAT",
      "pass",
      (world) => open(world, "export https_proxy=http://10.0.0.9:3128; curl example.com"),
    ],
    [
      "a proxy for the agent behind NAT",
      "unknown",
      (world) =>
        open(
          world,
          "echo https_proxy=http://10.0.0.9:3128 > /etc/systemd/system/amazon-ssm-agent.service.d/proxy.conf",
        ),
    ],
  ]);
});

describe("problems", () => {
  test("an isolated subnet is named, and so is what it lacks", () => {
    const world = new World();
    const subnet = world.subnet(world.vpc(), { routes: [] });
    expect(problemsOf(judge(world, world.hostIn(subnet)))).toEqual([
      {
        kind: NO_ROUTE,
        subnet,
        why:
          "in subnet App the host cannot reach Session Manager: route table AppRoutes (subnet App) has no default route, " +
          "and VPC Main has no endpoint for ssm or ssmmessages",
      },
    ]);
  });

  test("a missing endpoint names service, subnet and VPC", () => {
    const world = new World();
    const vpc = world.vpc();
    const subnet = world.subnet(vpc, { routes: [] });
    world.endpoint(vpc, "ssm", [subnet]);
    expect(problemsOf(judge(world, world.hostIn(subnet)))).toEqual([
      {
        kind: MISSING,
        service: "ssmmessages",
        subnet,
        vpc,
        why:
          "in subnet App the host depends on endpoints, as route table AppRoutes (subnet App) has no default route, " +
          "and VPC Main has none for ssmmessages",
      },
    ]);
  });

  test("an endpoint out of reach names the security group to change", () => {
    const world = new World();
    const vpc = world.vpc();
    const subnet = world.subnet(vpc, { routes: [] });
    const closed = world.group({ name: "EndpointGroup" });
    world.bothEndpoints(vpc, [subnet], { securityGroups: known([known(closed)]) });
    expect(problemsOf(judge(world, world.hostIn(subnet)))).toMatchObject([
      { kind: UNREACHABLE, service: "ssm", decidedBy: closed.declaration, property: "SecurityGroupIngress" },
    ]);
  });

  test("a closed host names its own security group", () => {
    const world = new World();
    const vpc = world.vpc();
    const subnet = world.subnet(vpc, { routes: [] });
    const closed = world.group({ name: "HostGroup", egress: [] });
    world.bothEndpoints(vpc, [subnet]);
    expect(problemsOf(judge(world, world.hostIn(subnet, { groups: [closed] })))).toMatchObject([
      { kind: UNREACHABLE, decidedBy: closed.declaration, property: "SecurityGroupEgress" },
    ]);
  });

  test.each([
    ["PrivateDnsEnabled", { privateDnsEnabled: byDefault(false) }],
    ["VpcEndpointType", { type: absent() }],
    ["SubnetIds", { subnets: known([]) }],
    ["ServiceName", { serviceName: "com.amazonaws.us-east-1.ssm" }],
    ["PolicyDocument", { policy: { Statement: [] } }],
  ])("%s of the endpoint is named", (property, options) => {
    const world = new World();
    const vpc = world.vpc();
    const subnet = world.subnet(vpc, { routes: [] });
    const endpoint = world.endpoint(vpc, "ssm", [subnet], options);
    world.endpoint(vpc, "ssmmessages", [subnet]);
    expect(problemsOf(judge(world, world.hostIn(subnet)))).toMatchObject([
      { kind: UNREACHABLE, service: "ssm", endpoint, decidedBy: endpoint.declaration, property },
    ]);
  });

  test("the DNS attribute of the VPC is named", () => {
    const world = new World();
    const vpc = world.vpc({ enableDnsHostnames: byDefault(false) });
    const subnet = world.subnet(vpc, { routes: [] });
    world.bothEndpoints(vpc, [subnet]);
    expect(problemsOf(judge(world, world.hostIn(subnet)))).toMatchObject([
      { kind: UNREACHABLE, decidedBy: vpc.declaration, property: "EnableDnsHostnames" },
    ]);
  });
});

describe("assumptions", () => {
  const region = ['parameter Region has its default "eu-west-1"'];

  test("a failure under a default says so", () => {
    const world = new World();
    const vpc = world.vpc();
    const routes = [
      world.route(elsewhere("the VPC itself"), known("10.0.0.0/16", ['parameter Cidr has its default "10.0.0.0/16"'])),
    ];
    const verdict = judge(world, world.hostIn(world.subnet(vpc, { routes })));
    expect(verdict).toMatchObject({ status: "fail", assuming: ['parameter Cidr has its default "10.0.0.0/16"'] });
    expect(verdict.reason).toContain('assuming parameter Cidr has its default "10.0.0.0/16"');
  });

  test("an endpoint's service name under a default says so", () => {
    const world = new World();
    const vpc = world.vpc();
    const subnet = world.subnet(vpc, { routes: [] });
    for (const service of ["ssm", "ssmmessages"]) {
      world.endpoint(vpc, service, [subnet], { serviceName: known(`com.amazonaws.eu-west-1.${service}`, region) });
    }
    expect(judge(world, world.hostIn(subnet))).toMatchObject({ status: "pass", assuming: region });
  });

  test("the default of a security group that is not needed is not mentioned", () => {
    const world = new World();
    const vpc = world.vpc();
    const subnet = world.subnet(vpc, { routes: [world.throughNat(world.publicSubnet(vpc))] });
    expect(judge(world, world.hostIn(subnet))).toMatchObject({ status: "pass", assuming: [] });
  });
});

describe("regions", () => {
  const inRegion = (region: ConstructorParameters<typeof World>[0], serviceRegion: string) => {
    const world = new World(region);
    const vpc = world.vpc();
    const subnet = world.subnet(vpc, { routes: [] });
    for (const service of ["ssm", "ssmmessages"]) {
      world.endpoint(vpc, service, [subnet], { serviceName: `com.amazonaws.${serviceRegion}.${service}` });
    }
    return judge(world, world.hostIn(subnet));
  };

  test.each([
    ["the host's own", known("eu-west-1"), "eu-west-1", "pass"],
    ["another", known("eu-west-1"), "eu-central-1", "fail"],
    ["written out, the host's not known", unknown("it is given at deployment"), "eu-west-1", "unknown"],
    ["the template's, the host's not known", unknown("it is given at deployment"), "${AWS::Region}", "pass"],
    ["in China", known("cn-north-1"), "cn-north-1", "pass"],
  ])("%s: %s in %s is %s", (_, region, serviceRegion, status) => {
    expect(inRegion(region, serviceRegion).status).toBe(status);
  });

  test("China's own prefix of service names", () => {
    const world = new World(known("cn-north-1"));
    const vpc = world.vpc();
    const subnet = world.subnet(vpc, { routes: [] });
    for (const service of ["ssm", "ssmmessages"]) {
      world.endpoint(vpc, service, [subnet], { serviceName: `cn.com.amazonaws.cn-north-1.${service}` });
    }
    expect(judge(world, world.hostIn(subnet)).status).toBe("pass");
  });
});

describe("the chain", () => {
  test("goes from the security group over the route table to the endpoint that is missing", () => {
    const world = new World();
    const verdict = judge(world, world.hostIn(world.subnet(world.vpc(), { routes: [] })));
    expect(verdict.chain.map(({ text, status }) => `${status}: ${text}`)).toEqual([
      "ok: security group Web admits 443 outbound to the internet",
      "broken: route table AppRoutes (subnet App) has no default route",
      "broken: VPC Main has no endpoint for ssm",
      "broken: VPC Main has no endpoint for ssmmessages",
    ]);
  });

  test("names every hop behind a NAT gateway", () => {
    const world = new World();
    const vpc = world.vpc();
    const subnet = world.subnet(vpc, { routes: [world.throughNat(world.publicSubnet(vpc))] });
    expect(judge(world, world.hostIn(subnet)).chain.map(({ text }) => text)).toEqual([
      "security group Web admits 443 outbound to the internet",
      expect.stringMatching(/^route table AppRoutes \(subnet App\) sends 0\.0\.0\.0\/0 to NAT gateway Nat\d+$/),
      "route table PublicRoutes (subnet Public) sends 0.0.0.0/0 to an internet gateway",
      expect.stringMatching(/^NAT gateway Nat\d+ has a public address$/),
    ]);
  });
});

test("hosts in the same position share one judgement, and others do not", () => {
  const world = new World();
  const vpc = world.vpc();
  const subnet = world.subnet(vpc, { routes: [world.throughInternetGateway()] });
  const shared = world.group();
  const hosts = [known(true), known(true), known(false)].map((publicAddress) =>
    world.hostIn(subnet, { publicAddress, groups: [shared] }),
  );
  const diagnosis = networkDiagnosis(world.infrastructure);
  expect(hosts.map((host) => diagnosis.host(host).status)).toEqual(["pass", "pass", "fail"]);
});
