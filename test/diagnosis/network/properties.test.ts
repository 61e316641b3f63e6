import fc from "fast-check";
import { mostSpecific, PUBLIC_IPV4, parseCidr } from "../../../core/diagnosis/network/cidr";
import { networkDiagnosis } from "../../../core/diagnosis/network/network";
import { problemsOf } from "../../../core/diagnosis/verdict";
import { absent, known, unknown } from "../../../core/facts/fact";
import type { Subnet, Vpc } from "../../../core/infrastructure/model";
import { cidr, EGRESS_ONLY, elsewhere, https, type RouteSpec, World } from "../../support/network";

const situations = fc.record({
  way: fc.constantFrom("none", "nat", "brokenNat", "internetGateway", "elsewhere", "parameter", "half", "privateBlock"),
  publicAddress: fc.constantFrom(known(true), known(false), absent(), unknown("it comes from a parameter")),
  hostEgress: fc.constantFrom("all", "vpc", "none", "parameter"),
  mainAcl: fc.constantFrom("absent", "open", "closed"),
  endpoints: fc.array(
    fc.record({
      service: fc.constantFrom("ssm", "ssmmessages", "ec2messages", "s3"),
      hasPrivateDns: fc.constantFrom(known(true), known(false), unknown("it comes from a parameter")),
      ingress: fc.constantFrom("vpc", "none", "parameter"),
      type: fc.constantFrom(known("Interface" as const), known("Gateway" as const)),
    }),
    { maxLength: 4 },
  ),
});

type Situation = typeof situations extends fc.Arbitrary<infer T> ? T : never;

/** What a test changes after the situation is built. */
interface Change {
  readonly addedRoutes?: (world: World, vpc: Vpc) => readonly RouteSpec[];
  readonly addedEndpoints?: (world: World, vpc: Vpc, subnet: Subnet) => void;
  readonly rename?: (name: string) => string;
}

function verdictOf(situation: Situation, { addedRoutes, addedEndpoints, rename }: Change = {}) {
  const world = new World(known("eu-west-1"), rename);
  const vpc = world.vpc();
  const routes = [...routesOf(situation, world, vpc), ...(addedRoutes?.(world, vpc) ?? [])];
  const subnet = world.subnet(vpc, { routes, networkAcl: aclOf(situation, world) });
  for (const { service, hasPrivateDns, ingress, type } of situation.endpoints) {
    const rules = { vpc: [https(cidr("10.0.0.0/16"))], none: [], parameter: [unknown("it comes from a parameter")] };
    const group = world.group({ name: `${service}Group`, ingress: rules[ingress] });
    const securityGroups = known([known(group)]);
    world.endpoint(vpc, service, [subnet], { privateDnsEnabled: hasPrivateDns, type, securityGroups });
  }
  addedEndpoints?.(world, vpc, subnet);
  const egress = {
    all: [https(cidr("0.0.0.0/0"))],
    vpc: [https(cidr("10.0.0.0/16"))],
    none: [],
    parameter: [unknown("it comes from a parameter")],
  };
  const groups = [world.group({ egress: egress[situation.hostEgress] })];
  const host = world.hostIn(subnet, { groups, publicAddress: situation.publicAddress });
  return networkDiagnosis(world.infrastructure).host(host);
}

function routesOf({ way }: Situation, world: World, vpc: Vpc): readonly RouteSpec[] {
  switch (way) {
    case "none":
      return [];
    case "nat":
      return [world.throughNat(world.publicSubnet(vpc))];
    case "brokenNat":
      return [world.throughNat(world.subnet(vpc, { name: "Shut", routes: [] }))];
    case "internetGateway":
      return [world.throughInternetGateway()];
    case "elsewhere":
      return [world.route(elsewhere())];
    case "parameter":
      return [world.route(unknown("it comes from a parameter"))];
    case "half":
      return [world.route(EGRESS_ONLY, "128.0.0.0/1")];
    case "privateBlock":
      return [world.route(elsewhere(), "192.168.0.0/16")];
  }
}

function aclOf({ mainAcl }: Situation, world: World) {
  if (mainAcl === "absent") return absent();
  const open = [true, false].map((egress) => ({ number: 100, egress, protocol: "-1" }));
  return world.networkAcl(mainAcl === "open" ? open : []);
}

const RANK = { fail: 0, unknown: 1, pass: 2 } as const;

