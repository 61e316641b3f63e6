import type { PolicyConfigSchema } from "@pulumi/policy";
import { type ConfiguredExemption, withExemptions } from "../../../core/assessment/configured-exemptions";
import type { Exemption, Reading, ReadingProblem } from "../../../core/program/declaration";

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

/** The reading with the configured exemptions in force. One that names no resource of the stack is a problem. */
export function withConfigured(reading: Reading, configured: readonly ConfiguredExemption[]): Reading {
  const exempted = withExemptions(reading, configured);
  return { ...exempted.reading, problems: [...reading.problems, ...exempted.unmet.map(unmet)] };
}

const unmet = ({ resource, exemption }: ConfiguredExemption): ReadingProblem => ({
  message: `${ORIGIN} exempts "${resource}" from ${exemption.rule}, and the stack declares no resource of that URN or name`,
});
