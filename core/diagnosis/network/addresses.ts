import { all, assumptionsOf, chain, type Known, known } from "../../facts/fact";
import type { Subnet, Vpc } from "../../infrastructure/model";
import { ALL_IPV4, type Cidr, type Coverage, coverage, PUBLIC_IPV4, parseCidr } from "./cidr";

/** IPv4 addresses at one end of a connection. */
export interface Addresses {
  readonly blocks: readonly Cidr[];
  /** Keys of expressions for blocks each of which surely holds all of them; see {@link Vpc.blockKeys}. */
  readonly within: readonly string[];
  /** What had to be taken for granted to know the blocks. */
  readonly assuming: readonly string[];
}

/** Where the public endpoints of AWS services stand; which of these addresses they have is not known. */
export const INTERNET: Addresses = { blocks: PUBLIC_IPV4, within: [], assuming: [] };

/** The subnet's block; where it is not known, anywhere in its VPC. */
export function addressesOf({ cidrBlock, blockKeys: within, vpc }: Subnet): Addresses {
  const block = cidrBlock.state === "known" ? parseCidr(cidrBlock.value) : undefined;
  if (block?.family === 4) return { blocks: [block], within, assuming: assumptionsOf(cidrBlock) };
  return { ...(vpc.state === "known" ? anywhereIn(vpc.value) : ANYWHERE), within };
}

/** The VPC's blocks; where one of them is not known, any address. */
export function anywhereIn({ cidrBlocks, blockKeys: within }: Vpc): Addresses {
  const texts = chain(cidrBlocks, all);
  if (texts.state !== "known") return { ...ANYWHERE, within };
  const blocks = texts.value.map(parseCidr);
  const ipv4 = blocks.flatMap((block) => (block?.family === 4 ? block : []));
  if (blocks.includes(undefined) || ipv4.length === 0) return { ...ANYWHERE, within };
  return { blocks: ipv4, within, assuming: texts.assuming };
}

const ANYWHERE: Addresses = { blocks: ALL_IPV4, within: [], assuming: [] };

/** Whether a block that is not known surely holds all of the addresses. */
export const isWithin = ({ within }: Addresses, keys: readonly string[]): boolean =>
  keys.some((key) => within.includes(key));

/** How much of the addresses the blocks hold. */
export function held(blocks: readonly Cidr[], addresses: Addresses): Known<Coverage> {
  if (coverage(blocks, ALL_IPV4) === "all") return known("all");
  return known(coverage(blocks, addresses.blocks), addresses.assuming);
}
