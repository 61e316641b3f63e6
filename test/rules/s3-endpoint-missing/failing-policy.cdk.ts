import type { Stack } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as iam from "aws-cdk-lib/aws-iam";
import * as ssm from "aws-cdk-lib/aws-ssm";

export function program(stack: Stack): void {
  const vpc = new ec2.Vpc(stack, "Vpc", {
    maxAzs: 1,
    natGateways: 0,
    subnetConfiguration: [{ name: "Private", subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
  });
  vpc.addInterfaceEndpoint("SsmEndpoint", { service: ec2.InterfaceVpcEndpointAwsService.SSM });
  vpc.addInterfaceEndpoint("SsmMessagesEndpoint", { service: ec2.InterfaceVpcEndpointAwsService.SSM_MESSAGES });
  const s3 = vpc.addGatewayEndpoint("S3Endpoint", { service: ec2.GatewayVpcEndpointAwsService.S3 });
  s3.addToPolicy(
    new iam.PolicyStatement({
      principals: [new iam.AnyPrincipal()],
      actions: ["s3:GetObject"],
      resources: ["arn:aws:s3:::deployment-artifacts/*"],
    }),
  );
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
  const server = new ec2.Instance(stack, "WebServer", {
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    machineImage: ec2.MachineImage.latestAmazonLinux2023(),
    instanceType: new ec2.InstanceType("t3.micro"),
    ssmSessionPermissions: true,
  });
  server.addToRolePolicy(
    new iam.PolicyStatement({ actions: ["s3:PutObject"], resources: ["arn:aws:s3:::session-logs/*"] }),
  );
  server.addToRolePolicy(
    new iam.PolicyStatement({ actions: ["s3:GetEncryptionConfiguration"], resources: ["arn:aws:s3:::session-logs"] }),
  );
}
