import type { Stack } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as iam from "aws-cdk-lib/aws-iam";

export function program(stack: Stack): void {
  const vpc = new ec2.Vpc(stack, "Vpc", {
    maxAzs: 1,
    natGateways: 0,
    subnetConfiguration: [{ name: "Public", subnetType: ec2.SubnetType.PUBLIC }],
  });
  const role = new iam.Role(stack, "HostRole", {
    assumedBy: new iam.ServicePrincipal("ec2.amazonaws.com"),
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName("AmazonSSMManagedInstanceCore")],
  });
  const group = new ec2.SecurityGroup(stack, "HostGroup", { vpc });
  const template = new ec2.LaunchTemplate(stack, "Template", {
    machineImage: ec2.MachineImage.latestAmazonLinux2023(),
    instanceType: new ec2.InstanceType("t3.micro"),
    role,
  });
  const hardTemplate = new ec2.LaunchTemplate(stack, "HardTemplate", {
    machineImage: ec2.MachineImage.latestAmazonLinux2023(),
    instanceType: new ec2.InstanceType("t3.micro"),
    role,
    httpEndpoint: false,
  });
  new ec2.CfnInstance(stack, "GoodHost", {
    launchTemplate: { launchTemplateId: template.launchTemplateId, version: template.latestVersionNumber },
    subnetId: vpc.selectSubnets({ subnetType: ec2.SubnetType.PUBLIC }).subnetIds[0],
    securityGroupIds: [group.securityGroupId],
  });
  new ec2.CfnInstance(stack, "HardHost", {
    launchTemplate: { launchTemplateId: hardTemplate.launchTemplateId, version: hardTemplate.latestVersionNumber },
    subnetId: vpc.selectSubnets({ subnetType: ec2.SubnetType.PUBLIC }).subnetIds[0],
    securityGroupIds: [group.securityGroupId],
  });
}
