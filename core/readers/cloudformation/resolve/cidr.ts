const V4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const GROUP = /^[0-9a-f]{1,4}$/i;

/**
 * `count` address ranges with `hostBits` host bits each, from the start of a range on; undefined where the range is no
 * CIDR or does not hold so many. Source: CloudFormation template reference, "Fn::Cidr".
 */
export function cidrBlocks(range: string, count: number, hostBits: number): readonly string[] | undefined {
  const [address = "", prefixText = ""] = range.split("/");
  const isV4 = V4.test(address);
  const bits = isV4 ? 32 : 128;
  const start = isV4 ? v4(address) : v6(address);
  const prefix = Number(prefixText);
  if (start === undefined || !/^\d+$/.test(prefixText) || prefix > bits) return undefined;
  if (!(count >= 1 && count <= 256) || !(hostBits >= 1 && hostBits <= bits - prefix)) return undefined;
  const size = 1n << BigInt(hostBits);
  if (BigInt(count) * size > 1n << BigInt(bits - prefix)) return undefined;
  const first = (start >> BigInt(bits - prefix)) << BigInt(bits - prefix);
  return Array.from({ length: count }, (_, index) => {
    const block = first + BigInt(index) * size;
    return `${isV4 ? showV4(block) : showV6(block)}/${bits - hostBits}`;
  });
}

function v4(address: string): bigint | undefined {
  const octets = address.split(".").map(Number);
  return octets.every((octet) => octet <= 255)
    ? octets.reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n)
    : undefined;
}

function v6(address: string): bigint | undefined {
  const [head = "", tail, ...others] = address.split("::");
  if (others.length > 0) return undefined;
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...Array<string>(missing).fill("0"), ...after];
  return groups.every((group) => GROUP.test(group))
    ? groups.reduce((sum, group) => (sum << 16n) | BigInt(Number.parseInt(group, 16)), 0n)
    : undefined;
}

const showV4 = (address: bigint): string =>
  [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 255n)).join(".");

function showV6(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((address >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  const longest = longestZeros(groups);
  if (longest.length < 2) return groups.join(":");
  const before = groups.slice(0, longest.start).join(":");
  const after = groups.slice(longest.start + longest.length).join(":");
  return `${before}::${after}`;
}

function longestZeros(groups: readonly string[]): { readonly start: number; readonly length: number } {
  let longest = { start: 0, length: 0 };
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== "0") start = index + 1;
    else if (index + 1 - start > longest.length) longest = { start, length: index + 1 - start };
  }
  return longest;
}
