import type { Stack } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as ssm from "aws-cdk-lib/aws-ssm";

export function program(stack: Stack): void {
  const vpc = new ec2.Vpc(stack, "Vpc", {
    maxAzs: 1,
    natGateways: 0,
    subnetConfiguration: [{ name: "Private", subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
  });
  vpc.addInterfaceEndpoint("SsmEndpoint", { service: ec2.InterfaceVpcEndpointAwsService.SSM });
  vpc.addInterfaceEndpoint("SsmMessagesEndpoint", { service: ec2.InterfaceVpcEndpointAwsService.SSM_MESSAGES });
  vpc.addGatewayEndpoint("S3Endpoint", { service: ec2.GatewayVpcEndpointAwsService.S3 });
  new ssm.CfnDocument(stack, "SessionPreferences", {
    name: "SSM-SessionManagerRunShell",
    documentType: "Session",
    content: {
      schemaVersion: "1.0",
      description: "Session preferences",
      sessionType: "Standard_Stream",
      inputs: {
        s3BucketName: "session-logs",
        s3EncryptionEnabled: true,
        cloudWatchLogGroupName: "",
        cloudWatchEncryptionEnabled: true,
      },
    },
  });
  new ec2.Instance(stack, "WebServer", {
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    machineImage: ec2.MachineImage.latestAmazonLinux2023(),
    instanceType: new ec2.InstanceType("t3.micro"),
    ssmSessionPermissions: true,
  });
}
