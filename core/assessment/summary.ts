import { type Assessment, atLeast, type ChangeScope, type Finding, type HostVerdict } from "./assessment";

/** Counts of hosts by verdict, of open findings by level, and of findings passed over, those that a baseline knows among them. */
export interface Summary {
  readonly hosts: number;
  readonly ready: number;
  readonly blocked: number;
  readonly unknown: number;
  readonly errors: number;
  readonly warnings: number;
  readonly suppressed: number;
  /** How many of the suppressed ones the baseline knows; only where there is one. */
  readonly known?: number;
  /** Left out where all that was read is judged. */
  readonly changes?: ChangeScope;
}

/** What makes a gate fail: findings of a level and worse, or hosts that nothing is known of. */
export type Threshold = "error" | "warning" | "note" | "unknown" | "never";

export const THRESHOLDS: readonly Threshold[] = ["error", "warning", "note", "unknown", "never"];

export function summarise({ hosts, findings, baseline, changes }: Assessment): Summary {
  const sessions = (session: HostVerdict["session"]) => hosts.filter((host) => host.session === session).length;
  const open = findings.filter((finding) => finding.suppressed === null);
  return {
    hosts: hosts.length,
    ready: sessions("ready"),
    blocked: sessions("blocked"),
    unknown: sessions("unknown"),
    errors: open.filter((finding) => finding.level === "error").length,
    warnings: open.filter((finding) => finding.level === "warning").length,
    suppressed: findings.length - open.length,
    ...(baseline === undefined ? {} : { known: findings.filter(isKnown).length }),
    ...(changes === undefined ? {} : { changes }),
  };
}

/** Whether the baseline has it. */
export const isKnown = ({ suppressed }: Finding): boolean => suppressed?.by === "baseline";

/** Whether anything stands against a gate that fails on `threshold` and worse. */
export function fails(assessment: Assessment, threshold: Threshold): boolean {
  if (threshold === "never") return false;
  if (threshold === "unknown" && assessment.hosts.some(isNewlyUnknown)) return true;
  const level = threshold === "unknown" ? "error" : threshold;
  return assessment.findings.some((finding) => finding.suppressed === null && atLeast(finding.level, level));
}

const isNewlyUnknown = ({ session, inBaseline }: HostVerdict): boolean =>
  session === "unknown" && inBaseline === undefined;
