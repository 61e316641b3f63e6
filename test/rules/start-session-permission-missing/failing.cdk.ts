import type { Stack } from "aws-cdk-lib";
import * as iam from "aws-cdk-lib/aws-iam";

export function program(stack: Stack): void {
  const operators = new iam.Role(stack, "Operators", { assumedBy: new iam.AccountRootPrincipal() });
  new iam.ManagedPolicy(stack, "OperatorsPolicy", {
    roles: [operators],
    statements: [
      new iam.PolicyStatement({
        actions: ["ssm:StartSession"],
        resources: ["arn:aws:ec2:*:*:instance/*"],
        conditions: { BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } },
      }),
      new iam.PolicyStatement({
        actions: ["ssm:ResumeSession", "ssm:TerminateSession", "ssmmessages:OpenDataChannel"],
        resources: ["arn:aws:ssm:*:*:session/${aws:userid}-*"],
      }),
    ],
  });
}
