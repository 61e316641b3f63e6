import data from "./small-instances.json";

const memory: ReadonlyMap<string, number> = new Map(Object.entries(data.memoryMiB));

/** Memory in MiB of an instance type that has less than 1 GiB; undefined for every other type, known or not. */
export const smallInstanceMemory = (instanceType: string): number | undefined => memory.get(instanceType);
