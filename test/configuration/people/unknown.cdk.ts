import { CfnParameter, type Stack } from "aws-cdk-lib";
import * as iam from "aws-cdk-lib/aws-iam";

export function program(stack: Stack): void {
  const policyArn = new CfnParameter(stack, "PolicyArn").valueAsString;
  const policy = iam.ManagedPolicy.fromManagedPolicyArn(stack, "Policy", policyArn);
  new iam.User(stack, "Alice", { userName: "alice", managedPolicies: [policy] });
  new iam.Role(stack, "Operators", {
    roleName: "operators",
    assumedBy: new iam.AccountRootPrincipal(),
    managedPolicies: [policy],
  });
}
