import type { Declaration } from "./declaration";

/** What a sentence calls a declaration: its logical id, the name at the end of a Pulumi URN, or the path of a CDK construct. */
export function shortName({ name, constructPath }: Pick<Declaration, "name" | "constructPath">): string {
  if (constructPath !== undefined) return constructPath.replace(/\/(Resource|Default)$/, "");
  return name.startsWith("urn:pulumi:") ? name.slice(name.lastIndexOf("::") + 2) : name;
}
