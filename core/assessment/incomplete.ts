import type { Diagnosis, HostDiagnosis } from "../diagnosis/diagnose";
import { undecided, type Verdict } from "../diagnosis/verdict";

/** Of a program that is known in part only nothing follows from what is missing: a failure becomes a doubt. */
export const withoutCertainty = (diagnosis: Diagnosis, incomplete: string): Diagnosis => ({
  ...diagnosis,
  hosts: diagnosis.hosts.map((host) => doubtful(host, incomplete)),
  access: [],
  documents: diagnosis.documents.filter(({ needsWholeProgram }) => needsWholeProgram !== true),
  regions: diagnosis.regions.filter(({ needsWholeProgram }) => needsWholeProgram !== true),
});

function doubtful({ host, links }: HostDiagnosis, incomplete: string): HostDiagnosis {
  const doubt = <P>(verdict: Verdict<P>): Verdict<P> =>
    verdict.status === "fail" ? undecided(`${verdict.reason}, but ${incomplete}`, undefined, verdict.chain) : verdict;
  return {
    host,
    links: {
      instanceProfile: doubt(links.instanceProfile),
      permissions: doubt(links.permissions),
      agent: doubt(links.agent),
      network: doubt(links.network),
      preferences: doubt(links.preferences),
    },
    remarks: [],
  };
}
