import { diagnoseNetwork } from "../../../core/diagnosis/network/network";
import { absent, byDefault, type Fact, known, unknown } from "../../../core/facts/fact";
import type { Endpoint, Host, Subnet, Vpc } from "../../../core/infrastructure/model";
import { list, literal, type Value } from "../../../core/program/value";
import { all, cidr, elsewhere, https, members, prefixList, tcp, type World } from "../../support/network";
import { testVerdicts } from "../../support/network-verdicts";
import { hostOf, infrastructureOf } from "../../support/templates";

const NO_ROUTE = "no-route-to-session-manager";
const MISSING = "endpoint-missing";
const UNREACHABLE = "endpoint-unreachable";
const FROM_PARAMETER = unknown("it comes from parameter Choice");

type EndpointOptions = Parameters<World["endpoint"]>[3];
type PlaceOptions = Parameters<World["hostIn"]>[1];

interface Scene {
  readonly world: World;
  readonly vpc: Vpc;
  readonly subnet: Subnet;
}

/** A subnet that only endpoints can help. */
function isolated(world: World, vpcOptions: Parameters<World["vpc"]>[0] = {}): Scene {
  const vpc = world.vpc(vpcOptions);
  return { world, vpc, subnet: world.subnet(vpc, { routes: [] }) };
}

/** A subnet with a NAT gateway, so that endpoints can only do harm. */
function behindNat(world: World, vpcOptions: Parameters<World["vpc"]>[0] = {}): Scene {
  const vpc = world.vpc(vpcOptions);
  return { world, vpc, subnet: world.subnet(vpc, { routes: [world.throughNat(world.publicSubnet(vpc))] }) };
}

function withEndpoints({ world, vpc, subnet }: Scene, options: EndpointOptions = {}, place: PlaceOptions = {}): Host {
  world.bothEndpoints(vpc, [subnet], options);
  return world.hostIn(subnet, place);
}

const only = (scene: Scene, service: string, options: EndpointOptions = {}): Host => {
  scene.world.endpoint(scene.vpc, service, [scene.subnet], options);
  return scene.world.hostIn(scene.subnet);
};

describe("endpoints in an isolated subnet", () => {
  testVerdicts([
    [
      "both",
      "pass",
      (world) => withEndpoints(isolated(world)),
      "ssm over endpoint Endpointssm; ssmmessages over endpoint Endpointssmmessages",
    ],
    ["none", "fail", (world) => world.hostIn(isolated(world).subnet), NO_ROUTE],
    ["only ssm", "fail", (world) => only(isolated(world), "ssm"), MISSING],
    ["only ssmmessages", "fail", (world) => only(isolated(world), "ssmmessages"), MISSING],
    ["only ec2messages", "fail", (world) => only(isolated(world), "ec2messages"), NO_ROUTE],
    [
      "only ec2 and logs",
      "fail",
      (world) => {
        const scene = isolated(world);
        world.endpoint(scene.vpc, "ec2", [scene.subnet]);
        return only(scene, "logs");
      },
      NO_ROUTE,
    ],
    [
      "services whose names begin like it",
      "fail",
      (world) => {
        const scene = isolated(world);
        world.endpoint(scene.vpc, "ssm-contacts", [scene.subnet]);
        return only(scene, "ssm-incidents");
      },
      NO_ROUTE,
    ],
    [
      "in another VPC",
      "fail",
      (world) => {
        const scene = isolated(world);
        const other = world.vpc({ name: "Other" });
        world.bothEndpoints(other, [world.subnet(other, { name: "Far" })]);
        return world.hostIn(scene.subnet);
      },
      NO_ROUTE,
    ],
    [
      "in another subnet of the VPC",
      "pass",
      (world) => {
        const { vpc, subnet } = isolated(world);
        world.bothEndpoints(vpc, [world.subnet(vpc, { name: "Endpoints", cidrBlock: known("10.0.9.0/24") })]);
        return world.hostIn(subnet);
      },
    ],
    [
      "in a VPC that is not known",
      "unknown",
      (world) => {
        const { subnet } = isolated(world);
        world.endpoint(FROM_PARAMETER, "ssm", [subnet]);
        world.endpoint(FROM_PARAMETER, "ssmmessages", [subnet]);
        return world.hostIn(subnet);
      },
      "its VPC is not known",
    ],
    [
      "one for a service that is not known",
      "unknown",
      (world) => only(isolated(world), "any", { serviceName: FROM_PARAMETER }),
      "its service is not known",
    ],
  ]);
});

