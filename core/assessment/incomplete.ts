import type { Diagnosis, HostDiagnosis, LinkName } from "../diagnosis/diagnose";
import { undecided, type Verdict } from "../diagnosis/verdict";
import type { HostSide } from "../program/declaration";

/** The sides of a host that each link depends on, as far as other resources can add to them. */
const SIDES: Readonly<Record<LinkName, readonly HostSide[]>> = {
  instanceProfile: ["identity"],
  permissions: ["identity"],
  agent: [],
  network: ["network"],
  preferences: ["identity", "network"],
};

/**
 * Of a program that is known in part only nothing follows from what is missing: a failure becomes a doubt. `sides` says
 * which sides of a host the missing part can change; every one where it is left out.
 */
export const withoutCertainty = (
  diagnosis: Diagnosis,
  incomplete: string,
  sides: ReadonlySet<HostSide> | undefined,
): Diagnosis => ({
  ...diagnosis,
  hosts: diagnosis.hosts.map((host) => doubtful(host, incomplete, sides)),
  access: [],
  documents: diagnosis.documents.filter(({ needsWholeProgram }) => needsWholeProgram !== true),
  regions: diagnosis.regions.filter(({ needsWholeProgram }) => needsWholeProgram !== true),
});

function doubtful(
  { host, links }: HostDiagnosis,
  incomplete: string,
  sides: ReadonlySet<HostSide> | undefined,
): HostDiagnosis {
  const doubt = <P>(link: LinkName, verdict: Verdict<P>): Verdict<P> => {
    const mayChange = sides === undefined || SIDES[link].some((side) => sides.has(side));
    if (verdict.status !== "fail" || !mayChange) return verdict;
    return undecided(`${verdict.reason}, but ${incomplete}`, undefined, verdict.chain);
  };
  return {
    host,
    links: {
      instanceProfile: doubt("instanceProfile", links.instanceProfile),
      permissions: doubt("permissions", links.permissions),
      agent: doubt("agent", links.agent),
      network: doubt("network", links.network),
      preferences: doubt("preferences", links.preferences),
    },
    remarks: [],
  };
}
