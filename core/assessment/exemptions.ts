import { HOST_TYPES } from "../infrastructure/host-types";
import type { Declaration, DeclarationHead, Exemption, Reading } from "../program/declaration";
import type { Finding, Suppression } from "./assessment";
import { suggestion } from "./closest-word";
import { comparePlaces } from "./order";

/** What remarks on exemptions stand under. They are no rules, and no exemption excuses them. */
export const EXEMPTION_RULES: readonly string[] = ["exemption-invalid", "exemption-unused"];

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The exemption that covers a rule on one of the declarations concerned, if it is valid today. */
export function suppressionFor(rule: string, declarations: readonly Declaration[], today: string): Suppression | null {
  const exemption = declarations
    .flatMap((declaration) => declaration.exemptions)
    .find((candidate) => (candidate.rule === rule || candidate.rule === "*") && fault(candidate, today) === undefined);
  if (exemption === undefined) return null;
  const { reason, expires, owner, isConfigured } = exemption;
  const by = isConfigured === undefined ? "program" : "configuration";
  return { by, reason, ...(expires === undefined ? {} : { expires }), ...(owner === undefined ? {} : { owner }) };
}

/** Why an exemption does not hold: it fails closed when expired, malformed or without a reason. The last day is included. */
export function fault(exemption: Exemption, today: string): string | undefined {
  if (exemption.fault !== undefined) return exemption.fault;
  if (exemption.reason.trim() === "") return "it gives no reason";
  if (exemption.expires === undefined) return undefined;
  if (!isDate(exemption.expires)) return `its expiry "${exemption.expires}" is no date of the form YYYY-MM-DD`;
  return exemption.expires < today ? `it expired on ${exemption.expires}` : undefined;
}

function isDate(text: string): boolean {
  return DATE.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
}

/** An exemption as it is written once, and every resource that it reaches. */
export interface WrittenExemption {
  readonly exemption: Exemption;
  /** The resource that speaks for it. */
  readonly first: DeclarationHead;
  /** Ids of declarations. */
  readonly reaches: ReadonlySet<string>;
}

/** The exemptions in a reading. `head` is what is kept of a declaration. */
export function writtenExemptions(
  reading: Reading,
  head: (declaration: Declaration) => DeclarationHead,
): readonly WrittenExemption[] {
  const declarations = new Map<string, Declaration>();
  for (const scenario of reading.units.flat()) {
    for (const declaration of scenario.program.declarations) {
      if (declaration.exemptions.length > 0) declarations.set(declaration.id, declaration);
    }
  }
  return joinExemptions(
    [...declarations.values()].flatMap((declaration) =>
      declaration.exemptions.map((exemption) => ({
        exemption,
        first: head(declaration),
        reaches: new Set([declaration.id]),
      })),
    ),
  );
}

/** Each exemption once, with everything that it reaches, in whatever order its parts come. */
export function joinExemptions(parts: readonly WrittenExemption[]): readonly WrittenExemption[] {
  const written = new Map<string, WrittenExemption & { readonly reaches: Set<string> }>();
  for (const { exemption, first, reaches } of parts) {
    const key = `${exemption.origin ?? first.id} ${exemption.rule} ${exemption.reason}`;
    const entry = written.get(key) ?? { exemption, first, reaches: new Set() };
    for (const id of reaches) entry.reaches.add(id);
    written.set(key, { ...entry, first: spokesman(entry.first, first) });
  }
  return [...written.values()];
}

/** Of the many resources that an exemption may reach, a host speaks for it best. */
function spokesman(left: DeclarationHead, right: DeclarationHead): DeclarationHead {
  const [isHost, isOtherHost] = [HOST_TYPES.has(left.type), HOST_TYPES.has(right.type)];
  if (isHost !== isOtherHost) return isHost ? left : right;
  return comparePlaces(left, right) <= 0 ? left : right;
}

/**
 * Exemptions of the program that do not hold, and those that pass nothing over, as findings: nobody shall believe that a
 * host is excused, or keep an excuse that is needed no more. `rules` are the ids that there are.
 */
export function doubtfulExemptions(
  exemptions: readonly WrittenExemption[],
  findings: readonly Finding[],
  rules: readonly string[],
  today: string,
): readonly Finding[] {
  return exemptions.flatMap((written) => {
    const { exemption, first } = written;
    const reason = misspelling(exemption, rules) ?? fault(exemption, today);
    if (reason !== undefined) return [invalidExemption(first, exemption, reason)];
    return findings.some((finding) => passesOver(written, finding)) ? [] : [unusedExemption(first, exemption)];
  });
}

function misspelling({ rule }: Exemption, rules: readonly string[]): string | undefined {
  if (rule === "*" || rules.includes(rule)) return undefined;
  return `there is no such rule${suggestion(rule, rules)}`;
}

const passesOver = (
  { exemption, reaches }: WrittenExemption,
  { rule, resource, place, suppressed }: Finding,
): boolean =>
  suppressed !== null &&
  (exemption.rule === rule || exemption.rule === "*") &&
  (reaches.has(resource.id) || reaches.has(place.id));

const invalidExemption = (declaration: DeclarationHead, exemption: Exemption, reason: string): Finding => ({
  rule: "exemption-invalid",
  level: "warning",
  resource: declaration,
  place: declaration,
  message: `the exemption from ${words(exemption)} does not hold: ${reason}`,
  why: "An exemption without a valid rule, reason and date would hide findings for ever, or none.",
  fix: "Name a rule, give a reason and an expiry date in the future, or remove the exemption.",
  docs: "docs/exemptions.md",
  suppressed: null,
});

const unusedExemption = (declaration: DeclarationHead, exemption: Exemption): Finding => ({
  rule: "exemption-unused",
  level: "warning",
  resource: declaration,
  place: declaration,
  message: `the exemption from ${words(exemption)} passes nothing over`,
  why: "What it excused is mended or gone. Left in place it would hide the same mistake when it comes back.",
  fix: "Remove the exemption.",
  docs: "docs/exemptions.md",
  suppressed: null,
});

const words = ({ rule, origin }: Exemption): string =>
  `${rule === "*" ? "all rules" : rule}${origin === undefined ? "" : ` at ${origin}`}`;
