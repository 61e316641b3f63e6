import type { Stack } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";

export function program(stack: Stack): void {
  const template = new ec2.LaunchTemplate(stack, "WebTemplate", {
    machineImage: ec2.MachineImage.latestAmazonLinux2023(),
    instanceType: new ec2.InstanceType("t3.micro"),
  });
  new ec2.CfnInstance(stack, "WebServer", {
    launchTemplate: { launchTemplateId: template.launchTemplateId, version: template.latestVersionNumber },
  });
}
