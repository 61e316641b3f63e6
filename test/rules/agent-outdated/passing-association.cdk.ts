import type { Stack } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as ssm from "aws-cdk-lib/aws-ssm";

export function program(stack: Stack): void {
  const userData = ec2.UserData.forLinux();
  userData.addCommands(
    "yum install -y https://s3.amazonaws.com/ec2-downloads-windows/SSMAgent/2.2.619.0/linux_amd64/amazon-ssm-agent.rpm",
  );
  const server = new ec2.Instance(stack, "WebServer", {
    vpc: new ec2.Vpc(stack, "Vpc", { maxAzs: 1 }),
    machineImage: ec2.MachineImage.fromSsmParameter(
      "/aws/service/ami-amazon-linux-latest/amzn2-ami-minimal-hvm-x86_64-ebs",
    ),
    instanceType: new ec2.InstanceType("t3.micro"),
    ssmSessionPermissions: true,
    userData,
  });
  new ssm.CfnAssociation(stack, "AgentUpdates", {
    name: "AWS-UpdateSSMAgent",
    scheduleExpression: "rate(14 days)",
    targets: [{ key: "InstanceIds", values: [server.instanceId] }],
  });
}
