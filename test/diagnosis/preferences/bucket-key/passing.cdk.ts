import type { Stack } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as iam from "aws-cdk-lib/aws-iam";
import * as kms from "aws-cdk-lib/aws-kms";
import * as s3 from "aws-cdk-lib/aws-s3";
import * as ssm from "aws-cdk-lib/aws-ssm";

export function program(stack: Stack): void {
  const encryptionKey = new kms.Key(stack, "LogKey");
  const logs = new s3.Bucket(stack, "Logs", { encryptionKey });
  new ssm.CfnDocument(stack, "SessionPreferences", {
    name: "SSM-SessionManagerRunShell",
    documentType: "Session",
    content: {
      schemaVersion: "1.0",
      sessionType: "Standard_Stream",
      inputs: { s3BucketName: logs.bucketName, s3EncryptionEnabled: false },
    },
  });
  const role = new iam.Role(stack, "WebRole", {
    assumedBy: new iam.ServicePrincipal("ec2.amazonaws.com"),
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName("AmazonSSMManagedInstanceCore")],
  });
  role.addToPolicy(new iam.PolicyStatement({ actions: ["s3:PutObject"], resources: [logs.arnForObjects("*")] }));
  encryptionKey.grant(role, "kms:GenerateDataKey");
  new ec2.Instance(stack, "WebServer", {
    vpc: new ec2.Vpc(stack, "Vpc", { maxAzs: 1, natGateways: 0 }),
    vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
    machineImage: ec2.MachineImage.latestAmazonLinux2023(),
    instanceType: new ec2.InstanceType("t3.micro"),
    role,
  });
}
