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
  vpc.addGatewayEndpoint("S3Endpoint", { service: ec2.GatewayVpcEndpointAwsService.S3 });
  const server = new ec2.Instance(stack, "DatabaseServer", {
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    machineImage: ec2.MachineImage.latestWindows(ec2.WindowsVersion.WINDOWS_SERVER_2022_ENGLISH_FULL_BASE),
    instanceType: new ec2.InstanceType("t3.medium"),
    ssmSessionPermissions: true,
  });
  server.role.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName("AWSEC2VssSnapshotPolicy"));
  new ssm.CfnAssociation(stack, "Backups", {
    name: "AWSEC2-VssInstallAndSnapshot",
    scheduleExpression: "rate(1 day)",
    targets: [{ key: "InstanceIds", values: [server.instanceId] }],
  });
}
