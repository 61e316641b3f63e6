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
  /** The fact that would decide, in words that say how to supply it. */
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
export const silentYes = (why: string, assuming: readonly string[] = []): Yes => ({
  status: "yes",
  why,
  assuming,
  chain: [],
});

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
  const refusal = answers.find((answer) => answer.status === "no");
  if (refusal?.status === "no") {
    return { ...refusal, why: joined(answers.filter((answer) => answer.status === "no")), chain };
  }
  const doubt = answers.find((answer) => answer.status === "maybe");
  if (doubt !== undefined) return { ...doubt, chain };
  return { status: "yes", why: joined(answers), assuming: assumed(answers), chain };
}

/** Passes where one of several ways passes. */
export function some(answers: Answers): Answer {
  const chain = chainOf(answers);
  const open = answers.find((answer) => answer.status === "yes") ?? answers.find((answer) => answer.status === "maybe");
  if (open !== undefined) return { ...open, chain: open.status === "yes" ? open.chain : chain };
  return { ...answers[0], why: joined(answers), chain, ...assumedByNo(answers) };
}

const chainOf = (answers: readonly Answer[]): readonly Step[] => answers.flatMap((answer) => answer.chain);

const joined = (answers: readonly Answer[]): string => [...new Set(answers.map((answer) => answer.why))].join(", and ");

const assumed = (answers: readonly Answer[]): readonly string[] =>
  answers.map((answer) => (answer.status === "maybe" ? [] : answer.assuming)).reduce(union, []);

const assumedByNo = (answers: readonly Answer[]) => ({ assuming: assumed(answers) });
