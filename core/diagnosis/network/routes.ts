import { type Fact, isNot, union } from "../../facts/fact";
import { memoize } from "../../facts/lazy";
import type { Route, RouteTable, Subnet, Vpc } from "../../infrastructure/model";
import { shortName } from "../../program/names";
import { asBoolean, at } from "../../program/read";
import { type Answer, every, isNo, maybe, no, type Yes } from "./answer";
import { type Cidr, contains, mostSpecific, overlaps, PUBLIC_IPV4, parseCidr } from "./cidr";
import type { Origin } from "./hop";
import { isMinor, minorBlockAssumption } from "./minor-block";
import { followTarget } from "./route-target";
import { declared, isWhollyDeclared, whyMissing } from "./visibility";

/**
 * Whether packets from a subnet reach the public addresses of AWS services, over every hop that the program shows.
 * `passed` are the subnets on the way so far: a way that comes back to one of them leads nowhere.
 */
export function wayOut(origin: Origin, passed: readonly Subnet[] = []): Answer {
  const { subnet } = origin;
  const name = `subnet ${shortName(subnet.declaration)}`;
  if (passed.includes(subnet)) return no(`the way leads back to ${name}`, { declaration: subnet.declaration });
  const table = subnet.routeTable;
  if (table.state !== "known" || isAdopted(table.value, subnet.vpc)) {
    const reason = table.state === "unknown" ? table.reason : "it exists outside of this program";
    return maybe(
      `the route table of ${name} is not known: ${reason}`,
      declared(`the routes of ${name}`),
      subnet.declaration,
    );
  }
  const { routes } = table.value;
  const tableName = nameOf(table.value, name);
  if (routes.state !== "known") {
    const reason = whyMissing(routes, "they are out of sight");
    return maybe(
      `the routes of ${tableName} are not known: ${reason}`,
      declared(`the routes of ${name}`),
      table.value.declaration,
    );
  }
  const assuming = union(table.assuming, routes.assuming);
  const follow = passed.length === 0 ? wayBehind(subnet) : (next: Origin) => wayOut(next, [...passed, subnet]);
  const onward = ({ route, assuming: grounds }: BlockRoute) =>
    standingOn(grounds, followTarget(route, tableName, origin, follow));
  return standingOn(assuming, decide(sortRoutes(routes.value), { table: table.value, tableName, origin, onward }));
}

/** The hosts of a subnet leave it through the same devices. */
const wayBehind = memoize((subnet: Subnet) => memoize((device: Origin): Answer => wayOut(device, [subnet])));

interface Situation {
  readonly table: RouteTable;
  readonly tableName: string;
  readonly origin: Origin;
  readonly onward: (entry: BlockRoute) => Answer;
}

function decide(routes: SortedRoutes, situation: Situation): Answer {
  const { minor, main } = routes;
  const answers = main.map((entry) => (entry === undefined ? noDefault(situation) : situation.onward(entry)));
  const [first, ...others] = answers;
  if (first === undefined) return noDefault(situation);
  if (answers.every(isYes)) return withExceptions(every([first, ...others]), minor, routes.open, situation);
  if (answers.every(isNo)) return otherwise(every([first, ...others]), minor, routes, situation);
  const doubt = answers.find((answer) => answer.status === "maybe");
  if (doubt !== undefined) return doubt;
  return maybe(
    `${situation.tableName} leads only a part of the internet out`,
    "a default route",
    situation.table.declaration,
  );
}

const isYes = (answer: Answer): answer is Yes => answer.status === "yes";

function noDefault({ table, tableName }: Situation): Answer {
  return no(`${tableName} has no default route`, { declaration: table.declaration });
}

/** A proven way out stands, but for what smaller or unreadable routes may take away. */
function withExceptions(proven: Answer, minor: Deciding, open: readonly OpenRoute[], situation: Situation): Answer {
  const lost = minor.filter((entry) => entry !== undefined && situation.onward(entry).status !== "yes");
  const blocks = lost.flatMap((entry) => (entry === undefined ? [] : [minorBlockAssumption(entry.text)]));
  const doubtful = open.map((route) => `${route.what} does not carry the traffic to Session Manager`);
  return standingOn([...blocks, ...doubtful], proven);
}

/** No default route works; a route that cannot be read to its end may still do. */
function otherwise(refused: Answer, minor: Deciding, routes: SortedRoutes, situation: Situation): Answer {
  const { origin, onward } = situation;
  const [open] = routes.open;
  if (open !== undefined) {
    return maybe(
      `${open.what} may be a default route: ${open.reason}`,
      declared(`the destination of ${open.what}`),
      open.declaration,
    );
  }
  const partly = minor.find((entry) => entry !== undefined && onward(entry).status !== "no");
  if (partly !== undefined) {
    return maybe(`whether Session Manager has addresses in ${partly.text} is not known`, "a default route");
  }
  return beyond(routes, situation) ?? overIpv6(routes.ipv6, origin) ?? standingOn(destinationsOf(routes), refused);
}

/**
 * A private block behind a transit gateway, peering or VPN may hold central endpoints that a hosted zone outside of the
 * program points to. Source: whitepaper "Building a Scalable and Secure Multi-VPC AWS Network Infrastructure".
 */
