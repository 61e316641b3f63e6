import { aws_ssm, Names, Stack, TagManager } from "aws-cdk-lib";
import type { HostDiagnosis } from "../../core/diagnosis/diagnose";
import { addedTo, type Repair } from "./repair";

const TAG = "SessionManagerAgentUpdate";

/** Instances of a group carry its tags; what other hosts launch does not carry theirs. */
const TAGGED = new Set(["AWS::EC2::Instance", "AWS::AutoScaling::AutoScalingGroup"]);

/** Lets State Manager keep the agent of a host current, by a tag that the hosts of a stack share. */
export function repairAgentUpdates({ host, remarks }: HostDiagnosis, repair: Repair): void {
  if (!TAGGED.has(host.declaration.type) || !remarks.some(({ kind }) => kind === "agent-auto-update-missing")) return;
  const resource = repair.resource(host.declaration);
  const tags = resource === undefined ? undefined : TagManager.of(resource);
  if (resource === undefined || tags === undefined) return;
  repair.once(resource, "lets AWS-UpdateSSMAgent keep its agent current", () => {
    const stack = Stack.of(resource);
    const value = Names.uniqueId(stack);
    tags.setTag(TAG, value);
    const scope = addedTo(stack);
    if (scope.node.tryFindChild("AgentUpdate") !== undefined) return;
    new aws_ssm.CfnAssociation(scope, "AgentUpdate", {
      name: "AWS-UpdateSSMAgent",
      scheduleExpression: "rate(14 days)",
      targets: [{ key: `tag:${TAG}`, values: [value] }],
    });
  });
}
