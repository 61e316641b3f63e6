import type { Fact } from "../../facts/fact";
import { memoize } from "../../facts/lazy";
import type { Host, Placement, SecurityGroup, Subnet } from "../../infrastructure/model";

export type Judge<R> = (placement: Placement, subnet: Subnet, host: Host) => R;

/**
 * Judges each distinct position once, however many hosts share it.
 *
 * @param apart what keeps hosts of one position apart all the same
 */
export function perPosition<R>(
  judge: Judge<R>,
  apart: (subnet: Subnet, host: Host) => object = () => NOTHING,
): Judge<R> {
  const bySubnet = memoize((_: Subnet) => memoize((_: object) => new Map<string, R>()));
  return (placement, subnet, host) => {
    const results = bySubnet(subnet)(apart(subnet, host));
    const key = keyOf(placement, host.declaration.region);
    const existing = results.get(key);
    if (existing !== undefined) return existing;
    const result = judge(placement, subnet, host);
    results.set(key, result);
    return result;
  };
}

const NOTHING = {};

/** Written once for each placement, and once more for each region it is judged in: a host asks for several services. */
const keys = new WeakMap<Placement, { readonly region: Fact<string>; readonly key: string }>();

function keyOf(placement: Placement, region: Fact<string>): string {
  const written = keys.get(placement);
  if (written?.region === region) return written.key;
  const key = keyText(placement, region);
  keys.set(placement, { region, key });
  return key;
}

function keyText({ securityGroups, publicAddress, ipv6Address }: Placement, region: Fact<string>): string {
  const groups =
    securityGroups.state === "known"
      ? { ...securityGroups, value: securityGroups.value.map(groupKey) }
      : securityGroups;
  return JSON.stringify([groups, publicAddress, ipv6Address, region]);
}

const groupKey = (group: Fact<SecurityGroup>) =>
  group.state === "known" ? [group.value.declaration.id, group.assuming] : group;
