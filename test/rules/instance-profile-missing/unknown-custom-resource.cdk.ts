import type { Stack } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as custom from "aws-cdk-lib/custom-resources";

export function program(stack: Stack): void {
  const host = new ec2.CfnInstance(stack, "WebServer", {
    imageId: ec2.MachineImage.latestAmazonLinux2023().getImage(stack).imageId,
    instanceType: "t3.micro",
  });
  new custom.AwsCustomResource(stack, "AttachProfile", {
    onCreate: {
      service: "EC2",
      action: "associateIamInstanceProfile",
      parameters: { IamInstanceProfile: { Name: "sessions" }, InstanceId: host.ref },
      physicalResourceId: custom.PhysicalResourceId.of("profile"),
    },
    policy: custom.AwsCustomResourcePolicy.fromSdkCalls({ resources: custom.AwsCustomResourcePolicy.ANY_RESOURCE }),
  });
}
