import { isNot } from "../../facts/fact";
import type { Host, Infrastructure } from "../../infrastructure/model";
import type { AgentDiagnosis } from "../agent/agent";
import { keepsAgentCurrent } from "../agent/agent-updates";
import type { NetworkDiagnosis } from "../network/network";
import type { DiagnosisOptions, Remark } from "../problems";
import { featureRemarks } from "./agent-features";
import { ENOUGH_MEMORY, memoryRemarks } from "./memory";
import { ROOMY, rootVolumeRemarks } from "./root-volume";
import { snapshotRemarks } from "./snapshots";

/** What breaks no session today and is likely to break one later. */
export function healthDiagnosis(
  infrastructure: Infrastructure,
  agent: AgentDiagnosis,
  network: NetworkDiagnosis,
  { minimumMemory = ENOUGH_MEMORY, minimumRootVolume = ROOMY }: DiagnosisOptions,
): (host: Host) => readonly Remark[] {
  const rootVolume = rootVolumeRemarks(infrastructure, minimumRootVolume);
  const features = featureRemarks(infrastructure, agent);
  const snapshots = snapshotRemarks(infrastructure, network);
  return (host) => [
    ...memoryRemarks(host, minimumMemory),
    ...rootVolume(host),
    ...updateRemarks(host, infrastructure),
    ...features(host),
    ...snapshots(host),
  ];
}

function updateRemarks(host: Host, infrastructure: Infrastructure): readonly Remark[] {
  if (!isNot(keepsAgentCurrent(host, infrastructure), true)) return [];
  return [
    {
      kind: "agent-auto-update-missing",
      place: { declaration: host.declaration },
      why: "nothing in the program runs AWS-UpdateSSMAgent on it, so the agent stays at the version that it starts with",
    },
  ];
}
