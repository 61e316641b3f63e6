import type { Diagnosis, HostDiagnosis, LinkName, LinkProblems } from "../diagnosis/diagnose";
import type { AccessProblem, Remark } from "../diagnosis/problems";
import type { Declaration, Language } from "../program/declaration";

/** `error`: no session. `warning`: a session, or a command, works now and will stop working, or works badly. `note`: worth knowing. */
export type Level = "error" | "warning" | "note";

/**
 * One mistake the program can make. Metadata and check stand side by side; everything that explains the rule to a person
 * (docs page, `explain`, Pulumi's remediation steps, the README's table) is made from here.
 */
export interface Rule {
  /** Kebab case, reads well after "ignore …", the same in every door. */
  readonly id: string;
  /** One sentence without a full stop. */
  readonly title: string;
  readonly level: Level;
  readonly link: LinkName;
  /** What AWS does because of it, in one or two sentences. */
  readonly why: string;
  /** The AWS page that the rule rests on. */
  readonly reference: string;
  readonly fix: Fix;
  /** Hosts for which the rule asks too much, and what to do instead of heeding it. */
  readonly whenNotToUse: string;
  /** What AWS or the agent says when the mistake is deployed, `<…>` for what differs each time; empty where they say nothing. */
  readonly errorTexts: readonly string[];
  readonly options?: Readonly<Record<string, RuleOption>>;
  readonly check: (diagnosis: Diagnosis) => readonly Violation[];
}

/** What to write, by the language it is written in. */
export type Fix = Readonly<Record<Language, string>>;

export type RuleOption = TextOption | NumberOption;

interface TextOption {
  /** A clause. */
  readonly description: string;
  readonly type: "string";
  readonly default: string;
  /** A regular expression for the whole text. */
  readonly pattern: string;
}

/** Whole numbers. */
interface NumberOption {
  /** A clause, with the unit. */
  readonly description: string;
  readonly type: "number";
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
}

export interface Violation {
  /** The host that is concerned; absent for what concerns none in particular. */
  readonly host?: Declaration;
  /** The declaration to change, and the property path in normal form. */
  readonly place: Place;
  readonly message: string;
  /** Where this violation weighs less than the rule's own level. */
  readonly level?: Level;
  /** The one of the rule's fixes that mends this violation; left out where the rule has only one. */
  readonly fix?: Fix;
}

export interface Place {
  readonly declaration: Declaration;
  readonly property?: string;
}

type Describe<L extends LinkName, K> = (
  diagnosis: HostDiagnosis,
  problem: Extract<LinkProblems[L], { readonly kind: K }>,
) => Omit<Violation, "host"> | undefined;

/**
 * One violation for each problem of a kind that `describe` has words for. A launch template that hosts launch from is
 * judged through those hosts.
 */
export function forEachProblem<L extends LinkName, K extends LinkProblems[L]["kind"]>(
  diagnosis: Diagnosis,
  link: L,
  kind: K,
  describe: Describe<L, K>,
): readonly Violation[] {
  return diagnosis.hosts
    .filter(({ host }) => host.launches.length === 0)
    .flatMap((hostDiagnosis) =>
      problems(hostDiagnosis, link)
        .filter((problem): problem is Extract<LinkProblems[L], { readonly kind: K }> => problem.kind === kind)
        .flatMap((problem) => {
          const violation = describe(hostDiagnosis, problem);
          return violation === undefined ? [] : [{ ...violation, host: hostDiagnosis.host.declaration }];
        }),
    );
}

/** One violation for each remark of a kind. */
export function forEachRemark(diagnosis: Diagnosis, kind: Remark["kind"]): readonly Violation[] {
  return diagnosis.hosts
    .filter(({ host }) => host.launches.length === 0)
    .flatMap(({ host, remarks }) =>
      remarks
        .filter((remark) => remark.kind === kind)
        .map(({ why, place }) => ({ host: host.declaration, place, message: why })),
    );
}

/** One violation for each mistake of a kind in the rights of people; a lesser one is a note. */
export const forEachAccessProblem = ({ access }: Diagnosis, kind: AccessProblem["kind"]): readonly Violation[] =>
  access
    .filter((problem) => problem.kind === kind)
    .map(({ why, minor, place }) => ({ place, message: why, ...(minor ? { level: "note" as const } : {}) }));

function problems<L extends LinkName>(diagnosis: HostDiagnosis, link: L): readonly LinkProblems[L][] {
  const verdict = diagnosis.links[link];
  return verdict.status === "fail" ? verdict.problems : [];
}
