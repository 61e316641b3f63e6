import type { Stack } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";

export function program(stack: Stack): void {
  const vpc = new ec2.Vpc(stack, "Vpc", {
    maxAzs: 1,
    natGateways: 0,
    subnetConfiguration: [{ name: "Isolated", subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
  });
  vpc.addInterfaceEndpoint("SsmEndpoint", { service: ec2.InterfaceVpcEndpointAwsService.SSM });
  vpc.addInterfaceEndpoint("SsmMessagesEndpoint", { service: ec2.InterfaceVpcEndpointAwsService.SSM_MESSAGES });
  vpc.addGatewayEndpoint("S3Endpoint", { service: ec2.GatewayVpcEndpointAwsService.S3 });
  const group = new ec2.SecurityGroup(stack, "HostGroup", { vpc });
  new ec2.CfnInstance(stack, "Host", {
    imageId: ec2.MachineImage.latestAmazonLinux2023().getImage(stack).imageId,
    instanceType: "t3.micro",
    subnetId: vpc.selectSubnets({ subnetType: ec2.SubnetType.PRIVATE_ISOLATED }).subnetIds[0],
    securityGroupIds: [group.securityGroupId],
  });
}
