import { join } from "node:path";
import type { EngineResult, PolicyPack } from "./engine";

/** What a policy met when it read a property; inside a value, members that are unknown read `"unknown"`. */
export type Seen = "unknown" | { readonly value: unknown };

/** What the fixture pack `recorder-pack` was handed for one resource. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly fields: readonly string[];
  readonly props: Readonly<Record<string, Seen>>;
  readonly parent?: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

export const recorderPack = join(__dirname, "fixtures", "recorder-pack");

export function recorder(config: Readonly<Record<string, string>> = {}): PolicyPack {
  return { path: recorderPack, config };
}

/** Resources as a resource policy (`inputs`) or a stack policy (`outputs`) saw them. */
export function recorded(result: EngineResult, view: "inputs" | "outputs"): readonly Recorded[] {
  const messages = result.diagnostics.filter(({ policyName }) => policyName === `record-${view}`);
  return messages.map(({ message }): Recorded => JSON.parse(message.slice(message.indexOf("\n") + 1)));
}

/** @throws when the pack saw no resource of that type and name, or several. */
export function recordedResource(
  result: EngineResult,
  view: "inputs" | "outputs",
  type: string,
  name: string,
): Recorded {
  const found = recorded(result, view).filter((resource) => resource.type === type && resource.name === name);
  const [resource] = found;
  if (resource === undefined || found.length > 1) {
    throw new Error(`${found.length} resources ${type} ${name} among the ${view}: ${result.stdout}${result.stderr}`);
  }
  return resource;
}
