import { isKnown } from "../../facts/fact";
import type { Host } from "../../infrastructure/model";
import { smallInstanceMemory } from "../../knowledge/small-instances";
import type { Remark } from "../problems";

/** MiB in which the agent runs beside something else. */
export const ENOUGH_MEMORY = 1024;

/** Instance types with less than `minimum` MiB; every type that may be launched must be one. */
export function memoryRemarks(host: Host, minimum: number): readonly Remark[] {
  if (host.instanceTypes.state !== "known") return [];
  const types = host.instanceTypes.value;
  const small = types.filter(isKnown).filter(({ value }) => (smallInstanceMemory(value) ?? minimum) < minimum);
  const [smallest] = small;
  if (smallest === undefined || small.length < types.length) return [];
  const memory = smallInstanceMemory(smallest.value);
  return [
    {
      kind: "instance-too-small",
      place: { declaration: host.declaration, property: "InstanceType" },
      why: `${smallest.value} has ${memory} MiB of memory, in which the SSM Agent is among the first to be killed when memory runs out`,
    },
  ];
}
