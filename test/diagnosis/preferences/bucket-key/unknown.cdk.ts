import { CfnParameter, type Stack } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as iam from "aws-cdk-lib/aws-iam";
import * as s3 from "aws-cdk-lib/aws-s3";
import * as ssm from "aws-cdk-lib/aws-ssm";

export function program(stack: Stack): void {
  const keyArn = new CfnParameter(stack, "LogKeyArn").valueAsString;
  const logs = new s3.CfnBucket(stack, "Logs", {
    bucketEncryption: {
      serverSideEncryptionConfiguration: [
        { serverSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn } },
      ],
    },
  });
  new ssm.CfnDocument(stack, "SessionPreferences", {
    name: "SSM-SessionManagerRunShell",
    documentType: "Session",
    content: {
      schemaVersion: "1.0",
      sessionType: "Standard_Stream",
      inputs: { s3BucketName: logs.ref, s3EncryptionEnabled: false },
    },
  });
  const role = new iam.Role(stack, "WebRole", {
    assumedBy: new iam.ServicePrincipal("ec2.amazonaws.com"),
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName("AmazonSSMManagedInstanceCore")],
  });
  role.addToPolicy(new iam.PolicyStatement({ actions: ["s3:PutObject"], resources: [`${logs.attrArn}/*`] }));
  new ec2.Instance(stack, "WebServer", {
    vpc: new ec2.Vpc(stack, "Vpc", { maxAzs: 1, natGateways: 0 }),
    vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC },
    machineImage: ec2.MachineImage.latestAmazonLinux2023(),
    instanceType: new ec2.InstanceType("t3.micro"),
    role,
  });
}