describe("service names of endpoints", () => {
  const named = (ssm: string | Fact<string>, ssmmessages: string | Fact<string>) => (world: World) => {
    const { vpc, subnet } = isolated(world);
    world.endpoint(vpc, "ssm", [subnet], { serviceName: ssm });
    world.endpoint(vpc, "ssmmessages", [subnet], { serviceName: ssmmessages });
    return world.hostIn(subnet);
  };
  const same = (pattern: (service: string) => string) => named(pattern("ssm"), pattern("ssmmessages"));
  testVerdicts([
    ["the template's own region", "pass", same((service) => `com.amazonaws.\${AWS::Region}.${service}`)],
    [
      "a region from a parameter",
      "pass",
      same((service) => `com.amazonaws.\${Region}.${service}`),
      "assuming ${Region} is the region of endpoint",
    ],
    ["the newer form", "pass", same((service) => `aws.api.eu-west-1.${service}`)],
    ["another region", "fail", same((service) => `com.amazonaws.us-east-1.${service}`), UNREACHABLE, UNREACHABLE],
    ["the short form, which AWS does not know", "fail", same((service) => service), NO_ROUTE],
    ["a service from a parameter", "unknown", same(() => "com.amazonaws.eu-west-1.${Service}")],
    ["a service that ends in a parameter", "unknown", same(() => "com.amazonaws.eu-west-1.ssm${Suffix}")],
    ["a name from a parameter", "unknown", same(() => "${Name}")],
    [
      "a customer's service in a region from a parameter",
      "fail",
      same(() => "com.amazonaws.vpce.${AWS::Region}.vpce-svc-1"),
      NO_ROUTE,
    ],
    ["the FIPS forms", "unknown", same((service) => `com.amazonaws.eu-west-1.${service}-fips`), "FIPS"],
    ["upside down, ssm twice", "fail", named("com.amazonaws.eu-west-1.ssm", "com.amazonaws.eu-west-1.ssm"), MISSING],
  ]);
});

describe("the type of an endpoint", () => {
  testVerdicts([
    [
      "Gateway, which is the default",
      "fail",
      (world) => withEndpoints(isolated(world), { type: byDefault("Gateway") }),
      UNREACHABLE,
      UNREACHABLE,
    ],
    [
      "absent, which means Gateway",
      "fail",
      (world) => withEndpoints(isolated(world), { type: absent() }),
      UNREACHABLE,
      UNREACHABLE,
    ],
    [
      "GatewayLoadBalancer",
      "fail",
      (world) => withEndpoints(isolated(world), { type: known("GatewayLoadBalancer") }),
      UNREACHABLE,
      UNREACHABLE,
    ],
    [
      "not known",
      "unknown",
      (world) => withEndpoints(isolated(world), { type: FROM_PARAMETER }),
      "the type of endpoint Endpointssm is not known",
    ],
    [
      "Gateway behind NAT, which the deployment fails on",
      "unknown",
      (world) => withEndpoints(behindNat(world), { type: byDefault("Gateway") }),
      "which the deployment may fail on",
    ],
  ]);
});

describe("subnets of an endpoint", () => {
  testVerdicts([
    [
      "an empty list",
      "fail",
      (world) => withEndpoints(isolated(world), { subnets: known([]) }),
      UNREACHABLE,
      UNREACHABLE,
    ],
    ["absent", "fail", (world) => withEndpoints(isolated(world), { subnets: absent() }), UNREACHABLE, UNREACHABLE],
    [
      "not known",
      "unknown",
      (world) => withEndpoints(isolated(world), { subnets: FROM_PARAMETER }),
      "the subnets of endpoint",
    ],
    [
      "one of two not known",
      "unknown",
      (world) => {
        const scene = isolated(world);
        return withEndpoints(scene, { subnets: known([known(scene.subnet), FROM_PARAMETER]) });
      },
    ],
    [
      "none, behind NAT",
      "unknown",
      (world) => withEndpoints(behindNat(world), { subnets: known([]) }),
      "so nothing answers for it",
    ],
    [
      "none and no private DNS, behind NAT",
      "pass",
      (world) => withEndpoints(behindNat(world), { subnets: absent(), privateDnsEnabled: absent() }),
    ],
    [
      "none and private DNS not known, behind NAT",
      "unknown",
      (world) => withEndpoints(behindNat(world), { subnets: absent(), privateDnsEnabled: FROM_PARAMETER }),
    ],
  ]);
});

