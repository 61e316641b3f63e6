import type { PolicyConfigSchema } from "@pulumi/policy";
import { fault } from "../../../core/assessment/exemptions";
import { shortName } from "../../../core/diagnosis/names";
import type { Declaration } from "../../../core/program/declaration";

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

interface ConfiguredExemption {
  readonly resource: string;
  readonly reason: string;
  readonly expires?: string;
}

/** Whether a configured exemption covers the host today. The engine has checked the shape; what does not fit exempts nothing. */
export function exemptedBy(config: object, host: Declaration, today: string): boolean {
  const exemptions: unknown = "exemptions" in config ? config.exemptions : [];
  if (!Array.isArray(exemptions)) return false;
  return exemptions.filter(isExemption).some(({ resource, reason, expires }) => {
    const named = resource === host.id || resource === shortName(host);
    return named && fault({ rule: "*", reason, ...(expires === undefined ? {} : { expires }) }, today) === undefined;
  });
}

function isExemption(item: unknown): item is ConfiguredExemption {
  if (typeof item !== "object" || item === null) return false;
  if (!("resource" in item) || typeof item.resource !== "string") return false;
  return "reason" in item && typeof item.reason === "string";
}
