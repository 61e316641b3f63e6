import { unknown } from "../../facts/fact";
import type { Declaration } from "../declaration";
import type { RecordValue } from "../value";

const STACK = "outside of this program";

export const isOutside = ({ stack }: Declaration): boolean => stack === STACK;

/** Names in IAM are unique for their type; ids of everything else are unique. */
const outsideId = (type: string, name: string): string =>
  `outside#${type.startsWith("AWS::IAM::") ? `${type} ` : ""}${name}`;

/** Something outside of the program as a declaration in the normal form, which programs find by its physical ids. */
export function declare(
  type: string,
  [name, ...otherIds]: readonly [string, ...string[]],
  properties: RecordValue,
  assuming: readonly string[] = [],
): Declaration {
  return {
    id: outsideId(type, name),
    name,
    type,
    sourceType: type,
    language: "cloudformation",
    properties,
    stack: STACK,
    region: unknown("it is outside of this program"),
    account: unknown("it is outside of this program"),
    assuming,
    physicalIds: [name, ...otherIds],
    exemptions: [],
  };
}
