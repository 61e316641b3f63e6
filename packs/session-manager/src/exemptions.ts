import type { PolicyConfigSchema } from "@pulumi/policy";
import type { Declaration, Exemption, Reading, ReadingProblem } from "../../../core/program/declaration";
import { shortName } from "../../../core/program/names";

/** Exemptions given in the pack's configuration file, per rule. */
export const EXEMPTIONS_SCHEMA: PolicyConfigSchema["properties"][string] = {
  description: "Hosts that this rule does not apply to, each with a reason and, if need be, a last day",
  type: "array",
  default: [],
  items: {
    type: "object",
    required: ["resource", "reason"],
    additionalProperties: false,
    properties: {
      resource: { type: "string", description: "URN or name of the host" },
      reason: { type: "string", minLength: 1, description: "Why, for whoever reads it in a year" },
      expires: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$", description: "Last day, YYYY-MM-DD" },
      owner: { type: "string", description: "Whom to ask" },
    },
  },
};

const ORIGIN = "the configuration of the policy pack";

/** An exemption and the URN or name of the resource that it is for. */
export interface ConfiguredExemption {
  readonly resource: string;
  readonly exemption: Exemption;
}

/** The exemptions in the configuration of a rule. The engine has checked their shape; what does not fit exempts nothing. */
export function configuredExemptions(rule: string, config: object): readonly ConfiguredExemption[] {
  const items: unknown = "exemptions" in config ? config.exemptions : [];
  return Array.isArray(items) ? items.flatMap((item: unknown) => readExemption(rule, item)) : [];
}

function readExemption(rule: string, item: unknown): readonly ConfiguredExemption[] {
  if (typeof item !== "object" || item === null) return [];
  const { resource, reason, expires, owner }: Partial<Record<string, unknown>> = { ...item };
  if (typeof resource !== "string" || typeof reason !== "string") return [];
  const exemption: Exemption = {
    rule,
    reason,
    origin: `${ORIGIN} (${resource})`,
    ...(expires === undefined ? {} : { expires: String(expires) }),
    ...(typeof owner === "string" ? { owner } : {}),
  };
  return [{ resource, exemption }];
}

/** The reading in which the configured exemptions stand on the resources that they name, as if the program had them. */
export function withExemptions(reading: Reading, configured: readonly ConfiguredExemption[]): Reading {
  if (configured.length === 0) return reading;
  const met = new Set<ConfiguredExemption>();
  const units = reading.units.map((unit) =>
    unit.map((scenario) => {
      const declarations = scenario.program.declarations.map((declaration) => exempt(declaration, configured, met));
      return { ...scenario, program: { ...scenario.program, declarations } };
    }),
  );
  const problems = configured.filter((entry) => !met.has(entry)).map(unmet);
  return { units, problems: [...reading.problems, ...problems] };
}

function exempt(
  declaration: Declaration,
  configured: readonly ConfiguredExemption[],
  met: Set<ConfiguredExemption>,
): Declaration {
  const own = configured.filter(({ resource }) => resource === declaration.id || resource === shortName(declaration));
  if (own.length === 0) return declaration;
  for (const entry of own) met.add(entry);
  return { ...declaration, exemptions: [...declaration.exemptions, ...own.map(({ exemption }) => exemption)] };
}

const unmet = ({ resource, exemption }: ConfiguredExemption): ReadingProblem => ({
  message: `${ORIGIN} exempts "${resource}" from ${exemption.rule}, and the stack declares no resource of that URN or name`,
});
