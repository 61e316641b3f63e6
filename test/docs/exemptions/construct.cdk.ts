import type { Stack } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import { SessionManager } from "../../../cdk-aspects";

export function program(stack: Stack): void {
  const appliance = new ec2.CfnInstance(stack, "Appliance", {
    imageId: "ami-0123456789abcdef0",
    instanceType: "t3.large",
  });
  SessionManager.exempt(appliance, {
    rule: "instance-profile-missing",
    reason: "vendor appliance without agent",
    expires: "2027-01-31",
    owner: "network-team",
  });
}
