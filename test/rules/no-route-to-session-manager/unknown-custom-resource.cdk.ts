import type { Stack } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as custom from "aws-cdk-lib/custom-resources";

export function program(stack: Stack): void {
  const vpc = new ec2.Vpc(stack, "Vpc", {
    maxAzs: 1,
    natGateways: 0,
    subnetConfiguration: [{ name: "Private", subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
  });
  new ec2.Instance(stack, "WebServer", {
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    machineImage: ec2.MachineImage.latestAmazonLinux2023(),
    instanceType: new ec2.InstanceType("t3.micro"),
    ssmSessionPermissions: true,
  });
  new custom.AwsCustomResource(stack, "SsmEndpoint", {
    onCreate: {
      service: "EC2",
      action: "createVpcEndpoint",
      parameters: { VpcId: vpc.vpcId, ServiceName: `com.amazonaws.${stack.region}.ssm`, VpcEndpointType: "Interface" },
      physicalResourceId: custom.PhysicalResourceId.of("endpoint"),
    },
    policy: custom.AwsCustomResourcePolicy.fromSdkCalls({ resources: custom.AwsCustomResourcePolicy.ANY_RESOURCE }),
  });
}
