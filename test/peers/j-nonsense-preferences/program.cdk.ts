import type { Stack } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as iam from "aws-cdk-lib/aws-iam";
import * as ssm from "aws-cdk-lib/aws-ssm";

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
  new ssm.CfnDocument(stack, "Preferences", {
    name: "SSM-SessionManagerRunShell",
    documentType: "Session",
    content: {
      schemaVersion: "1.0",
      sessionType: "Standard_Stream",
      inputs: {
        s3EncryptionEnabled: "perhaps",
        cloudWatchEncryptionEnabled: true,
        idleSessionTimeout: "900",
        shellProfle: { linux: "bash" },
      },
    },
  });
  new ec2.Instance(stack, "Host", {
    vpc,
    machineImage: ec2.MachineImage.latestAmazonLinux2023(),
    instanceType: new ec2.InstanceType("t3.micro"),
    role,
    vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
  });
}
