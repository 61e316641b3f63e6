import { buildInfrastructure } from "../../core/infrastructure/build";
import type { Host, Infrastructure } from "../../core/infrastructure/model";
import { readTemplates } from "../../core/readers/cloudformation";

/** The infrastructure of `Resources` written as YAML, in its first scenario. */
export function infrastructureOf(resources: string): Infrastructure {
  const text = `Resources:\n${resources.replaceAll(/^/gm, "  ")}`;
  const reading = readTemplates([{ file: "test.yaml", text, required: true }]);
  const scenario = reading.units[0]?.[0];
  if (scenario === undefined)
    throw new Error(`no scenario: ${reading.problems.map((problem) => problem.message).join("; ")}`);
  return buildInfrastructure(scenario.program);
}

export function hostOf(infrastructure: Infrastructure, name: string): Host {
  const host = infrastructure.hosts.find(({ declaration }) => declaration.name === name);
  if (host === undefined) throw new Error(`no host ${name}`);
  return host;
}
