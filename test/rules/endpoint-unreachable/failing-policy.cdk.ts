import type { Stack } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as iam from "aws-cdk-lib/aws-iam";

export function program(stack: Stack): void {
  const vpc = new ec2.Vpc(stack, "Vpc", {
    maxAzs: 1,
    natGateways: 0,
    subnetConfiguration: [{ name: "Private", subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
  });
  vpc.addInterfaceEndpoint("SsmEndpoint", { service: ec2.InterfaceVpcEndpointAwsService.SSM });
  const messages = vpc.addInterfaceEndpoint("SsmMessagesEndpoint", {
    service: ec2.InterfaceVpcEndpointAwsService.SSM_MESSAGES,
  });
  messages.addToPolicy(
    new iam.PolicyStatement({
      principals: [new iam.ArnPrincipal("arn:aws:iam::123456789012:role/deploy")],
      actions: ["ssmmessages:*"],
      resources: ["*"],
    }),
  );
  vpc.addGatewayEndpoint("S3Endpoint", { service: ec2.GatewayVpcEndpointAwsService.S3 });
  new ec2.Instance(stack, "WebServer", {
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    machineImage: ec2.MachineImage.latestAmazonLinux2023(),
    instanceType: new ec2.InstanceType("t3.micro"),
    ssmSessionPermissions: true,
  });
}
