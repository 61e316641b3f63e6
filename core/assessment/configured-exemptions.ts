import type { Declaration, Exemption, Reading } from "../program/declaration";
import { shortName } from "../program/short-name";

/** An exemption that stands in a configuration, and the id or name of the resource that it is for. */
export interface ConfiguredExemption {
  /** A URN or `<template>#<LogicalId>`; or what a report calls the resource: logical id, construct path, last part of the URN. */
  readonly resource: string;
  readonly exemption: Exemption;
}

export interface ExemptReading<E extends ConfiguredExemption> {
  readonly reading: Reading;
  /** Those whose resource is in no program. */
  readonly unmet: readonly E[];
}

/** The reading in which the configured exemptions stand on the resources that they name, as if the program had them. */
export function withExemptions<E extends ConfiguredExemption>(
  reading: Reading,
  configured: readonly E[],
): ExemptReading<E> {
  if (configured.length === 0) return { reading, unmet: [] };
  const met = new Set<E>();
  const units = reading.units.map((unit) =>
    unit.map((scenario) => {
      const declarations = scenario.program.declarations.map((declaration) => exempt(declaration, configured, met));
      return { ...scenario, program: { ...scenario.program, declarations } };
    }),
  );
  return { reading: { ...reading, units }, unmet: configured.filter((entry) => !met.has(entry)) };
}

function exempt<E extends ConfiguredExemption>(
  declaration: Declaration,
  configured: readonly E[],
  met: Set<E>,
): Declaration {
  const own = configured.filter(({ resource }) => resource === declaration.id || resource === shortName(declaration));
  if (own.length === 0) return declaration;
  for (const entry of own) met.add(entry);
  const exemptions = own.map(({ exemption }) => ({ ...exemption, isConfigured: true as const }));
  return { ...declaration, exemptions: [...declaration.exemptions, ...exemptions] };
}
