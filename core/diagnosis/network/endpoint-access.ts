import { all, chain, known, union } from "../../facts/fact";
import type { Endpoint, Subnet, Vpc } from "../../infrastructure/model";
import { shortName } from "../../program/names";
import { type Addresses, addressesOf, anywhereIn } from "./addresses";
import { type Answer, every, maybe, silentYes, unanimous } from "./answer";
import type { Origin } from "./hop";
import { clientSide, serverSide } from "./network-acl";
import { admitsHttps, groupsInForce } from "./security-group";
import { declared, whyMissing } from "./visibility";

/** Whether a host gets through to an endpoint that its names lead to: security groups both ways, network ACLs, policy. */
export function admitsHost(
  endpoint: Endpoint,
  origin: Origin,
  vpc: Vpc,
  admits: (endpoint: Endpoint) => Answer,
): Answer {
  const name = `endpoint ${shortName(endpoint.declaration)}`;
  const groups = groupsInForce(endpoint.securityGroups, known(vpc));
  const host = {
    groups: origin.groups,
    addresses: addressesOf(origin.subnet),
    what: `subnet ${shortName(origin.subnet.declaration)}`,
  };
  return every([
    admitsHttps(origin.groups, "egress", { groups, addresses: interfacesOf(endpoint, vpc), what: name }, origin.what),
    admitsHttps(groups, "ingress", host, name),
    pastNetworkAcls(endpoint, origin, name),
    admits(endpoint),
  ]);
}

/** Where the endpoint's network interfaces stand: in its subnets, or anywhere in the VPC. */
function interfacesOf({ subnets }: Endpoint, vpc: Vpc): Addresses {
  const listed = chain(subnets, all);
  if (listed.state !== "known") return anywhereIn(vpc);
  const [first, ...others] = listed.value.map(addressesOf);
  if (first === undefined) return anywhereIn(vpc);
  const parts = [first, ...others];
  return {
    blocks: parts.flatMap(({ blocks }) => blocks),
    within: first.within.filter((key) => others.every(({ within }) => within.includes(key))),
    assuming: parts.map(({ assuming }) => assuming).reduce(union, []),
  };
}

/** The service's name leads to any of the endpoint's interfaces, so the way must be open to each. */
function pastNetworkAcls(endpoint: Endpoint, origin: Origin, name: string): Answer {
  const { subnets, declaration } = endpoint;
  const listed = subnets.state === "known" ? subnets.value : [];
  const ways = listed.map((subnet): Answer => {
    if (subnet.state === "known") return between(origin.subnet, subnet.value, name);
    const reason = whyMissing(subnet, "it is left out");
    return maybe(`a subnet of ${name} is not known: ${reason}`, declared(`the subnets of ${name}`), declaration);
  });
  const [first, ...others] = ways;
  if (first !== undefined) {
    return unanimous([first, ...others], `network ACLs leave ${name} open in some of its subnets only`);
  }
  const reason = subnets.state === "unknown" ? subnets.reason : "it names none";
  return maybe(`the subnets of ${name} are not known: ${reason}`, declared(`the subnets of ${name}`), declaration);
}

/** Network ACLs do not filter traffic that stays in a subnet. */
function between(from: Subnet, to: Subnet, endpointName: string): Answer {
  if (from === to) return silentYes();
  return every([
    clientSide(from, addressesOf(to), endpointName),
    serverSide(to, addressesOf(from), `subnet ${shortName(from.declaration)}`),
  ]);
}
