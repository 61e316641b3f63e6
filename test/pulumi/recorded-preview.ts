import { createHash } from "node:crypto";

type Json = null | boolean | number | string | readonly Json[] | JsonMap;
interface JsonMap {
  readonly [key: string]: Json;
}

/**
 * A preview as it is kept in the repository: without what differs from run to run or from machine to machine, that is the order of
 * steps and dependencies, the random part of automatic names, durations, warnings, and source positions outside of the project.
 */
export function recordedPreview(json: unknown): string {
  const preview = withoutMachine(asMap(json));
  const steps = asList(preview.steps).map(asMap);
  const sorted = { ...preview, steps: [...steps].sort(byUrn) };
  const text = JSON.stringify(sorted, null, 2);
  return `${automaticNames(steps).reduce((current, [name, stable]) => current.replaceAll(`"${name}"`, `"${stable}"`), text)}\n`;
}

const CHANGING = new Set(["diagnostics", "duration", "stackTrace"]);

function withoutMachine(map: JsonMap): JsonMap {
  const kept = Object.entries(map).filter(
    ([key, value]) => !CHANGING.has(key) && !(key === "sourcePosition" && String(value).includes("..")),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, membersWithoutMachine(value)]));
}

function membersWithoutMachine(value: Json): Json {
  if (isList(value)) return value.every(isUrn) ? [...value].sort() : value.map(membersWithoutMachine);
  return isMap(value) ? withoutMachine(value) : value;
}

const isUrn = (value: Json): value is string => typeof value === "string" && value.startsWith("urn:pulumi:");

/** Automatic names with those that take their place, whose seven last digits follow from the URN. */
function automaticNames(steps: readonly JsonMap[]): readonly (readonly [string, string])[] {
  return steps.flatMap((step) => {
    const inputs = asMap(asMap(step.newState).inputs);
    const { name, __defaults: defaults } = inputs;
    if (typeof name !== "string" || !asList(defaults).includes("name")) return [];
    const digits = createHash("sha256").update(String(step.urn)).digest("hex").slice(0, 7);
    return [[name, name.replace(/[0-9a-f]{7}$/, digits)]];
  });
}

const byUrn = (left: JsonMap, right: JsonMap): number => (String(left.urn) < String(right.urn) ? -1 : 1);

const isList = (value: unknown): value is readonly Json[] => Array.isArray(value);

const isMap = (value: unknown): value is JsonMap =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const asList = (value: unknown): readonly Json[] => (isList(value) ? value : []);

const asMap = (value: unknown): JsonMap => (isMap(value) ? value : {});
