import { type Stack, Validations } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";

export function program(stack: Stack): void {
  const appliance = new ec2.CfnInstance(stack, "Appliance", {
    imageId: "ami-0123456789abcdef0",
    instanceType: "t3.large",
  });
  Validations.of(appliance).acknowledge({
    id: "session-manager::instance-profile-missing",
    reason: "vendor appliance without agent",
  });
}
