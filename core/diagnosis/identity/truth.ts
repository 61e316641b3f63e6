import { type Known, known, type Unknown, union } from "../../facts/fact";

/** The answer to a yes-no question about the program: known, with what it takes for granted, or unknown with the reason. */
export type Truth = Known<boolean> | Unknown;

export const TRUE: Truth = known(true);
export const FALSE: Truth = known(false);

export const isTrue = (truth: Truth): boolean => truth.state === "known" && truth.value;

export const isFalse = (truth: Truth): boolean => truth.state === "known" && !truth.value;

export const not = (truth: Truth): Truth => (truth.state === "unknown" ? truth : { ...truth, value: !truth.value });

/** The same answer, standing on further assumptions. */
export const standingOn = (truth: Truth, assuming: readonly string[]): Truth =>
  truth.state === "unknown" || assuming.length === 0 ? truth : { ...truth, assuming: union(truth.assuming, assuming) };

/** True as soon as one is, and then by the one that assumes least; false when all are, and then assuming what each does. */
export function anyOf(truths: readonly Truth[]): Truth {
  let proof: Known<boolean> | undefined;
  let open: Unknown | undefined;
  let assuming: readonly string[] = [];
  for (const truth of truths) {
    if (truth.state === "unknown") open ??= truth;
    else if (!truth.value) assuming = union(assuming, truth.assuming);
    else if (proof === undefined || truth.assuming.length < proof.assuming.length) proof = truth;
  }
  return proof ?? open ?? known(false, assuming);
}

export const everyOf = (truths: readonly Truth[]): Truth => not(anyOf(truths.map(not)));
