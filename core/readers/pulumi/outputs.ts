import type { Declaration } from "../../program/declaration";
import { UNKNOWN_TO_CLOUDFORMATION as EXTRA } from "../../program/normal-form";
import { record } from "../../program/value";
import type { JsonRecord } from "./json";
import type { Location } from "./location";
import { type PulumiResource, stackOf } from "./resource";
import { inputValue, originFrom } from "./values";

export const ROOT_STACK = "pulumi:pulumi:Stack";

/** Outputs of a stack as declarations of the normal form. */
export function outputDeclarations(
  { urn }: PulumiResource,
  outputs: JsonRecord,
  { region, account }: Location,
  file: string | undefined,
): readonly Declaration[] {
  const origin = originFrom([], false, "it is known only after deployment");
  return Object.entries(outputs).map(([name, json]) => ({
    id: `${urn}#outputs.${name}`,
    name: `outputs.${name}`,
    type: EXTRA.output,
    sourceType: ROOT_STACK,
    language: "pulumi",
    properties: record({ Value: inputValue(json, origin) }),
    stack: stackOf(urn) ?? "",
    ...(file === undefined ? {} : { file }),
    region,
    account,
    assuming: [],
    physicalIds: [],
    exemptions: [],
  }));
}
