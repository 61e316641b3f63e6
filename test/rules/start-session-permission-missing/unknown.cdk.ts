import { CfnParameter, type Stack } from "aws-cdk-lib";
import * as iam from "aws-cdk-lib/aws-iam";

export function program(stack: Stack): void {
  const hostArn = new CfnParameter(stack, "HostArn");
  const operators = new iam.Role(stack, "Operators", { assumedBy: new iam.AccountRootPrincipal() });
  new iam.ManagedPolicy(stack, "OperatorsPolicy", {
    roles: [operators],
    statements: [
      new iam.PolicyStatement({
        actions: ["ssm:StartSession"],
        resources: [hostArn.valueAsString, "arn:aws:ssm:*:*:document/SSM-SessionManagerRunShell"],
        conditions: { BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } },
      }),
      new iam.PolicyStatement({
        actions: ["ssm:ResumeSession", "ssm:TerminateSession", "ssmmessages:OpenDataChannel"],
        resources: ["arn:aws:ssm:*:*:session/${aws:userid}-*"],
      }),
    ],
  });
}
