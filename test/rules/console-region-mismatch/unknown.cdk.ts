import { CfnParameter, type Stack } from "aws-cdk-lib";
import * as ssm from "aws-cdk-lib/aws-ssm";

export function program(stack: Stack): void {
  const hostRegion = new CfnParameter(stack, "HostRegion");
  new ssm.StringParameter(stack, "SessionLink", {
    parameterName: "/web/session-link",
    stringValue: `https://eu-west-1.console.aws.amazon.com/systems-manager/session-manager/sessions?region=${hostRegion.valueAsString}`,
  });
}
