import type { Fact } from "../../facts/fact";
import type { Placement, SecurityGroup, Subnet } from "../../infrastructure/model";

export type Judge<R> = (placement: Placement, subnet: Subnet, region: Fact<string>) => R;

/** Judges each distinct position once, however many hosts share it. */
export function perPosition<R>(judge: Judge<R>): Judge<R> {
  const bySubnet = new Map<Subnet, Map<string, R>>();
  return (placement, subnet, region) => {
    const results = bySubnet.get(subnet) ?? new Map<string, R>();
    bySubnet.set(subnet, results);
    const key = keyOf(placement, region);
    const existing = results.get(key);
    if (existing !== undefined) return existing;
    const result = judge(placement, subnet, region);
    results.set(key, result);
    return result;
  };
}

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
