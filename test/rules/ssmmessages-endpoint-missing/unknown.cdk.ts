import type { Stack } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";

export function program(stack: Stack): void {
  const subnet = new ec2.PrivateSubnet(stack, "PrivateSubnet", {
    vpcId: "vpc-0123456789abcdef0",
    availabilityZone: "eu-west-1a",
    cidrBlock: "10.0.1.0/24",
  });
  const vpc = ec2.Vpc.fromVpcAttributes(stack, "SharedVpc", {
    vpcId: "vpc-0123456789abcdef0",
    vpcCidrBlock: "10.0.0.0/16",
    availabilityZones: ["eu-west-1a"],
    isolatedSubnetIds: [subnet.subnetId],
  });
  vpc.addInterfaceEndpoint("SsmEndpoint", { service: ec2.InterfaceVpcEndpointAwsService.SSM });
  new ec2.Instance(stack, "WebServer", {
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    machineImage: ec2.MachineImage.latestAmazonLinux2023(),
    instanceType: new ec2.InstanceType("t3.micro"),
    ssmSessionPermissions: true,
  });
}