function beyond(routes: SortedRoutes, { origin, onward }: Situation): Answer | undefined {
  const leading = routes.ipv4.find(({ route, block }) => !isLocal(block, origin.subnet) && leavesProgram(route));
  return leading === undefined ? undefined : onward(leading);
}

const destinationsOf = ({ ipv4 }: SortedRoutes): readonly string[] =>
  ipv4.map(({ assuming }) => assuming).reduce(union, []);

const leavesProgram = ({ target }: Route): boolean =>
  target.state === "unknown" || (target.state === "known" && target.value.kind === "elsewhere");

function isLocal(block: Cidr, subnet: Subnet): boolean {
  const own = subnet.vpc.state === "known" ? subnet.vpc.value.cidrBlocks : undefined;
  if (own?.state !== "known") return false;
  const blocks = own.value.flatMap((text) => (text.state === "known" ? (parseCidr(text.value) ?? []) : []));
  return blocks.some((candidate) => contains(candidate, block));
}

/** Global unicast addresses, and the prefix under which a NAT gateway translates to IPv4 (RFC 6052). */
const IPV6_WAYS_OUT = ["2000::/3", "64:ff9b::/96"].flatMap((text) => parseCidr(text) ?? []);

/** Release 3.3.3270.0 of amazon/amazon-ssm-agent brought the option; without it the agent asks for IPv4-only names. */
function overIpv6(routes: readonly BlockRoute[], origin: Origin): Answer | undefined {
  const leading = routes.find(({ block }) => IPV6_WAYS_OUT.some((way) => overlaps(way, block)));
  if (leading === undefined || isNot(hasIpv6Address(origin), true)) return undefined;
  return maybe(
    `only IPv6 leads ${origin.what} out, and the agent uses IPv4 unless its UseDualStackEndpoint option is on`,
    "whether the agent is 3.3.3270.0 or newer and has UseDualStackEndpoint on",
    leading.route.declaration,
  );
}

const hasIpv6Address = ({ ipv6Address, subnet }: Origin): Fact<boolean> =>
  ipv6Address.state === "absent"
    ? asBoolean(at(subnet.declaration.properties, "AssignIpv6AddressOnCreation"))
    : ipv6Address;

interface BlockRoute {
  readonly route: Route;
  readonly block: Cidr;
  readonly text: string;
  readonly assuming: readonly string[];
}

type Deciding = readonly (BlockRoute | undefined)[];

/** A route of which the destination is not known in addresses. */
interface OpenRoute {
  readonly what: string;
  readonly reason: string;
  readonly declaration?: Route["declaration"];
}

interface SortedRoutes {
  readonly ipv4: readonly BlockRoute[];
  readonly ipv6: readonly BlockRoute[];
  readonly open: readonly OpenRoute[];
  /** What decides for public addresses; undefined where no route does. */
  readonly main: Deciding;
  /** The same for blocks so small that they hardly matter. */
  readonly minor: Deciding;
}

/** Hosts share the routes of their subnets. */
const sortRoutes = memoize((facts: readonly Fact<Route>[]): SortedRoutes => {
  const blocks: BlockRoute[] = [];
  const open: OpenRoute[] = [];
  for (const fact of facts) {
    if (fact.state === "absent") continue;
    if (fact.state === "unknown") {
      open.push({ what: "a route", reason: fact.reason });
      continue;
    }
    const entry = readDestination(fact.value, fact.assuming);
    if ("block" in entry) blocks.push(entry);
    else open.push(entry);
  }
  const [ipv6, ipv4] = partition(blocks, ({ block }) => block.family === 6);
  const deciding = mostSpecific(ipv4, ({ block }) => block, PUBLIC_IPV4);
  const [minor, main] = partition(deciding, (entry) => entry !== undefined && isMinor(entry.block));
  return { ipv4, ipv6, open, main, minor };
});

function readDestination(route: Route, assuming: readonly string[]): BlockRoute | OpenRoute {
  const { destination, declaration } = route;
  const what = `route ${shortName(declaration)}`;
  if (destination.state !== "known") {
    const reason = whyMissing(destination, "it names none");
    return { what, reason: `its destination is not known: ${reason}`, declaration };
  }
  const block = parseCidr(destination.value);
  if (block !== undefined) {
    return { route, block, text: destination.value, assuming: union(assuming, destination.assuming) };
  }
  return { what, reason: `what prefix list ${destination.value} holds is not known`, declaration };
}

/** The table that a VPC brings along when the program only adopts the VPC. */
const isAdopted = (table: RouteTable, vpc: Fact<Vpc>): boolean =>
  vpc.state === "known" && !isWhollyDeclared(vpc.value) && table.declaration === vpc.value.declaration;

function nameOf(table: RouteTable, subnetName: string): string {
  const isMain = ["AWS::EC2::VPC", "SsmPreflight::DefaultVpc"].includes(table.declaration.type);
  const name = shortName(table.declaration);
  return `${isMain ? `the main route table of VPC ${name}` : `route table ${name}`} (${subnetName})`;
}

function standingOn(assuming: readonly string[], answer: Answer): Answer {
  return answer.status === "maybe" ? answer : { ...answer, assuming: union(answer.assuming, assuming) };
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}
