import { child } from "../parse/node";
import type { Evaluation } from "../resolve/evaluation";
import type { Stack } from "../resolve/stack";
import { usesIn } from "../template/uses";

/** What another stack can add to: routes and endpoints to a network, policies to a role. */
const EXTENSIBLE = new Set([
  "AWS::EC2::NetworkAcl",
  "AWS::EC2::RouteTable",
  "AWS::EC2::SecurityGroup",
  "AWS::EC2::Subnet",
  "AWS::EC2::VPC",
  "AWS::IAM::InstanceProfile",
  "AWS::IAM::Role",
]);

/** Resources that stand for others. */
const OUT_OF_SIGHT: readonly { readonly what: string; readonly is: (type: string) => boolean }[] = [
  { what: "nested stack", is: (type) => type === "AWS::CloudFormation::Stack" },
  { what: "module", is: (type) => type.endsWith("::MODULE") },
];

/** Why resources of these stacks may be missing from what was read; undefined where nothing is. */
export function incompleteReason(stacks: readonly Stack[], evaluation: Evaluation): string | undefined {
  const reasons = stacks.flatMap((stack) => [
    ...stack.incomplete,
    ...broughtIn(stack),
    ...outOfSight(stack, evaluation),
  ]);
  return reasons.length === 0 ? undefined : reasons.join("; ");
}

/** `AWS::Include` and macros bring in resources where `Fn::Transform` stands among them or above all sections. */
function broughtIn({ template: { root }, name }: Stack): readonly string[] {
  const isThere = [root, child(root, "Resources")].some((node) => child(node, "Fn::Transform") !== undefined);
  return isThere ? [`Fn::Transform may bring more resources into stack ${name}`] : [];
}

function outOfSight(stack: Stack, evaluation: Evaluation): readonly string[] {
  const reasons: string[] = [];
  for (const { logicalId, type, properties } of stack.template.resources.values()) {
    const what = OUT_OF_SIGHT.find(({ is }) => is(type))?.what;
    if (what === undefined || properties === undefined || stack.nested.has(logicalId)) continue;
    if (evaluation.of(stack).exists(logicalId).truth === false) continue;
    const given = usesIn(properties).find(
      ({ kind, name }) => kind === "reference" && EXTENSIBLE.has(stack.template.resources.get(name)?.type ?? ""),
    );
    if (given !== undefined) {
      reasons.push(`${what} ${logicalId}, whose template is not at hand, may add to ${given.name}`);
    }
  }
  return reasons;
}
