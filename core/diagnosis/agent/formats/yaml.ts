/** The library takes longer to load than most programs take to judge, and few user data are YAML. */
const yaml: () => typeof import("yaml") = () => require("yaml");

/** A YAML text as a map; undefined where it is no YAML, or no map. */
export function parseYamlMap(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const document: unknown = yaml().parse(text, { logLevel: "error", uniqueKeys: false });
    return isRecord(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
