import type { Cidr } from "./cidr";

/** Longest prefix of a block that is large enough to be worth a doubt. */
const MINOR_PREFIX = 16;

/**
 * True for a block so small that a rule about it (a blocked address, a partner's network) is no reason to doubt the way
 * to an AWS service. The verdict names what it takes for granted: that no address of the service is in it.
 */
export const isMinor = (block: Cidr): boolean => block.family === 4 && block.prefix >= MINOR_PREFIX;

export const minorBlockAssumption = (block: string): string => `no address of Session Manager lies in ${block}`;
