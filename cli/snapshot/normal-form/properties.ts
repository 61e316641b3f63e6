import type { KnownResource, ResourceType } from "../../../core/facts-file/facts-file";

type Ids = readonly (string | undefined)[];

/** A thing with those of its properties that AWS told; none where AWS did not even tell its first id. */
export function resource(
  type: ResourceType,
  [first, ...others]: Ids,
  properties: Readonly<Record<string, unknown>>,
): readonly KnownResource[] {
  if (first === undefined) return [];
  const known = Object.entries(properties).filter(([, value]) => value !== undefined);
  return [{ type, ids: [first, ...others.filter((id) => id !== undefined)], properties: Object.fromEntries(known) }];
}

/** The same map without what AWS left out. */
export const known = (properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));

/** A policy document as JSON; the text itself where it is none. */
export function parsedDocument(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
