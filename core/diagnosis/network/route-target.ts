import { absent, assumptionsOf, byDefault, type Fact, is, isNot, orDefault, union } from "../../facts/fact";
import type { Host, NatGateway, Placement, Route, RouteTarget, Subnet } from "../../infrastructure/model";
import { asBoolean, at } from "../../program/read";
import { shortName } from "../names";
import { addressesOf } from "./addresses";
import { type Answer, every, maybe, no, silentYes, yes } from "./answer";
import { natSide, serverSide } from "./network-acl";
import { admitsHttps, type Groups, groupsInForce, THE_INTERNET } from "./security-group";
import { declared } from "./visibility";

/** Where packets start: a host's interface, or the NAT device they pass on the way. */
export interface Origin {
  readonly subnet: Subnet;
  readonly groups: Groups;
  /** Absent: the subnet's setting decides. */
  readonly publicAddress: Fact<boolean>;
  readonly ipv6Address: Fact<boolean>;
  /** How a sentence calls it: `the host`, `NAT gateway Nat`. */
  readonly what: string;
}

export const originOf = (placement: Placement, subnet: Subnet, what = "the host"): Origin => ({
  subnet,
  groups: groupsInForce(placement.securityGroups, subnet.vpc),
  publicAddress: placement.publicAddress,
  ipv6Address: placement.ipv6Address,
  what,
});

type Follow = (next: Origin) => Answer;

/** Whether the target of a route that covers public addresses brings packets there. */
export function followTarget(route: Route, tableName: string, origin: Origin, follow: Follow): Answer {
  const { target, declaration } = route;
  const destination = route.destination.state === "known" ? route.destination.value : "a destination";
  const sends = `${tableName} sends ${destination} to`;
  if (target.state !== "known") {
    const reason = target.state === "unknown" ? target.reason : "the route names no target";
    return maybe(
      `where ${tableName} sends ${destination} is not known: ${reason}`,
      declared("the target of the route"),
      declaration,
    );
  }
  const { assuming } = target;
  switch (target.value.kind) {
    case "internetGateway":
      return throughInternetGateway(target.value, sends, route, origin, assuming);
    case "natGateway":
      return throughNatGateway(target.value.natGateway, sends, route, origin, follow, assuming);
    case "instance":
      return throughInstance(target.value.host, sends, route, origin, follow, assuming);
    case "egressOnlyInternetGateway":
      return no(`${sends} an egress-only internet gateway, which passes no IPv4`, { declaration });
    case "elsewhere":
      return maybe(
        `${sends} ${target.value.what}, and the program does not show where that leads`,
        beyondProgram(target.value.what),
        declaration,
      );
  }
}

function throughInternetGateway(
  gateway: Extract<RouteTarget, { kind: "internetGateway" }>,
  sends: string,
  { declaration }: Route,
  origin: Origin,
  assuming: readonly string[],
): Answer {
  if (gateway.attached.state === "unknown") {
    return maybe(
      `${sends} an internet gateway that may not be attached to the VPC: ${gateway.attached.reason}`,
      declared("the attachment of the internet gateway"),
      declaration,
    );
  }
  const grounds = union(assuming, assumptionsOf(gateway.attached));
  if (isNot(gateway.attached, true)) {
    return no(`${sends} an internet gateway that is not attached to the VPC`, { declaration }, grounds);
  }
  return every([yes(`${sends} an internet gateway`, grounds, declaration), publicAddress(origin)]);
}

/** Source: Amazon VPC user guide, "Enable internet access for a VPC using an internet gateway": it needs a public IPv4 address. */
function publicAddress({ subnet, publicAddress: own, what }: Origin): Answer {
  const name = shortName(subnet.declaration);
  const decided = own.state === "absent" ? orDefault(subnet.mapPublicIpOnLaunch, false) : own;
  if (decided.state === "unknown") {
    return maybe(
      `whether ${what} has a public address in subnet ${name} is not known: ${decided.reason}`,
      `whether ${what} has a public address`,
      subnet.declaration,
    );
  }
  const grounds = union(own.state === "absent" ? own.assuming : [], decided.assuming);
  if (decided.value) return yes(`${what} has a public address`, grounds);
  const cause = { declaration: subnet.declaration, property: "MapPublicIpOnLaunch" };
  return no(`${what} has no public address in subnet ${name}, which an internet gateway needs`, cause, grounds);
}

