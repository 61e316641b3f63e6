import type { Node } from "./node";

const FUNCTIONS = [
  "And",
  "Base64",
  "Cidr",
  "Contains",
  "EachMemberEquals",
  "EachMemberIn",
  "Equals",
  "FindInMap",
  "GetAtt",
  "GetAZs",
  "GetStackOutput",
  "If",
  "ImportValue",
  "Join",
  "Length",
  "Not",
  "Or",
  "RefAll",
  "Select",
  "Split",
  "Sub",
  "ToJsonString",
  "Transform",
  "ValueOf",
  "ValueOfAll",
] as const;

/** Short form to long form. Source: CloudFormation template reference, "Intrinsic functions" and "Rule-specific functions". */
const LONG_FORMS: ReadonlyMap<string, string> = new Map([
  ["!Ref", "Ref"],
  ["!Condition", "Condition"],
  ...FUNCTIONS.map((name): [string, string] => [`!${name}`, `Fn::${name}`]),
]);

export const SHORT_TAGS: readonly string[] = [...LONG_FORMS.keys()];

/** `!Sub x` as `{ Fn::Sub: x }`; undefined for a tag that CloudFormation does not know. `offset` is the tag's. */
export function longForm(tag: string, argument: Node, offset: number): Node | undefined {
  const name = LONG_FORMS.get(tag);
  if (name === undefined) return undefined;
  return { kind: "map", entries: new Map([[name, { keyOffset: offset, value: argument }]]), offset };
}
