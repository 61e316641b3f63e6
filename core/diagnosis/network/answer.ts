import { union } from "../../facts/fact";
import type { Declaration } from "../../program/declaration";
import type { Step } from "../verdict";

/** Whether traffic passes one part of the network. "No" is certain; "maybe" names what is not known. */
export type Answer = Yes | No | Maybe;

interface Explained {
  /** A clause without a full stop: `security group web admits 443 outbound to the internet`. */
  readonly why: string;
  readonly chain: readonly Step[];
}

export interface Yes extends Explained {
  readonly status: "yes";
  readonly assuming: readonly string[];
}

export interface No extends Explained {
  readonly status: "no";
  readonly assuming: readonly string[];
  readonly cause: Cause;
}

export interface Maybe extends Explained {
  readonly status: "maybe";
  /** The fact that would decide, in words that say how to declared it. */
  readonly missing?: string;
}

/** What to change for the traffic to pass. */
export interface Cause {
  readonly declaration: Declaration;
  /** Property in normal form, e.g. `PrivateDnsEnabled`. */
  readonly property?: string;
}

export const yes = (why: string, assuming: readonly string[] = [], declaration?: Declaration): Yes => ({
  status: "yes",
  why,
  assuming,
  chain: [step("ok", why, declaration)],
});

/** A "yes" that goes without saying, like a subnet without a network ACL of its own. */
export const silentYes = (assuming: readonly string[] = []): Yes => ({ status: "yes", why: "", assuming, chain: [] });

export const no = (why: string, cause: Cause, assuming: readonly string[] = []): No => ({
  status: "no",
  why,
  assuming,
  cause,
  chain: [step("broken", why, cause.declaration)],
});

export const maybe = (why: string, missing?: string, declaration?: Declaration): Maybe => ({
  status: "maybe",
  why,
  chain: [step("unknown", why, declaration)],
  ...(missing === undefined ? {} : { missing }),
});

const step = (status: Step["status"], text: string, declaration: Declaration | undefined): Step =>
  declaration === undefined ? { status, text } : { status, text, declaration };

type Answers = readonly [Answer, ...Answer[]];

/** Passes where every part passes. One certain "no" decides, whatever is not known about the others. */
export function every(answers: Answers): Answer {
  const chain = chainOf(answers);
  const refusals = answers.filter(isNo);
  const [refusal] = refusals;
  if (refusal !== undefined) return { ...refusal, why: joined(refusals), assuming: assumed(refusals), chain };
  const doubt = answers.find((answer) => answer.status === "maybe");
  if (doubt !== undefined) return { ...doubt, chain };
  return { status: "yes", why: joined(answers), assuming: assumed(answers), chain };
}

/** Passes where one of several ways passes. */
export function some(answers: Answers): Answer {
  const passing = answers.find((answer) => answer.status === "yes");
  if (passing !== undefined) return passing;
  const chain = chainOf(answers);
  const doubt = answers.find((answer) => answer.status === "maybe");
  if (doubt !== undefined) return { ...doubt, chain };
  return { ...answers[0], ...refusalBy(answers.filter(isNo)), chain };
}

/** The same answer where it stands for all of several ways; "maybe" where they differ. */
export function unanimous(answers: Answers, doubt: string): Answer {
  const [first] = answers;
  if (first.status === "no" && answers.every(isNo)) return { ...first, ...refusalBy(answers), chain: chainOf(answers) };
  const passed = every(answers);
  return passed.status === "no" ? { status: "maybe", why: doubt, chain: passed.chain } : passed;
}

export const isNo = (answer: Answer): answer is No => answer.status === "no";

const refusalBy = (refusals: readonly Answer[]) => ({ why: joined(refusals), assuming: assumed(refusals) });

const chainOf = (answers: readonly Answer[]): readonly Step[] => answers.flatMap((answer) => answer.chain);

function joined(answers: readonly Answer[]): string {
  const clauses = [...new Set(answers.map(({ why }) => why).filter((why) => why !== ""))];
  const last = clauses.pop();
  return clauses.length === 0 ? (last ?? "") : `${clauses.join(", ")}, and ${last}`;
}

/** What an answer takes for granted; "maybe" takes nothing. */
export const assumptionsOf = (
  answer: Maybe | { readonly status: "yes" | "no"; readonly assuming: readonly string[] },
): readonly string[] => (answer.status === "maybe" ? [] : answer.assuming);

const assumed = (answers: readonly Answer[]): readonly string[] => answers.map(assumptionsOf).reduce(union, []);
