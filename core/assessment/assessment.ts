import type { LinkName } from "../diagnosis/diagnose";
import type { NotJudged } from "../infrastructure/not-judged";
import type { DeclarationHead, ReadingProblem } from "../program/declaration";
import type { Position } from "../program/value";
import type { Level } from "../rules/rule";

/** What is said about a set of programs: a verdict per host and the findings of all rules. Every report is made from it. */
export interface Assessment {
  readonly hosts: readonly HostVerdict[];
  readonly findings: readonly Finding[];
  /** What sessions can be opened to and is no EC2 host: named, so that nobody takes silence for a verdict. */
  readonly notJudged: readonly NotJudged[];
  /** Input that could not be read. */
  readonly problems: readonly ReadingProblem[];
  /** Where the findings were held against a baseline. */
  readonly baseline?: BaselineUse;
  /** Undefined where all that was read is judged. */
  readonly changes?: ChangeScope;
}

/** What came of holding an assessment against a baseline. */
export interface BaselineUse {
  /** As shown to the user. */
  readonly file: string;
  /** Its entries that nothing matches any more. */
  readonly gone: readonly BaselineEntry[];
}

/** Findings of one fingerprint, or hosts of one whose link is not known, as a baseline holds them. */
export interface BaselineEntry {
  /** Id of the rule, or `unknown <link>`. */
  readonly rule: string;
  readonly resource: string;
  /** From the folder that the tool runs in, where the file is part of what tells resources apart. */
  readonly file?: string;
  /** The worst level; undefined for a link that is not known. */
  readonly level?: Level;
  readonly count: number;
  readonly fingerprint: string;
}

/** Only what changed is judged. */
export interface ChangeScope {
  /** A git ref. */
  readonly since: string;
  /** Number of files judged. */
  readonly files: number;
  /** Number of files read. */
  readonly of: number;
}

export type SessionVerdict = "ready" | "blocked" | "unknown";

export interface HostVerdict {
  readonly declaration: DeclarationHead;
  readonly session: SessionVerdict;
  readonly links: Readonly<Record<LinkName, LinkVerdict>>;
  /** Set where the baseline has every link of it that is not known. */
  readonly inBaseline?: true;
}

export interface LinkVerdict {
  readonly status: "pass" | "fail" | "unknown";
  /** A sentence a tired on-call engineer understands. */
  readonly reason: string;
  /** For an unknown link: the fact that would decide it. */
  readonly missing?: string;
  readonly chain: readonly { readonly text: string; readonly status: "ok" | "broken" | "unknown" }[];
}

export interface Finding {
  readonly rule: string;
  readonly level: Level;
  /** The host concerned, or the declaration to change where no host is. */
  readonly resource: DeclarationHead;
  /** The place to change; its file and position are the finding's. */
  readonly place: DeclarationHead;
  readonly property?: string;
  /** Where the property stands, or the nearest thing around it that is written down; else the place has the position. */
  readonly position?: Position;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  readonly docs: string;
  readonly suppressed: Suppression | null;
}

export interface Suppression {
  /** Where it stands: in the program, in a configuration, or in a baseline, which holds findings that were there before. */
  readonly by: "program" | "configuration" | "baseline";
  readonly reason: string;
  readonly expires?: string;
  readonly owner?: string;
}

/** Worst last. */
export const LEVELS: readonly Level[] = ["note", "warning", "error"];

export const atLeast = (level: Level, threshold: Level): boolean => LEVELS.indexOf(level) >= LEVELS.indexOf(threshold);