function throughNatGateway(
  gateway: NatGateway,
  sends: string,
  { declaration }: Route,
  origin: Origin,
  follow: Follow,
  assuming: readonly string[],
): Answer {
  const name = `NAT gateway ${shortName(gateway.declaration)}`;
  const connectivity = orDefault(gateway.connectivity, "public");
  if (connectivity.state === "unknown" || connectivity.value !== "public") {
    const why =
      connectivity.state === "unknown"
        ? `may be private: ${connectivity.reason}`
        : "is private, so it leads to other networks only";
    return maybe(`${sends} ${name}, which ${why}`, beyondProgram(name), declaration);
  }
  const { subnet } = gateway;
  if (subnet.state !== "known") {
    const reason = subnet.state === "unknown" ? subnet.reason : "the program names none";
    return maybe(
      `${sends} ${name}, and the subnet it stands in is not known: ${reason}`,
      declared(`the subnet of ${name}`),
      declaration,
    );
  }
  const onward = follow({
    subnet: subnet.value,
    groups: absent(),
    // A public NAT gateway always has an Elastic IP.
    publicAddress: byDefault(true),
    ipv6Address: absent(),
    what: name,
  });
  return every([
    yes(`${sends} ${name}`, [assuming, connectivity.assuming, subnet.assuming].reduce(union, []), declaration),
    border(origin, subnet.value),
    natSide(subnet.value),
    onward.status === "no" ? { ...onward, why: `${name} has no way out itself: ${onward.why}` } : onward,
  ]);
}

/** A NAT instance: a host that forwards for others. Source: Amazon VPC user guide, "NAT instances". */
function throughInstance(
  instance: Fact<Host>,
  sends: string,
  { declaration }: Route,
  origin: Origin,
  follow: Follow,
  assuming: readonly string[],
): Answer {
  if (instance.state !== "known") {
    const reason = instance.state === "unknown" ? `: ${instance.reason}` : "";
    return maybe(
      `${sends} an instance outside of this program${reason}`,
      "whether that instance is a working NAT instance",
      declaration,
    );
  }
  const host = instance.value;
  const name = `instance ${shortName(host.declaration)}`;
  const placement = host.placements.state === "known" ? host.placements.value[0] : undefined;
  if (placement?.subnet.state !== "known") {
    return maybe(
      `${sends} ${name}, and the subnet it stands in is not known`,
      declared(`the subnet of ${name}`),
      declaration,
    );
  }
  const nat = originOf(placement, placement.subnet.value, name);
  const subnet = `subnet ${shortName(origin.subnet.declaration)}`;
  const source = { groups: origin.groups, addresses: addressesOf(origin.subnet), what: subnet };
  const onward = follow(nat);
  return every([
    yes(`${sends} ${name}`, union(assuming, instance.assuming), declaration),
    forwards(host, name),
    border(origin, nat.subnet),
    admitsHttps(nat.groups, "ingress", source, name),
    admitsHttps(nat.groups, "egress", THE_INTERNET, name),
    onward.status === "no" ? { ...onward, why: `${name} has no way out itself: ${onward.why}` } : onward,
  ]);
}

/** An instance drops what is not addressed to it until its source/destination check is off, which its user data may do too. */
function forwards(host: Host, name: string): Answer {
  const check = asBoolean(at(host.declaration.properties, "SourceDestCheck"));
  if (is(check, false)) return yes(`${name} forwards for others`, assumptionsOf(check), host.declaration);
  return maybe(
    `${name} forwards for others only with SourceDestCheck off, and the program does not switch it off`,
    `SourceDestCheck of ${name}`,
    host.declaration,
  );
}

/** Network ACLs do not filter traffic that stays in a subnet. */
function border(origin: Origin, subnet: Subnet): Answer {
  return origin.subnet === subnet
    ? silentYes()
    : serverSide(subnet, addressesOf(origin.subnet), `subnet ${shortName(origin.subnet.declaration)}`);
}
