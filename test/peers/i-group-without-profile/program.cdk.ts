import type { Stack } from "aws-cdk-lib";
import * as autoscaling from "aws-cdk-lib/aws-autoscaling";
import * as ec2 from "aws-cdk-lib/aws-ec2";

export function program(stack: Stack): void {
  const vpc = new ec2.Vpc(stack, "Vpc", {
    maxAzs: 1,
    natGateways: 0,
    subnetConfiguration: [{ name: "Public", subnetType: ec2.SubnetType.PUBLIC }],
  });
  const securityGroup = new ec2.SecurityGroup(stack, "HostGroup", { vpc });
  const template = new ec2.LaunchTemplate(stack, "Template", {
    machineImage: ec2.MachineImage.latestAmazonLinux2023(),
    instanceType: new ec2.InstanceType("t3.micro"),
    securityGroup,
  });
  new autoscaling.AutoScalingGroup(stack, "Group", {
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
    launchTemplate: template,
    maxCapacity: 2,
  });
}
