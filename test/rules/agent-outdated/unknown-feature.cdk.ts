import type { Stack } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as ssm from "aws-cdk-lib/aws-ssm";

export function program(stack: Stack): void {
  const userData = ec2.UserData.forLinux();
  userData.addCommands(
    "yum install -y https://s3.amazonaws.com/ec2-downloads-windows/SSMAgent/2.3.612.0/linux_amd64/amazon-ssm-agent.rpm",
  );
  new ec2.Instance(stack, "WebServer", {
    vpc: new ec2.Vpc(stack, "Vpc", { maxAzs: 1 }),
    machineImage: ec2.MachineImage.fromSsmParameter(
      "/aws/service/ami-amazon-linux-latest/amzn2-ami-minimal-hvm-x86_64-ebs",
    ),
    instanceType: new ec2.InstanceType("t3.micro"),
    ssmSessionPermissions: true,
    userData,
  });
  new ssm.CfnDocument(stack, "Preferences", {
    name: "SSM-SessionManagerRunShell",
    documentType: "Session",
    content: {
      schemaVersion: "1.0",
      sessionType: "Standard_Stream",
      inputs: { runAsEnabled: true, runAsDefaultUser: "ops" },
    },
  });
  new ssm.CfnAssociation(stack, "AgentUpdates", {
    name: "AWS-UpdateSSMAgent",
    scheduleExpression: "rate(14 days)",
    targets: [{ key: "resource-groups:Name", values: ["web-fleet"] }],
  });
}
