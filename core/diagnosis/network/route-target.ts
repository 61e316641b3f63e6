import { absent, assumptionsOf, byDefault, isNot, known, map, orDefault, union } from "../../facts/fact";
import { memoize } from "../../facts/lazy";
import type { NatGateway, Route, RouteTarget } from "../../infrastructure/model";
import { shortName } from "../../program/names";
import { type Answer, every, maybe, no, silentYes, yes } from "./answer";
import { border, type Hop, type Origin, onward, overDevice } from "./hop";
import { throughInstance } from "./nat-instance";
import { natSide } from "./network-acl";
import { beyondProgram, declared, whyMissing } from "./visibility";

/** Whether the target of a route brings packets to the public addresses that the route covers. */
export function followTarget(
  route: Route,
  tableName: string,
  origin: Origin,
  follow: (next: Origin) => Answer,
): Answer {
  const { target, declaration } = route;
  const destination = route.destination.state === "known" ? route.destination.value : "a destination";
  if (target.state !== "known") {
    const reason = whyMissing(target, "the route names no target");
    const missing = declared("the target of the route");
    return maybe(`where ${tableName} sends ${destination} is not known: ${reason}`, missing, declaration);
  }
  const hop: Hop = { route, origin, sends: `${tableName} sends ${destination} to`, assuming: target.assuming, follow };
  switch (target.value.kind) {
    case "internetGateway":
      return throughInternetGateway(target.value, hop);
    case "natGateway":
      return throughNatGateway(target.value.natGateway, hop);
    case "instance":
      return throughInstance(target.value.host, hop);
    case "egressOnlyInternetGateway":
      return no(`${hop.sends} an egress-only internet gateway, which passes no IPv4`, { declaration });
    case "blackhole":
      return no(`${hop.sends} a target that is gone`, { declaration });
    case "elsewhere": {
      const { what } = target.value;
      const why = `${hop.sends} ${what}, and the program does not show where that leads`;
      return maybe(why, beyondProgram(what), declaration);
    }
  }
}

type InternetGateway = Extract<RouteTarget, { kind: "internetGateway" }>;

function throughInternetGateway({ attached }: InternetGateway, { route, origin, sends, assuming }: Hop): Answer {
  const { declaration } = route;
  const gateway = `${sends} an internet gateway`;
  if (attached.state === "unknown") {
    const missing = declared("the attachment of the internet gateway");
    return maybe(`${gateway} that may not be attached to the VPC: ${attached.reason}`, missing, declaration);
  }
  const grounds = union(assuming, attached.assuming);
  if (isNot(attached, true)) return no(`${gateway} that is not attached to the VPC`, { declaration }, grounds);
  return every([yes(gateway, grounds, declaration), hasPublicAddress(origin), pastPublicAccessBlock(origin)]);
}

function pastPublicAccessBlock({ subnet, what, isNatGateway }: Origin): Answer {
  const block = subnet.publicAccessBlock;
  if (block.state === "absent") return silentYes(block.assuming);
  const fact = `whether VPC Block Public Access lets ${what} out`;
  if (block.state === "unknown") return maybe(`${fact} is not known: ${block.reason}`, fact);
  const { declaration, lets } = block.value;
  if (isNatGateway && lets !== "nothing") return silentYes(block.assuming);
  if (lets === "egress") return maybe(`${fact} is not known: its exclusion allows egress only`, fact, declaration);
  const text = `VPC Block Public Access (${shortName(declaration)}) keeps ${what} from the internet gateway`;
  return no(text, { declaration, property: "InternetGatewayBlockMode" }, block.assuming);
}

/** Source: Amazon VPC user guide, "Enable internet access for a VPC using an internet gateway": it needs a public IPv4 address. */
function hasPublicAddress({ subnet, publicAddress, what }: Origin): Answer {
  const { declaration } = subnet;
  const where = `in subnet ${shortName(declaration)}`;
  const decided = publicAddress.state === "absent" ? orDefault(subnet.mapPublicIpOnLaunch, false) : publicAddress;
  if (decided.state === "unknown") {
    const fact = `whether ${what} has a public address ${where}`;
    return maybe(`${fact} is not known: ${decided.reason}`, fact, declaration);
  }
  const grounds = union(assumptionsOf(publicAddress), decided.assuming);
  if (decided.value) return yes(`${what} has a public address`, grounds);
  const cause = { declaration, property: "MapPublicIpOnLaunch" };
  return no(`${what} has no public address ${where}, which an internet gateway needs`, cause, grounds);
}

function throughNatGateway(gateway: NatGateway, { route, origin, sends, assuming, follow }: Hop): Answer {
  const { declaration } = route;
  const name = `NAT gateway ${shortName(gateway.declaration)}`;
  const connectivity = orDefault(gateway.connectivity, "public");
  if (connectivity.state === "unknown") {
    return maybe(`${sends} ${name}, which may be private: ${connectivity.reason}`, beyondProgram(name), declaration);
  }
  const device = natDevice(gateway);
  if (device.state !== "known") {
    const why = `${sends} ${name}, and its subnet is not known: ${whyMissing(device, "the program names none")}`;
    return maybe(why, declared(`the subnet of ${name}`), declaration);
  }
  const { subnet } = device.value;
  const grounds = [assuming, connectivity.assuming, device.assuming].reduce(union, []);
  return overDevice(`${sends} ${name}`, [
    yes(`${sends} ${name}`, grounds, declaration),
    border(origin, subnet),
    natSide(subnet),
    onward(name, follow(device.value)),
  ]);
}

/**
 * A public NAT gateway always has an Elastic IP, a private one never, and none has security groups. The same object each
 * time, by which its way on is found again. Source: Amazon VPC user guide, "NAT gateway basics".
 */
const natDevice = memoize(({ subnet: fact, declaration, connectivity }: NatGateway) =>
  map(
    fact,
    (subnet): Origin => ({
      subnet,
      groups: absent(),
      publicAddress: isNot(connectivity, "private") ? byDefault(true) : known(false),
      ipv6Address: absent(),
      what: `NAT gateway ${shortName(declaration)}`,
      isNatGateway: true,
    }),
  ),
);
