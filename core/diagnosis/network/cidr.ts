/** A block of addresses, both ends included. */
export interface Cidr {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
  /** Length of the prefix in bits. */
  readonly prefix: number;
}

/** How much of some addresses a set of blocks holds. */
export type Coverage = "all" | "some" | "none";

const BITS = { 4: 32, 6: 128 } as const;

/**
 * Reads `10.0.0.0/16`, `::/0` or a single address. Bits behind the prefix are cleared, as EC2 does.
 * Anything else, a prefix list id for example, is undefined.
 */
export function parseCidr(text: string): Cidr | undefined {
  const [address, length, ...rest] = text.trim().split("/");
  if (address === undefined || rest.length > 0) return undefined;
  const family = address.includes(":") ? 6 : 4;
  const value = family === 6 ? parseIpv6(address) : parseIpv4(address);
  const prefix = length === undefined ? BITS[family] : parseDecimal(length, BITS[family]);
  return value === undefined || prefix === undefined ? undefined : block(family, value, prefix);
}

function block(family: 4 | 6, address: bigint, prefix: number): Cidr {
  const size = 1n << BigInt(BITS[family] - prefix);
  const first = address - (address % size);
  return { family, first, last: first + size - 1n, prefix };
}

function parseDecimal(text: string, highest: number): number | undefined {
  if (!/^\d{1,3}$/.test(text)) return undefined;
  const number = Number(text);
  return number <= highest ? number : undefined;
}

function parseIpv4(text: string): bigint | undefined {
  const octets = text.split(".").map((octet) => parseDecimal(octet, 255));
  if (octets.length !== 4) return undefined;
  return join(octets, 8n);
}

function parseIpv6(text: string): bigint | undefined {
  const halves = expandDottedTail(text)?.split("::") ?? [];
  const [head, tail] = halves.map((half) => (half === "" ? [] : half.split(":").map(parseGroup)));
  if (head === undefined || halves.length > 2) return undefined;
  if (tail === undefined) return head.length === 8 ? join(head, 16n) : undefined;
  const zeros = 8 - head.length - tail.length;
  return zeros < 1 ? undefined : join([...head, ...Array<number>(zeros).fill(0), ...tail], 16n);
}

/** `64:ff9b::192.0.2.1` with its last four octets as two groups. */
function expandDottedTail(text: string): string | undefined {
  if (!text.includes(".")) return text;
  const start = text.lastIndexOf(":") + 1;
  const tail = parseIpv4(text.slice(start));
  if (tail === undefined) return undefined;
  return `${text.slice(0, start)}${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}`;
}

const parseGroup = (text: string): number | undefined =>
  /^[0-9a-f]{1,4}$/i.test(text) ? Number.parseInt(text, 16) : undefined;

function join(groups: readonly (number | undefined)[], bits: bigint): bigint | undefined {
  let value = 0n;
  for (const group of groups) {
    if (group === undefined) return undefined;
    value = (value << bits) | BigInt(group);
  }
  return value;
}

export const contains = (outer: Cidr, inner: Cidr): boolean =>
  outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;

export const overlaps = (left: Cidr, right: Cidr): boolean =>
  left.family === right.family && left.first <= right.last && right.first <= left.last;

/** How much of `space` the blocks hold together. */
export function coverage(blocks: readonly Cidr[], space: readonly Cidr[]): Coverage {
  if (blocks.some((block) => space.every((piece) => contains(block, piece)))) return "all";
  const pieces = mostSpecific(blocks, (piece) => piece, space);
  const held = pieces.filter((piece) => piece !== undefined).length;
  if (held === 0) return "none";
  return held === pieces.length ? "all" : "some";
}

/**
 * The item that decides for each stretch of `space`, the one with the longest prefix as in a route table; undefined
 * stands for stretches that no item holds. Each item is named once however many stretches it decides.
 */
export function mostSpecific<T>(
  items: readonly T[],
  blockOf: (item: T) => Cidr,
  space: readonly Cidr[],
): readonly (T | undefined)[] {
  const longestFirst = [...items].sort((left, right) => blockOf(right).prefix - blockOf(left).prefix);
  const deciding = new Set<T | undefined>();
  for (const stretch of space) {
    const inside = longestFirst.filter((item) => overlaps(blockOf(item), stretch));
    const [longest] = inside;
    if (longest === undefined || contains(blockOf(longest), stretch)) {
      deciding.add(longest);
      continue;
    }
    for (const address of breakpoints(inside.map(blockOf), stretch)) {
      deciding.add(inside.find((item) => blockOf(item).first <= address && address <= blockOf(item).last));
    }
  }
  return [...deciding];
}

/** The first address of every stretch within which no block begins or ends. */
function breakpoints(blocks: readonly Cidr[], stretch: Cidr): readonly bigint[] {
  const starts = blocks.flatMap((piece) => [piece.first, piece.last + 1n]);
  const within = starts.filter((address) => stretch.first < address && address <= stretch.last);
  return [...new Set([stretch.first, ...within])];
}

/** IPv4 blocks that no public service has. Source: IANA IPv4 Special-Purpose Address Registry (RFC 6890), and multicast. */
const SPECIAL_IPV4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/3",
];

const knownBlocks = (texts: readonly string[]): readonly Cidr[] => texts.flatMap((text) => parseCidr(text) ?? []);

export const ALL_IPV4: readonly Cidr[] = knownBlocks(["0.0.0.0/0"]);

/** Every IPv4 address at which a public AWS endpoint can stand. */
export const PUBLIC_IPV4: readonly Cidr[] = without(ALL_IPV4, knownBlocks(SPECIAL_IPV4));

function without(space: readonly Cidr[], removed: readonly Cidr[]): readonly Cidr[] {
  return space.flatMap((piece) => {
    if (removed.some((gap) => contains(gap, piece))) return [];
    if (!removed.some((gap) => overlaps(gap, piece))) return [piece];
    return without(halves(piece), removed);
  });
}

function halves({ family, first, last, prefix }: Cidr): readonly Cidr[] {
  return [block(family, first, prefix + 1), block(family, last, prefix + 1)];
}
