import { type Assessment, atLeast, type ChangeScope, type HostVerdict } from "./assessment";

/** Counts of hosts by verdict, of open findings by level, and of findings passed over. */
export interface Summary {
  readonly hosts: number;
  readonly ready: number;
  readonly blocked: number;
  readonly unknown: number;
  readonly errors: number;
  readonly warnings: number;
  readonly suppressed: number;
  /** Left out where all that was read is judged. */
  readonly changes?: ChangeScope;
}

/** What makes a gate fail: findings of a level and worse, or hosts that nothing is known of. */
export type Threshold = "error" | "warning" | "note" | "unknown" | "never";

export const THRESHOLDS: readonly Threshold[] = ["error", "warning", "note", "unknown", "never"];

export function summarise({ hosts, findings, changes }: Assessment): Summary {
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
    ...(changes === undefined ? {} : { changes }),
  };
}

/** Whether anything stands against a gate that fails on `threshold` and worse. */
export function fails(assessment: Assessment, threshold: Threshold): boolean {
  if (threshold === "never") return false;
  if (threshold === "unknown" && assessment.hosts.some((host) => host.session === "unknown")) return true;
  const level = threshold === "unknown" ? "error" : threshold;
  return assessment.findings.some((finding) => finding.suppressed === null && atLeast(finding.level, level));
}