describe("private DNS", () => {
  testVerdicts([
    [
      "off",
      "fail",
      (world) => withEndpoints(isolated(world), { privateDnsEnabled: known(false) }),
      UNREACHABLE,
      UNREACHABLE,
    ],
    [
      "off by default",
      "fail",
      (world) => withEndpoints(isolated(world), { privateDnsEnabled: byDefault(false) }),
      UNREACHABLE,
      UNREACHABLE,
    ],
    [
      "absent",
      "fail",
      (world) => withEndpoints(isolated(world), { privateDnsEnabled: absent() }),
      UNREACHABLE,
      UNREACHABLE,
    ],
    [
      "not known",
      "unknown",
      (world) => withEndpoints(isolated(world), { privateDnsEnabled: FROM_PARAMETER }),
      "whether endpoint Endpointssm has private DNS is not known",
    ],
    [
      "off, behind NAT: the route carries the traffic",
      "pass",
      (world) => withEndpoints(behindNat(world), { privateDnsEnabled: known(false) }),
      "NAT gateway",
    ],
    [
      "off, behind a firewall",
      "unknown",
      (world) => {
        const vpc = world.vpc();
        return withEndpoints(
          { world, vpc, subnet: world.subnet(vpc, { routes: [world.route(elsewhere("a firewall endpoint"))] }) },
          { privateDnsEnabled: known(false) },
        );
      },
      "a firewall endpoint",
    ],
    [
      "on, behind a transit gateway",
      "pass",
      (world) => {
        const vpc = world.vpc();
        return withEndpoints({ world, vpc, subnet: world.subnet(vpc, { routes: [world.route(elsewhere())] }) });
      },
    ],
    [
      "not known, behind NAT and usable",
      "pass",
      (world) => withEndpoints(behindNat(world), { privateDnsEnabled: FROM_PARAMETER }),
    ],
    [
      "not known, behind NAT and closed",
      "unknown",
      (world) =>
        withEndpoints(behindNat(world), {
          privateDnsEnabled: FROM_PARAMETER,
          securityGroups: known([known(world.group())]),
        }),
    ],
    [
      "not known, isolated and closed",
      "fail",
      (world) =>
        withEndpoints(isolated(world), {
          privateDnsEnabled: FROM_PARAMETER,
          securityGroups: known([known(world.group())]),
        }),
      UNREACHABLE,
    ],
    [
      "on for one endpoint of two for the same service",
      "pass",
      (world) => {
        const scene = isolated(world);
        world.endpoint(scene.vpc, "ssm", [scene.subnet], { name: "Spare", privateDnsEnabled: known(false) });
        return withEndpoints(scene);
      },
    ],
  ]);
});

describe("DNS attributes of the VPC", () => {
  testVerdicts([
    [
      "EnableDnsSupport off",
      "fail",
      (world) => withEndpoints(isolated(world, { enableDnsSupport: known(false) })),
      UNREACHABLE,
    ],
    [
      "EnableDnsHostnames off",
      "fail",
      (world) => withEndpoints(isolated(world, { enableDnsHostnames: known(false) })),
      UNREACHABLE,
    ],
    [
      "EnableDnsHostnames off by default",
      "fail",
      (world) => withEndpoints(isolated(world, { enableDnsHostnames: byDefault(false) })),
      UNREACHABLE,
    ],
    [
      "EnableDnsHostnames absent",
      "fail",
      (world) => withEndpoints(isolated(world, { enableDnsHostnames: absent() })),
      UNREACHABLE,
    ],
    ["EnableDnsSupport absent", "pass", (world) => withEndpoints(isolated(world, { enableDnsSupport: absent() }))],
    [
      "EnableDnsHostnames not known",
      "unknown",
      (world) => withEndpoints(isolated(world, { enableDnsHostnames: FROM_PARAMETER })),
      "EnableDnsHostnames of VPC Main",
    ],
    [
      "EnableDnsHostnames off behind NAT, which the deployment fails on",
      "unknown",
      (world) => withEndpoints(behindNat(world, { enableDnsHostnames: known(false) })),
      "which the deployment may fail on",
    ],
    [
      "EnableDnsHostnames off behind NAT without endpoints",
      "pass",
      (world) => world.hostIn(behindNat(world, { enableDnsHostnames: known(false) }).subnet),
    ],
    [
      "EnableDnsSupport off behind NAT without endpoints",
      "unknown",
      (world) => world.hostIn(behindNat(world, { enableDnsSupport: known(false) }).subnet),
      "EnableDnsSupport of VPC Main is off",
    ],
    [
      "EnableDnsHostnames off with private DNS off: two causes of their own",
      "fail",
      (world) =>
        withEndpoints(isolated(world, { enableDnsHostnames: known(false) }), { privateDnsEnabled: known(false) }),
      UNREACHABLE,
      UNREACHABLE,
    ],
  ]);
});

