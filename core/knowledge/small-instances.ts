import data from "./small-instances.json";

const memory: ReadonlyMap<string, number> = new Map(Object.entries(data.memoryMiB));

/** MiB below which the memory of every type is told. */
export const smallInstancesBelow = data.belowMiB;

/** Memory in MiB of an instance type that has less than that; undefined for every other type, known or not. */
export const smallInstanceMemory = (instanceType: string): number | undefined => memory.get(instanceType);
