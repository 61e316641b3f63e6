import { NO_CONFIGURATION } from "../core/configuration/configuration";
import { type ConfigurationReading, readConfiguration } from "../core/configuration/read-configuration";
import type { ConfigurableRule } from "../core/configuration/schema";
import type { FoundConfiguration } from "./find-configuration";
import { positionedDocument } from "./positioned-document";

/** Reads a configuration, YAML or JSON. One that is no YAML is not in force at all, for nobody knows what it was meant to say. */
export function parseConfiguration(
  found: FoundConfiguration,
  rules: readonly ConfigurableRule[],
): ConfigurationReading {
  const document = positionedDocument(found, "YAML");
  if ("content" in document) return readConfiguration(document, rules);
  return { configuration: { ...NO_CONFIGURATION, file: found.file }, problems: [document] };
}