describe("names that are answered in another way", () => {
  const zones = (...names: readonly (string | Fact<string>)[]) => ({
    privateHostedZones: names.map((name) => (typeof name === "string" ? known(name) : name)),
  });
  const resolver = (world: World, type: string, property: string, target: Readonly<Record<string, Value>>) => {
    const aim = world.declare("Aim", "Target", target);
    const reference = { kind: "unknown", reason: "it is made at deployment", refersTo: [{ id: aim.id }] } as const;
    return { customNameResolution: [world.declare("Association", type, { [property]: reference })] };
  };
  const forwarding = (world: World, domain: string) =>
    resolver(world, "AWS::Route53Resolver::ResolverRuleAssociation", "ResolverRuleId", {
      DomainName: literal(domain),
      RuleType: literal("FORWARD"),
    });
  const dhcp = (world: World, server: string) =>
    resolver(world, "AWS::EC2::VPCDHCPOptionsAssociation", "DhcpOptionsId", {
      DomainNameServers: list([literal(server)]),
    });
  const off = { privateDnsEnabled: known(false) };
  testVerdicts([
    [
      "a hosted zone instead of private DNS",
      "unknown",
      (world) =>
        withEndpoints(
          isolated(world, zones("ssm.eu-west-1.amazonaws.com", "ssmmessages.eu-west-1.amazonaws.com.")),
          off,
        ),
      "private hosted zone",
    ],
    [
      "a hosted zone for the parent domain",
      "unknown",
      (world) => withEndpoints(isolated(world, zones("eu-west-1.amazonaws.com")), off),
    ],
    [
      "a hosted zone with the region as a hole",
      "unknown",
      (world) =>
        withEndpoints(
          isolated(world, zones("ssm.${AWS::Region}.amazonaws.com", "ssmmessages.${AWS::Region}.amazonaws.com")),
          off,
        ),
    ],
    [
      "a hosted zone for one service only",
      "fail",
      (world) => withEndpoints(isolated(world, zones("ssm.eu-west-1.amazonaws.com")), off),
      UNREACHABLE,
    ],
    [
      "a hosted zone for another region",
      "fail",
      (world) =>
        withEndpoints(
          isolated(world, zones("ssm.us-east-1.amazonaws.com", "ssmmessages.us-east-1.amazonaws.com")),
          off,
        ),
      UNREACHABLE,
      UNREACHABLE,
    ],
    [
      "a hosted zone of the company",
      "fail",
      (world) => withEndpoints(isolated(world, zones("corp.example.com", "${Env}.internal")), off),
      UNREACHABLE,
      UNREACHABLE,
    ],
    [
      "a hosted zone whose name is not known",
      "fail",
      (world) => withEndpoints(isolated(world, zones(FROM_PARAMETER)), off),
      UNREACHABLE,
      UNREACHABLE,
    ],
    [
      "a hosted zone without any endpoint or route",
      "fail",
      (world) => world.hostIn(isolated(world, zones("ssm.eu-west-1.amazonaws.com")).subnet),
      NO_ROUTE,
    ],
    [
      "a hosted zone behind NAT, which may point anywhere",
      "unknown",
      (world) => world.hostIn(behindNat(world, zones("ssm.eu-west-1.amazonaws.com")).subnet),
      "answers for ssm",
    ],
    [
      "a hosted zone of the company behind NAT",
      "pass",
      (world) => world.hostIn(behindNat(world, zones("corp.example.com")).subnet),
    ],
    [
      "a resolver rule for AWS names before private DNS",
      "unknown",
      (world) => withEndpoints(isolated(world, forwarding(world, "amazonaws.com"))),
      "may answer names before the private DNS",
    ],
    ["a resolver rule for everything", "unknown", (world) => withEndpoints(isolated(world, forwarding(world, ".")))],
    [
      "a resolver rule for the company",
      "pass",
      (world) => withEndpoints(isolated(world, forwarding(world, "corp.example.com"))),
    ],
    [
      "a resolver rule that leaves AWS names to Amazon",
      "pass",
      (world) => {
        const target = { DomainName: literal("amazonaws.com"), RuleType: literal("SYSTEM") };
        const type = "AWS::Route53Resolver::ResolverRuleAssociation";
        return withEndpoints(isolated(world, resolver(world, type, "ResolverRuleId", target)));
      },
    ],
    ["name servers of the company", "unknown", (world) => withEndpoints(isolated(world, dhcp(world, "10.0.0.53")))],
    [
      "name servers of the company behind NAT",
      "pass",
      (world) => world.hostIn(behindNat(world, dhcp(world, "10.0.0.53")).subnet),
    ],
    [
      "Amazon's name server in DHCP options",
      "pass",
      (world) => withEndpoints(isolated(world, dhcp(world, "AmazonProvidedDNS"))),
    ],
    [
      "DHCP options outside of the program",
      "unknown",
      (world) =>
        withEndpoints(
          isolated(world, {
            customNameResolution: [
              world.declare("Options", "AWS::EC2::VPCDHCPOptionsAssociation", { DhcpOptionsId: literal("dopt-1") }),
            ],
          }),
        ),
      "points outside of this program",
    ],
  ]);
});

