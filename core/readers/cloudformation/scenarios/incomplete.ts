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

/** Why resources of these stacks may be missing from what was read; undefined where nothing is. */
export function incompleteReason(stacks: readonly Stack[], evaluation: Evaluation): string | undefined {
  const reasons = stacks.flatMap((stack) => [...stack.incomplete, ...outOfSight(stack, evaluation)]);
  return reasons.length === 0 ? undefined : reasons.join("; ");
}

function outOfSight(stack: Stack, evaluation: Evaluation): readonly string[] {
  const reasons: string[] = [];
  for (const { logicalId, type, properties } of stack.template.resources.values()) {
    if (type !== "AWS::CloudFormation::Stack" || properties === undefined || stack.nested.has(logicalId)) continue;
    if (evaluation.of(stack).exists(logicalId).truth === false) continue;
    const given = usesIn(properties).find(
      ({ kind, name }) => kind === "reference" && EXTENSIBLE.has(stack.template.resources.get(name)?.type ?? ""),
    );
    if (given !== undefined) {
      reasons.push(`nested stack ${logicalId}, whose template is not at hand, may add to ${given.name}`);
    }
  }
  return reasons;
}
