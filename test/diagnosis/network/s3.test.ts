import { networkDiagnosis } from "../../../core/diagnosis/network/network";
import { bucketUse } from "../../../core/diagnosis/network/use";
import { absent, byDefault, known, unknown } from "../../../core/facts/fact";
import type { Host } from "../../../core/infrastructure/model";
import { elsewhere, https, prefixList, World } from "../../support/network";

const UPDATES = bucketUse(({ region }) => ["amazon-ssm-", region]);
const hidden = unknown("it comes from parameter Choice");
type EndpointOptions = NonNullable<Parameters<World["endpoint"]>[3]>;

const gateway: EndpointOptions = {
  type: byDefault("Gateway"),
  privateDnsEnabled: byDefault(false),
  subnets: absent(),
  securityGroups: absent(),
};

function onOwnTable(world: World, options: EndpointOptions = {}, place: Parameters<World["hostIn"]>[1] = {}) {
  const vpc = world.vpc();
  const subnet = world.subnet(vpc, { routes: [] });
  const routeTables = subnet.routeTable.state === "known" ? known([subnet.routeTable]) : absent();
  world.endpoint(vpc, "s3", [], { ...gateway, routeTables, ...options });
  return world.hostIn(subnet, place);
}

function behindNat(world: World, options?: EndpointOptions) {
  const vpc = world.vpc();
  const subnet = world.subnet(vpc, { routes: [world.throughNat(world.publicSubnet(vpc))] });
  if (options !== undefined) {
    const routeTables = subnet.routeTable.state === "known" ? known([subnet.routeTable]) : absent();
    world.endpoint(vpc, "s3", [], { ...gateway, routeTables, ...options });
  }
  return world.hostIn(subnet);
}

const narrow = { Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::logs/*" }] };

test.each<readonly [string, "pass" | "fail" | "unknown", (world: World) => Host]>([
  ["a gateway endpoint on the subnet's route table", "pass", (world) => onOwnTable(world)],
  [
    "a gateway endpoint with full access written out",
    "pass",
    (world) =>
      onOwnTable(world, { policy: { Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }] } }),
  ],
  ["a gateway endpoint for other buckets", "fail", (world) => onOwnTable(world, { policy: narrow })],
  ["a gateway endpoint that allows nothing", "fail", (world) => onOwnTable(world, { policy: { Statement: [] } })],
  [
    "a gateway endpoint and a group that lets nothing out",
    "fail",
    (world) => onOwnTable(world, {}, { groups: [world.group({ egress: [] })] }),
  ],
  [
    "a gateway endpoint and a group that lets out to a prefix list",
    "unknown",
    (world) => onOwnTable(world, {}, { groups: [world.group({ egress: [https(prefixList())] })] }),
  ],
  [
    "a gateway endpoint on another route table",
    "fail",
    (world) => onOwnTable(world, { routeTables: known([known(world.routeTable([]))]) }),
  ],
  ["a gateway endpoint on no route table", "fail", (world) => onOwnTable(world, { routeTables: absent() })],
  [
    "a gateway endpoint on route tables that are not known",
    "unknown",
    (world) => onOwnTable(world, { routeTables: hidden }),
  ],
  [
    "a gateway endpoint with one route table that is not known",
    "unknown",
    (world) => onOwnTable(world, { routeTables: known([hidden]) }),
  ],
  [
    "a gateway endpoint of another region",
    "fail",
    (world) => onOwnTable(world, { serviceName: "com.amazonaws.us-east-1.s3" }),
  ],
  [
    "a gateway endpoint for DynamoDB",
    "fail",
    (world) => onOwnTable(world, { serviceName: "com.amazonaws.eu-west-1.dynamodb" }),
  ],
  [
    "a gateway endpoint of a service that is not known",
    "unknown",
    (world) => onOwnTable(world, { serviceName: hidden }),
  ],
  [
    "an interface endpoint with private DNS",
    "unknown",
    (world) => onOwnTable(world, { type: known("Interface"), privateDnsEnabled: known(true) }),
  ],
  ["an interface endpoint without private DNS", "fail", (world) => onOwnTable(world, { type: known("Interface") })],
  ["an endpoint of a type that is not known", "unknown", (world) => onOwnTable(world, { type: hidden })],
  ["nothing in an isolated subnet", "fail", (world) => world.hostIn(world.subnet(world.vpc(), { routes: [] }))],
  ["a NAT gateway", "pass", (world) => behindNat(world)],
  ["a NAT gateway beside a gateway endpoint", "pass", (world) => behindNat(world, {})],
  [
    "a NAT gateway beside a gateway endpoint for other buckets, which then carries all",
    "fail",
    (world) => behindNat(world, { policy: narrow }),
  ],
  [
    "a transit gateway",
    "unknown",
    (world) => world.hostIn(world.subnet(world.vpc(), { routes: [world.route(elsewhere())] })),
  ],
  [
    "an isolated subnet of a VPC that is not known",
    "unknown",
    (world) => world.hostIn(world.subnet(hidden, { routes: [] })),
  ],
  [
    "a subnet with a way out of a VPC that is not known",
    "pass",
    (world) =>
      world.hostIn(world.subnet(hidden, { routes: [world.throughInternetGateway()] }), { publicAddress: known(true) }),
  ],
  ["a subnet that is not known", "unknown", (world) => world.hostIn(hidden)],
  [
    "an isolated subnet of the account's default VPC",
    "unknown",
    (world) => world.hostIn(world.subnet(world.vpc({ type: "SsmPreflight::DefaultVpc" }), { routes: [] })),
  ],
])("S3 over %s: %s", (_, status, build) => {
  const world = new World();
  const host = build(world);
  expect(networkDiagnosis(world.infrastructure).reaches(host, UPDATES).status).toBe(status);
});

test("the reason of a failure says what is missing", () => {
  const world = new World();
  const host = world.hostIn(world.subnet(world.vpc(), { routes: [] }));
  expect(networkDiagnosis(world.infrastructure).reaches(host, UPDATES).reason).toBe(
    "route table AppRoutes (subnet App) has no default route, and VPC Main has no S3 endpoint for this subnet",
  );
});