describe("the security group of an endpoint", () => {
  const guarded = (scene: Scene, groups: Endpoint["securityGroups"], place: PlaceOptions = {}) =>
    withEndpoints(scene, { securityGroups: groups }, place);
  const one = (world: World, ...ingress: Parameters<typeof https>[0][]) =>
    known([known(world.group({ name: "EndpointGroup", ingress: ingress.map(https) }))]);
  testVerdicts([
    ["open to the VPC", "pass", (world) => guarded(isolated(world), one(world, cidr("10.0.0.0/16")))],
    ["open to the host's subnet", "pass", (world) => guarded(isolated(world), one(world, cidr("10.0.1.0/24")))],
    [
      "open to another subnet",
      "fail",
      (world) => guarded(isolated(world), one(world, cidr("10.0.2.0/24"))),
      UNREACHABLE,
    ],
    ["open to nobody", "fail", (world) => guarded(isolated(world), one(world)), UNREACHABLE],
    [
      "open on 80 only",
      "fail",
      (world) => guarded(isolated(world), known([known(world.group({ ingress: [tcp(80, 80, cidr("0.0.0.0/0"))] }))])),
      UNREACHABLE,
    ],
    ["open to a prefix list", "unknown", (world) => guarded(isolated(world), one(world, prefixList()))],
    ["open to something from a parameter", "unknown", (world) => guarded(isolated(world), one(world, FROM_PARAMETER))],
    ["not known", "unknown", (world) => guarded(isolated(world), FROM_PARAMETER), "the security groups of endpoint"],
    [
      "out of sight beside a closed one",
      "unknown",
      (world) => guarded(isolated(world), known([known(world.group()), FROM_PARAMETER])),
    ],
    [
      "open to the host's group",
      "pass",
      (world) => {
        const own = world.group({ name: "HostGroup" });
        return guarded(isolated(world), one(world, members(own)), { groups: [own] });
      },
    ],
    [
      "open to itself and shared with the host",
      "pass",
      (world) => {
        const shared = world.group({ name: "Shared", isOpenToItself: true });
        return guarded(isolated(world), known([known(shared)]), { groups: [shared] });
      },
    ],
    [
      "open to itself and not shared with the host",
      "fail",
      (world) => {
        const scene = isolated(world);
        return guarded(scene, known([known(scene.vpc.defaultSecurityGroup)]));
      },
      UNREACHABLE,
    ],
    ["the default group on both sides", "pass", (world) => guarded(isolated(world), absent(), { groups: absent() })],
    [
      "the default group of the endpoint, another of the host",
      "fail",
      (world) => guarded(isolated(world), absent()),
      UNREACHABLE,
    ],
    [
      "closed, behind NAT: private DNS leads to it all the same",
      "fail",
      (world) => guarded(behindNat(world), one(world)),
      UNREACHABLE,
    ],
    [
      "closed without private DNS, behind NAT",
      "pass",
      (world) => withEndpoints(behindNat(world), { privateDnsEnabled: known(false), securityGroups: one(world) }),
    ],
    ["in doubt, behind NAT", "unknown", (world) => guarded(behindNat(world), one(world, FROM_PARAMETER))],
    [
      "open, behind NAT",
      "pass",
      (world) => guarded(behindNat(world), one(world, cidr("10.0.0.0/16"))),
      "ssm over endpoint Endpointssm",
    ],
    [
      "closed on one endpoint of two behind NAT",
      "fail",
      (world) => {
        const scene = behindNat(world);
        world.endpoint(scene.vpc, "ssmmessages", [scene.subnet], { securityGroups: one(world) });
        return world.hostIn(scene.subnet);
      },
      UNREACHABLE,
    ],
    [
      "two closed groups, one for each endpoint",
      "fail",
      (world) => {
        const scene = isolated(world);
        for (const service of ["ssm", "ssmmessages"])
          world.endpoint(scene.vpc, service, [scene.subnet], {
            securityGroups: known([known(world.group({ name: `${service}Group` }))]),
          });
        return world.hostIn(scene.subnet);
      },
      UNREACHABLE,
      UNREACHABLE,
    ],
    [
      "a closed ssm endpoint and no ssmmessages endpoint",
      "fail",
      (world) => only(isolated(world), "ssm", { securityGroups: one(world) }),
      MISSING,
      UNREACHABLE,
    ],
    [
      "the host's subnet block from a parameter, the VPC's known",
      "pass",
      (world) => {
        const vpc = world.vpc();
        return guarded(
          { world, vpc, subnet: world.subnet(vpc, { routes: [], cidrBlock: FROM_PARAMETER }) },
          one(world, cidr("10.0.0.0/16")),
        );
      },
    ],
    [
      "the host's subnet block from a parameter, another block let in",
      "fail",
      (world) => {
        const vpc = world.vpc();
        return guarded(
          { world, vpc, subnet: world.subnet(vpc, { routes: [], cidrBlock: FROM_PARAMETER }) },
          one(world, cidr("192.168.0.0/16")),
        );
      },
      UNREACHABLE,
    ],
    [
      "all blocks from parameters",
      "unknown",
      (world) => {
        const vpc = world.vpc({ cidrBlocks: FROM_PARAMETER });
        return guarded(
          { world, vpc, subnet: world.subnet(vpc, { routes: [], cidrBlock: FROM_PARAMETER }) },
          one(world, cidr("10.0.0.0/16")),
        );
      },
    ],
    [
      "all blocks from parameters, everything let in",
      "pass",
      (world) => {
        const vpc = world.vpc({ cidrBlocks: FROM_PARAMETER });
        return guarded(
          { world, vpc, subnet: world.subnet(vpc, { routes: [], cidrBlock: FROM_PARAMETER }) },
          one(world, cidr("0.0.0.0/0")),
        );
      },
    ],
  ]);
});

