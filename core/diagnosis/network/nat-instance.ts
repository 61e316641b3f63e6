import { assumptionsOf, type Fact, is, union } from "../../facts/fact";
import type { Host } from "../../infrastructure/model";
import { shortName } from "../../program/names";
import { asBoolean, at } from "../../program/read";
import { addressesOf } from "./addresses";
import { type Answer, maybe, yes } from "./answer";
import { border, type Hop, onward, originOf, overDevice } from "./hop";
import { admitsHttps, THE_INTERNET } from "./security-group";
import { declared, whyMissing } from "./visibility";

/** A route over a host that forwards for others. Source: Amazon VPC user guide, "NAT instances". */
export function throughInstance(instance: Fact<Host>, { route, origin, sends, assuming, follow }: Hop): Answer {
  const { declaration } = route;
  if (instance.state !== "known") {
    const why = `${sends} an instance of which nothing is known: ${whyMissing(instance, "the route names none")}`;
    return maybe(why, "whether that instance is a working NAT instance", declaration);
  }
  const name = `instance ${shortName(instance.value.declaration)}`;
  const { placements } = instance.value;
  const placement = placements.state === "known" ? placements.value[0] : undefined;
  if (placement?.subnet.state !== "known") {
    return maybe(`${sends} ${name}, and its subnet is not known`, declared(`the subnet of ${name}`), declaration);
  }
  const nat = originOf(placement, placement.subnet.value, name);
  const clients = {
    groups: origin.groups,
    addresses: addressesOf(origin.subnet),
    what: `subnet ${shortName(origin.subnet.declaration)}`,
  };
  return overDevice(`${sends} ${name}`, [
    yes(`${sends} ${name}`, union(assuming, instance.assuming), declaration),
    forwards(instance.value, name),
    border(origin, nat.subnet),
    admitsHttps(nat.groups, "ingress", clients, name),
    admitsHttps(nat.groups, "egress", THE_INTERNET, name),
    onward(name, follow(nat)),
  ]);
}

/** An instance drops what is not addressed to it until its source/destination check is off, which its user data may do too. */
function forwards({ declaration }: Host, name: string): Answer {
  const check = asBoolean(at(declaration.properties, "SourceDestCheck"));
  if (is(check, false)) return yes(`${name} forwards for others`, assumptionsOf(check), declaration);
  const why = `${name} forwards for others only with SourceDestCheck off, and the program does not switch it off`;
  return maybe(why, `SourceDestCheck of ${name}`, declaration);
}
