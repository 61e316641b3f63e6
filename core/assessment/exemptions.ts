import { HOST_TYPES } from "../infrastructure/host-types";
import type { Declaration, Exemption, Reading } from "../program/declaration";
import type { Finding, Suppression } from "./assessment";
import { closestWord } from "./closest-word";

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
  if (exemption.reason.trim() === "") return "it gives no reason";
  if (exemption.expires === undefined) return undefined;
  if (!isDate(exemption.expires)) return `its expiry "${exemption.expires}" is no date of the form YYYY-MM-DD`;
  return exemption.expires < today ? `it expired on ${exemption.expires}` : undefined;
}

function isDate(text: string): boolean {
  return DATE.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
}

/** An exemption as it is written once, and every resource that it reaches. */
interface Written {
  readonly exemption: Exemption;
  readonly first: Declaration;
  /** Ids of declarations. */
  readonly reaches: Set<string>;
}

function writtenExemptions(reading: Reading): readonly Written[] {
  const declarations = new Map<string, Declaration>();
  for (const scenario of reading.units.flat()) {
    for (const declaration of scenario.program.declarations) {
      if (declaration.exemptions.length > 0) declarations.set(declaration.id, declaration);
    }
  }
  const written = new Map<string, Written>();
  for (const declaration of declarations.values()) {
    for (const exemption of declaration.exemptions) {
      const key = `${exemption.origin ?? declaration.id} ${exemption.rule} ${exemption.reason}`;
      const entry: Written = written.get(key) ?? { exemption, first: declaration, reaches: new Set() };
      // Of the many resources that one may reach, a host speaks for it best.
      const first = HOST_TYPES.has(declaration.type) && !HOST_TYPES.has(entry.first.type) ? declaration : entry.first;
      written.set(key, { ...entry, first });
      entry.reaches.add(declaration.id);
    }
  }
  return [...written.values()];
}

/**
 * Exemptions of the program that do not hold, and those that pass nothing over, as findings: nobody shall believe that a
 * host is excused, or keep an excuse that is needed no more. `rules` are the ids that there are.
 */
export function doubtfulExemptions(
  reading: Reading,
  findings: readonly Finding[],
  rules: readonly string[],
  today: string,
): readonly Finding[] {
  return writtenExemptions(reading).flatMap((written) => {
    const { exemption, first } = written;
    const reason = misspelling(exemption, rules) ?? fault(exemption, today);
    if (reason !== undefined) return [invalidExemption(first, exemption, reason)];
    return findings.some((finding) => passesOver(written, finding)) ? [] : [unusedExemption(first, exemption)];
  });
}

function misspelling({ rule }: Exemption, rules: readonly string[]): string | undefined {
  if (rule === "*" || rules.includes(rule)) return undefined;
  const close = closestWord(rule, rules);
  return close === undefined ? "there is no such rule" : `there is no such rule; did you mean ${close}?`;
}

const passesOver = ({ exemption, reaches }: Written, { rule, resource, place, suppressed }: Finding): boolean =>
  suppressed !== null &&
  (exemption.rule === rule || exemption.rule === "*") &&
  (reaches.has(resource.id) || reaches.has(place.id));

const invalidExemption = (declaration: Declaration, exemption: Exemption, reason: string): Finding => ({
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

const unusedExemption = (declaration: Declaration, exemption: Exemption): Finding => ({
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
