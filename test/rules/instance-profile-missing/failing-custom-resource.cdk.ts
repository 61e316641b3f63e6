import type { Stack } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as custom from "aws-cdk-lib/custom-resources";

export function program(stack: Stack): void {
  const host = new ec2.CfnInstance(stack, "WebServer", {
    imageId: ec2.MachineImage.latestAmazonLinux2023().getImage(stack).imageId,
    instanceType: "t3.micro",
  });
  new custom.AwsCustomResource(stack, "Protect", {
    onCreate: {
      service: "EC2",
      action: "modifyInstanceAttribute",
      parameters: { DisableApiTermination: { Value: true }, InstanceId: host.ref },
      physicalResourceId: custom.PhysicalResourceId.of("protection"),
    },
    policy: custom.AwsCustomResourcePolicy.fromSdkCalls({ resources: custom.AwsCustomResourcePolicy.ANY_RESOURCE }),
  });
}
