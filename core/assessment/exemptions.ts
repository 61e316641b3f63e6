import type { Declaration, Exemption, Reading } from "../program/declaration";
import type { Finding, Suppression } from "./assessment";

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The exemption that covers a rule on one of the declarations concerned, if it is valid today. */
export function suppressionFor(rule: string, declarations: readonly Declaration[], today: string): Suppression | null {
  const exemption = declarations
    .flatMap((declaration) => declaration.exemptions)
    .find((candidate) => (candidate.rule === rule || candidate.rule === "*") && fault(candidate, today) === undefined);
  if (exemption === undefined) return null;
  const { reason, expires, owner } = exemption;
  return { reason, ...(expires === undefined ? {} : { expires }), ...(owner === undefined ? {} : { owner }) };
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

/** Exemptions of the program that do not hold, as findings, so that nobody believes a host is excused. */
export function invalidExemptions(reading: Reading, today: string): readonly Finding[] {
  const declarations = new Map<string, Declaration>();
  for (const scenario of reading.units.flat()) {
    for (const declaration of scenario.program.declarations) {
      if (declaration.exemptions.length > 0) declarations.set(declaration.id, declaration);
    }
  }
  return [...declarations.values()].flatMap((declaration) =>
    declaration.exemptions.flatMap((exemption) => {
      const reason = fault(exemption, today);
      return reason === undefined ? [] : [invalidExemption(declaration, exemption, reason)];
    }),
  );
}

const invalidExemption = (declaration: Declaration, exemption: Exemption, reason: string): Finding => ({
  rule: "exemption-invalid",
  level: "warning",
  resource: declaration,
  place: declaration,
  message: `the exemption from ${exemption.rule === "*" ? "all rules" : exemption.rule} does not hold: ${reason}`,
  why: "An exemption without a valid reason and date would hide findings for ever.",
  fix: "Give it a reason and an expiry date in the future, or remove it.",
  docs: "docs/exemptions.md",
  suppressed: null,
});
