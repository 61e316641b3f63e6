import { isKnown } from "../../facts/fact";
import type { Host } from "../../infrastructure/model";
import { smallInstanceMemory } from "../../knowledge/small-instances";
import type { Remark } from "../problems";

/** Instance types too small to run the agent beside anything else; every type that may be launched must be. */
export function memoryRemarks(host: Host): readonly Remark[] {
  if (host.instanceTypes.state !== "known") return [];
  const types = host.instanceTypes.value;
  const small = types.filter(isKnown).filter(({ value }) => smallInstanceMemory(value) !== undefined);
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
