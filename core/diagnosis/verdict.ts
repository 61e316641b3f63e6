import { union } from "../facts/fact";
import type { Declaration } from "../program/declaration";

/**
 * What a diagnosis says of one link of the chain. `P` is the union of problems that link can have; each problem is what
 * exactly one rule reports, so a rule selects its kind and adds words.
 */
export type Verdict<P> = Pass | Fail<P> | Undecided;

interface Explained {
  /** A sentence a tired on-call engineer understands. */
  readonly reason: string;
  /** The way from the host to the verdict, link by link. */
  readonly chain: readonly Step[];
}

export interface Pass extends Explained {
  readonly status: "pass";
  /** Names of what had to be taken for granted; the reason mentions them. */
  readonly assuming: readonly string[];
}

/** Certain: every reading of the program fails. */
export interface Fail<P> extends Explained {
  readonly status: "fail";
  readonly problems: readonly P[];
  readonly assuming: readonly string[];
}

export interface Undecided extends Explained {
  readonly status: "unknown";
  /** The fact that would decide, in words that say how to supply it. */
  readonly missing?: string;
}

/** One printable link of a chain: "security group WebGroup admits 443 outbound". */
export interface Step {
  readonly text: string;
  readonly status: "ok" | "broken" | "unknown";
  readonly declaration?: Declaration;
}

export const pass = (reason: string, assuming: readonly string[] = [], chain: readonly Step[] = []): Pass => ({
  status: "pass",
  reason,
  assuming,
  chain,
});

export const fail = <P>(
  reason: string,
  problems: readonly P[],
  assuming: readonly string[] = [],
  chain: readonly Step[] = [],
): Fail<P> => ({ status: "fail", reason, problems, assuming, chain });

export const undecided = (reason: string, missing?: string, chain: readonly Step[] = []): Undecided => ({
  status: "unknown",
  reason,
  chain,
  ...(missing === undefined ? {} : { missing }),
});

/** The problems of a failed verdict; none otherwise. */
export const problemsOf = <P>(verdict: Verdict<P>): readonly P[] => (verdict.status === "fail" ? verdict.problems : []);

/** All must hold: one failure fails, else one unknown leaves it undecided, else the last pass speaks. */
export function allOf<P>(verdicts: readonly [Verdict<P>, ...Verdict<P>[]]): Verdict<P> {
  const failed = verdicts.filter((verdict) => verdict.status === "fail");
  const chain = verdicts.flatMap((verdict) => verdict.chain);
  const [first] = failed;
  if (first !== undefined) {
    const assuming = failed.map((verdict) => verdict.assuming).reduce(union, []);
    return fail(
      first.reason,
      failed.flatMap((verdict) => verdict.problems),
      assuming,
      chain,
    );
  }
  const open = verdicts.find((verdict) => verdict.status === "unknown");
  if (open?.status === "unknown") return { ...open, chain };
  let assuming: readonly string[] = [];
  for (const verdict of verdicts) if (verdict.status === "pass") assuming = union(assuming, verdict.assuming);
  return pass(verdicts.map((verdict) => verdict.reason).join("; "), assuming, chain);
}
