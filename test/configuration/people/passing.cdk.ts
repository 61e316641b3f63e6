import type { Stack } from "aws-cdk-lib";
import * as iam from "aws-cdk-lib/aws-iam";

export function program(stack: Stack): void {
  const alice = new iam.User(stack, "Alice", { userName: "alice" });
  alice.addToPolicy(new iam.PolicyStatement({ actions: ["ssm:*", "ssmmessages:*"], resources: ["*"] }));
  const operators = new iam.Role(stack, "Operators", {
    roleName: "operators",
    assumedBy: new iam.AccountRootPrincipal(),
  });
  operators.addToPolicy(new iam.PolicyStatement({ actions: ["ssm:*Document"], resources: ["*"] }));
}