describe("the security group of a host that depends on endpoints", () => {
  const closed = (world: World, ...egress: Parameters<typeof https>[0][]) => ({
    groups: [world.group({ name: "HostGroup", egress: egress.map(https) })],
  });
  testVerdicts([
    ["lets nothing out", "fail", (world) => withEndpoints(isolated(world), {}, closed(world)), UNREACHABLE],
    [
      "lets nothing out, behind NAT",
      "fail",
      (world) => withEndpoints(behindNat(world), {}, closed(world)),
      UNREACHABLE,
    ],
    ["lets out to the VPC", "pass", (world) => withEndpoints(isolated(world), {}, closed(world, cidr("10.0.0.0/16")))],
    [
      "lets out to the endpoint's group",
      "pass",
      (world) => {
        const group = world.group({ name: "EndpointGroup", ingress: [all(cidr("10.0.0.0/8"))] });
        return withEndpoints(isolated(world), { securityGroups: known([known(group)]) }, closed(world, members(group)));
      },
    ],
    [
      "lets out to another group",
      "fail",
      (world) => withEndpoints(isolated(world), {}, closed(world, members(world.group({ name: "Db" })))),
      UNREACHABLE,
    ],
    [
      "lets out to a prefix list",
      "unknown",
      (world) => withEndpoints(isolated(world), {}, closed(world, prefixList())),
    ],
    [
      "lets out to one of two subnets of the endpoint",
      "unknown",
      (world) => {
        const scene = isolated(world);
        const second = world.subnet(scene.vpc, { name: "Second", cidrBlock: known("10.0.2.0/24") });
        world.bothEndpoints(scene.vpc, [scene.subnet, second]);
        return world.hostIn(scene.subnet, closed(world, cidr("10.0.1.0/24")));
      },
    ],
    [
      "lets nothing out, no endpoints, behind NAT",
      "fail",
      (world) => world.hostIn(behindNat(world).subnet, closed(world)),
      NO_ROUTE,
    ],
  ]);
});

