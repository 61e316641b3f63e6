import type { Stack } from "aws-cdk-lib";
import * as autoscaling from "aws-cdk-lib/aws-autoscaling";
import * as ec2 from "aws-cdk-lib/aws-ec2";

export function program(stack: Stack): void {
  const vpc = new ec2.Vpc(stack, "Vpc", {
    maxAzs: 1,
    natGateways: 0,
    subnetConfiguration: [{ name: "Public", subnetType: ec2.SubnetType.PUBLIC }],
  });
  const configuration = new autoscaling.CfnLaunchConfiguration(stack, "Configuration", {
    imageId: ec2.MachineImage.latestAmazonLinux2023().getImage(stack).imageId,
    instanceType: "t3.micro",
    securityGroups: [new ec2.SecurityGroup(stack, "HostGroup", { vpc }).securityGroupId],
  });
  new autoscaling.CfnAutoScalingGroup(stack, "Group", {
    minSize: "1",
    maxSize: "2",
    vpcZoneIdentifier: vpc.selectSubnets({ subnetType: ec2.SubnetType.PUBLIC }).subnetIds,
    launchConfigurationName: configuration.ref,
  });
}