/** A pass stays a pass, and what was not certain to fail does not fail. */
function expectNotWorse(before: ReturnType<typeof verdictOf>, after: ReturnType<typeof verdictOf>): void {
  expect(RANK[after.status]).toBeGreaterThanOrEqual(RANK[before.status]);
}

test("a further default route through a working NAT gateway breaks nothing", () => {
  fc.assert(
    fc.property(situations, (situation) => {
      fc.pre(["none", "privateBlock"].includes(situation.way));
      const addedRoutes = (world: World, vpc: Vpc) => [world.throughNat(world.publicSubnet(vpc, { name: "Added" }))];
      expectNotWorse(verdictOf(situation), verdictOf(situation, { addedRoutes }));
    }),
    { numRuns: 120 },
  );
});

test("a route for a private block breaks nothing", () => {
  fc.assert(
    fc.property(situations, (situation) => {
      const addedRoutes = (world: World) => [world.route(elsewhere(), "172.16.0.0/12")];
      expectNotWorse(verdictOf(situation), verdictOf(situation, { addedRoutes }));
    }),
    { numRuns: 120 },
  );
});

test("working endpoints for both services break nothing for a host that may send to its VPC", () => {
  fc.assert(
    fc.property(situations, (situation) => {
      fc.pre(situation.hostEgress !== "none");
      const addedEndpoints = (world: World, vpc: Vpc, subnet: Subnet) => {
        world.bothEndpoints(vpc, [subnet], { name: "Added" });
      };
      expectNotWorse(verdictOf(situation), verdictOf(situation, { addedEndpoints }));
    }),
    { numRuns: 120 },
  );
});

test("an endpoint for another service changes nothing", () => {
  fc.assert(
    fc.property(situations, (situation) => {
      const addedEndpoints = (world: World, vpc: Vpc, subnet: Subnet) => {
        world.endpoint(vpc, "ssm-contacts", [subnet], { securityGroups: known([]) });
      };
      const { status, chain } = verdictOf(situation);
      expect(verdictOf(situation, { addedEndpoints })).toMatchObject({
        status,
        chain: chain.map(({ text }) => ({ text })),
      });
    }),
    { numRuns: 80 },
  );
});

test("a host that may send nothing never passes", () => {
  fc.assert(
    fc.property(situations, (situation) => {
      expect(verdictOf({ ...situation, hostEgress: "none" }).status).not.toBe("pass");
    }),
    { numRuns: 80 },
  );
});

test("names decide nothing", () => {
  const rename = (name: string) => `ssmmessages.${[...name].reverse().join("")}.0.0.0.0/0`;
  fc.assert(
    fc.property(situations, (situation) => {
      const before = verdictOf(situation);
      const after = verdictOf(situation, { rename });
      expect(after.status).toBe(before.status);
      expect(problemsOf(after).map(({ kind }) => kind)).toEqual(problemsOf(before).map(({ kind }) => kind));
      expect(after.chain.map(({ status }) => status)).toEqual(before.chain.map(({ status }) => status));
    }),
    { numRuns: 120 },
  );
});

test("every verdict has a reason, and every failure a problem with the same words", () => {
  fc.assert(
    fc.property(situations, (situation) => {
      const verdict = verdictOf(situation);
      expect(verdict.reason).not.toBe("");
      if (verdict.status !== "fail") return;
      expect(verdict.problems.length).toBeGreaterThan(0);
      for (const { why } of verdict.problems) expect(verdict.reason).toContain(why);
    }),
    { numRuns: 80 },
  );
});

describe("the choice of routes", () => {
  const blocks = fc
    .tuple(fc.nat({ max: 0xffffffff }), fc.integer({ min: 0, max: 32 }))
    .map(([address, prefix]) => `${[24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".")}/${prefix}`);

  test("holds for every single address what the longest prefix says", () => {
    fc.assert(
      fc.property(fc.uniqueArray(blocks, { maxLength: 8 }), fc.nat({ max: 0xffffffff }), (texts, address) => {
        const routes = texts.flatMap((text) => parseCidr(text) ?? []);
        const holds = ({ first, last }: { first: bigint; last: bigint }) =>
          first <= BigInt(address) && BigInt(address) <= last;
        fc.pre(PUBLIC_IPV4.some(holds));
        const longest = Math.max(...routes.filter(holds).map(({ prefix }) => prefix));
        const chosen = mostSpecific(routes, (route) => route, PUBLIC_IPV4);
        const deciding = chosen.filter((route) => (route === undefined ? longest === -Infinity : holds(route)));
        expect(deciding.some((route) => route === undefined || route.prefix === longest)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
