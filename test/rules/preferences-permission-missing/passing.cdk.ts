import type { Stack } from "aws-cdk-lib";
import * as iam from "aws-cdk-lib/aws-iam";

export function program(stack: Stack): void {
  const operators = new iam.Role(stack, "Operators", { assumedBy: new iam.AccountRootPrincipal() });
  new iam.ManagedPolicy(stack, "OperatorsPolicy", {
    roles: [operators],
    statements: [
      new iam.PolicyStatement({
        actions: ["ssm:GetDocument", "ssm:CreateDocument", "ssm:UpdateDocument"],
        resources: ["arn:aws:ssm:*:*:document/SSM-SessionManagerRunShell"],
      }),
    ],
  });
}
