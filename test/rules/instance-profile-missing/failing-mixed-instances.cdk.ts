import type { Stack } from "aws-cdk-lib";
import * as autoscaling from "aws-cdk-lib/aws-autoscaling";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as iam from "aws-cdk-lib/aws-iam";

export function program(stack: Stack): void {
  const role = new iam.Role(stack, "WebRole", {
    assumedBy: new iam.ServicePrincipal("ec2.amazonaws.com"),
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName("AmazonSSMManagedInstanceCore")],
  });
  const template = new ec2.LaunchTemplate(stack, "WebTemplate", {
    machineImage: ec2.MachineImage.latestAmazonLinux2023(),
    instanceType: new ec2.InstanceType("t3.micro"),
    role,
  });
  const armTemplate = new ec2.LaunchTemplate(stack, "WebArmTemplate", {
    machineImage: ec2.MachineImage.latestAmazonLinux2023({ cpuType: ec2.AmazonLinuxCpuType.ARM_64 }),
    instanceType: new ec2.InstanceType("t4g.micro"),
  });
  const launches = ({ launchTemplateId, latestVersionNumber: version }: ec2.LaunchTemplate) => ({
    launchTemplateId,
    version,
  });
  new autoscaling.CfnAutoScalingGroup(stack, "WebServers", {
    minSize: "1",
    maxSize: "4",
    availabilityZones: ["us-east-1a"],
    mixedInstancesPolicy: {
      launchTemplate: {
        launchTemplateSpecification: launches(template),
        overrides: [
          { instanceType: "t3.small" },
          { instanceType: "t4g.small", launchTemplateSpecification: launches(armTemplate) },
        ],
      },
    },
  });
}
