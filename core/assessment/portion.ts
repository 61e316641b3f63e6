import type { Declaration, DeclarationHead } from "../program/declaration";
import type { Assessment } from "./assessment";
import { doubtfulExemptions, joinExemptions, type WrittenExemption } from "./exemptions";
import { compareFindings, compareHosts, comparePlaces } from "./order";

/** What is said about some of the programs of a run. Plain data, which can come from another thread. */
export interface Portion extends Assessment {
  readonly exemptions: readonly WrittenExemption[];
}

/** What holds of the whole run. It does not depend on how the programs were portioned out. */
export function joinPortions(
  portions: readonly Portion[],
  options: { readonly rules: readonly { readonly id: string }[]; readonly today: string },
): Assessment {
  const findings = portions.flatMap((portion) => portion.findings);
  const exemptions = joinExemptions(portions.flatMap((portion) => portion.exemptions));
  const ids = options.rules.map(({ id }) => id);
  return {
    hosts: portions.flatMap(({ hosts }) => hosts).sort(compareHosts),
    findings: [...findings, ...doubtfulExemptions(exemptions, findings, ids, options.today)].sort(compareFindings),
    notJudged: portions
      .flatMap(({ notJudged }) => notJudged)
      .sort((left, right) => comparePlaces(left.declaration, right.declaration)),
    problems: portions.flatMap(({ problems }) => problems),
  };
}

/** What a report needs of a declaration. A verdict that held on to its properties would hold on to the whole program. */
export const headOf = ({ properties: _, metadata: __, ...head }: Declaration): DeclarationHead => head;