describe("network ACLs on the way to an endpoint", () => {
  const both = [
    { number: 100, egress: true, protocol: "-1" },
    { number: 100, egress: false, protocol: "-1" },
  ];
  const apart = (
    world: World,
    hostSide: Parameters<World["networkAcl"]>[0] | undefined,
    endpointSide: Parameters<World["networkAcl"]>[0] | undefined,
    others: readonly Subnet[] = [],
  ) => {
    const vpc = world.vpc();
    const subnet = world.subnet(vpc, {
      routes: [],
      networkAcl: hostSide === undefined ? absent() : world.networkAcl(hostSide, "HostAcl"),
    });
    const stand = world.subnet(vpc, {
      name: "Endpoints",
      cidrBlock: known("10.0.9.0/24"),
      networkAcl: endpointSide === undefined ? absent() : world.networkAcl(endpointSide, "EndpointAcl"),
    });
    world.bothEndpoints(vpc, [stand, ...others]);
    return world.hostIn(subnet);
  };
  testVerdicts([
    ["open on both sides", "pass", (world) => apart(world, both, both)],
    ["closed on the host's side", "fail", (world) => apart(world, [], undefined), UNREACHABLE],
    ["closed on the endpoint's side", "fail", (world) => apart(world, undefined, []), UNREACHABLE],
    [
      "the endpoint's side lets 443 in and no answers out",
      "fail",
      (world) => apart(world, undefined, [{ number: 1, egress: false, ports: [443, 443], cidr: "10.0.0.0/16" }]),
      UNREACHABLE,
    ],
    [
      "the endpoint's side lets 443 in and answers out",
      "pass",
      (world) =>
        apart(world, undefined, [
          { number: 1, egress: false, ports: [443, 443], cidr: "10.0.0.0/16" },
          { number: 1, egress: true, ports: [1024, 65535], cidr: "10.0.0.0/16" },
        ]),
    ],
    [
      "the host's side lets out to the internet and not to the VPC",
      "fail",
      (world) =>
        apart(
          world,
          [{ number: 1, egress: true, cidr: "10.0.0.0/8", allow: false, protocol: "-1" }, ...both],
          undefined,
        ),
      UNREACHABLE,
    ],
    [
      "an unknown entry on the endpoint's side",
      "unknown",
      (world) => apart(world, undefined, [FROM_PARAMETER, ...both]),
    ],
    [
      "an unknown network ACL on the host's side",
      "unknown",
      (world) => {
        const vpc = world.vpc();
        const subnet = world.subnet(vpc, { routes: [], networkAcl: FROM_PARAMETER });
        world.bothEndpoints(vpc, [world.subnet(vpc, { name: "Endpoints" })]);
        return world.hostIn(subnet);
      },
      "the network ACL of subnet App is not known",
    ],
    [
      "a closed network ACL around host and endpoint does not filter inside the subnet",
      "pass",
      (world) => {
        const vpc = world.vpc();
        const subnet = world.subnet(vpc, { routes: [], networkAcl: world.networkAcl([]) });
        return withEndpoints({ world, vpc, subnet });
      },
    ],
    [
      "closed in one of two subnets of the endpoint",
      "unknown",
      (world) => {
        const vpc = world.vpc();
        const near = world.subnet(vpc, { name: "Near", routes: [] });
        const far = world.subnet(vpc, { name: "Far", networkAcl: world.networkAcl([]) });
        world.bothEndpoints(vpc, [near, far]);
        return world.hostIn(near);
      },
      "in some of its subnets only",
    ],
    [
      "closed in the first of two subnets of the endpoint",
      "unknown",
      (world) => {
        const vpc = world.vpc();
        const closed = world.subnet(vpc, { name: "Closed", networkAcl: world.networkAcl([]) });
        const near = world.subnet(vpc, { name: "Near", routes: [] });
        world.bothEndpoints(vpc, [closed, near]);
        return world.hostIn(near);
      },
      "in some of its subnets only",
    ],
    [
      "closed in all subnets of the endpoint",
      "fail",
      (world) => {
        const vpc = world.vpc();
        const acl = world.networkAcl([]);
        const stands = ["A", "B"].map((name) => world.subnet(vpc, { name, networkAcl: acl }));
        world.bothEndpoints(vpc, stands);
        return world.hostIn(world.subnet(vpc, { routes: [] }));
      },
      UNREACHABLE,
    ],
  ]);
});

