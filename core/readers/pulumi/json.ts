export type JsonRecord = Readonly<Record<string, unknown>>;

export const NO_PROPERTIES: JsonRecord = {};

export const isRecord = (json: unknown): json is JsonRecord =>
  typeof json === "object" && json !== null && !Array.isArray(json);

export const recordOr = (json: unknown): JsonRecord => (isRecord(json) ? json : NO_PROPERTIES);

export const listOr = (json: unknown): readonly unknown[] => (Array.isArray(json) ? json : []);

export const stringsIn = (json: unknown): readonly string[] =>
  listOr(json).filter((item): item is string => typeof item === "string");

export const textOf = (json: unknown): string | undefined =>
  typeof json === "string" && json !== "" ? json : undefined;

/** How a message calls a JSON value: `a list`, `a text`, `an object with "Resources" and "Outputs"`. */
export function describeJson(json: unknown): string {
  if (json === null || json === undefined) return "nothing";
  if (Array.isArray(json)) return "a list";
  if (!isRecord(json)) return typeof json === "string" ? "a text" : `a ${typeof json}`;
  const keys = Object.keys(json).slice(0, 3);
  if (keys.length === 0) return "an empty object";
  return `an object with ${keys.map((key) => `"${key}"`).join(", ")}`;
}
