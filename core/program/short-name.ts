import type { Declaration } from "./declaration";

/** Ids of what constructs are made of, below a construct that the user named; a `BastionHostLinux` has two of them. */
export const INNER_IDS = /(?<=\/.+)(\/(Resource|Default))+$/;

/** What a sentence calls a declaration: its logical id, the name at the end of a Pulumi URN, or the path of a CDK construct. */
export function shortName({ name, constructPath }: Pick<Declaration, "name" | "constructPath">): string {
  if (constructPath !== undefined) return constructPath.replace(INNER_IDS, "");
  return name.startsWith("urn:pulumi:") ? name.slice(name.lastIndexOf("::") + 2) : name;
}