describe("the policy of an endpoint", () => {
  const statement = (changes: Readonly<Record<string, unknown>>) => ({
    Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*", ...changes }],
  });
  const under = (policy: unknown) => (world: World) => withEndpoints(isolated(world), { policy });
  testVerdicts([
    ["full access written out", "pass", under(statement({}))],
    ["ssm and ssmmessages", "pass", under(statement({ Action: ["ssm:*", "ssmmessages:*"], Principal: { AWS: "*" } }))],
    [
      "exactly what the agent calls",
      "pass",
      under(statement({ Action: ["ssm:UpdateInstanceInformation", "ssmmessages:Create*", "ssmmessages:Open*"] })),
    ],
    ["ssm only", "fail", under(statement({ Action: "ssm:*" })), UNREACHABLE],
    ["reading of parameters only", "fail", under(statement({ Action: "ssm:GetParameter*" })), UNREACHABLE, UNREACHABLE],
    [
      "everything but messages",
      "fail",
      under(statement({ Action: undefined, NotAction: "ssmmessages:*" })),
      UNREACHABLE,
    ],
    [
      "a deny beside full access",
      "fail",
      under({
        Statement: [
          { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" },
          { Effect: "Deny", Principal: "*", Action: "ssmmessages:OpenDataChannel", Resource: "*" },
        ],
      }),
      UNREACHABLE,
    ],
    ["no statement", "fail", under({ Statement: [] }), UNREACHABLE, UNREACHABLE],
    [
      "one role only",
      "unknown",
      under(statement({ Principal: { AWS: "arn:aws:iam::111122223333:role/Host" } })),
      "it names arn:aws:iam::111122223333:role/Host",
    ],
    [
      "instances only, which no channel is",
      "fail",
      under(statement({ Resource: "arn:aws:ec2:*:111122223333:instance/*" })),
      UNREACHABLE,
    ],
    [
      "a condition on the account",
      "unknown",
      under(statement({ Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } } })),
      "aws:PrincipalAccount",
    ],
    ["another account", "unknown", under(statement({ Principal: { AWS: "arn:aws:iam::111122223333:root" } }))],
    [
      "a deny for other accounts",
      "unknown",
      under({
        Statement: [
          { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" },
          {
            Effect: "Deny",
            Principal: "*",
            Action: "*",
            Resource: "*",
            Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } },
          },
        ],
      }),
    ],
    ["no JSON", "unknown", under("full access"), "not valid JSON"],
    ["no principal", "unknown", under(statement({ Principal: undefined }))],
    [
      "too narrow, behind NAT: private DNS leads to it all the same",
      "fail",
      (world) => withEndpoints(behindNat(world), { policy: statement({ Action: "s3:*" }) }),
      UNREACHABLE,
      UNREACHABLE,
    ],
  ]);
});

describe("the policy of an endpoint that speaks of the account", () => {
  const template = (principal: string, condition = "") => `
Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16, EnableDnsHostnames: true } }
Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24 } }
Group: { Type: AWS::EC2::SecurityGroup, Properties: { VpcId: !Ref Vpc, SecurityGroupIngress: [{ IpProtocol: -1, CidrIp: 10.0.0.0/16 }] } }
Web: { Type: AWS::EC2::Instance, Properties: { SubnetId: !Ref Subnet, SecurityGroupIds: [!Ref Group] } }
${["ssm", "ssmmessages"]
  .map(
    (service) => `${service}:
  Type: AWS::EC2::VPCEndpoint
  Properties:
    VpcId: !Ref Vpc
    ServiceName: !Sub com.amazonaws.\${AWS::Region}.${service}
    VpcEndpointType: Interface
    PrivateDnsEnabled: true
    SubnetIds: [!Ref Subnet]
    SecurityGroupIds: [!Ref Group]
    PolicyDocument: { Statement: [{ Effect: Allow, Principal: ${principal}, Action: "*", Resource: "*"${condition} }] }`,
  )
  .join("\n")}`;

  test.each([
    ["by its id", template("{ AWS: !Ref AWS::AccountId }"), "pass"],
    ["by its ARN", template("{ AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root' }"), "pass"],
    [
      "by its ARN in any partition",
      template("{ AWS: !Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' }"),
      "pass",
    ],
    [
      "in a condition",
      template("'*'", ", Condition: { StringEquals: { aws:PrincipalAccount: !Ref AWS::AccountId } }"),
      "pass",
    ],
    ["that may be another", template("{ AWS: '111122223333' }"), "unknown"],
    [
      "as a condition that is not its own",
      template("'*'", ", Condition: { StringEquals: { aws:PrincipalAccount: '1' } }"),
      "unknown",
    ],
    ["over secure transport only", template("'*'", ", Condition: { Bool: { aws:SecureTransport: 'true' } }"), "pass"],
    ["and a role of it", template("{ AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:role/web' }"), "unknown"],
  ])("%s", (_, resources, status) => {
    const infrastructure = infrastructureOf(resources);
    expect(diagnoseNetwork(hostOf(infrastructure, "Web"), infrastructure).status).toBe(status);
  });
});
