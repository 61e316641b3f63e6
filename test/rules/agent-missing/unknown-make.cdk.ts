import type { Stack } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";

export function program(stack: Stack): void {
  const userData = ec2.UserData.forLinux();
  userData.addCommands("dnf install -y git make", "git clone https://github.com/acme/boot && make -C boot install");
  new ec2.Instance(stack, "WebServer", {
    vpc: new ec2.Vpc(stack, "Vpc", { maxAzs: 1 }),
    machineImage: ec2.MachineImage.latestAmazonLinux2023({ edition: ec2.AmazonLinuxEdition.MINIMAL }),
    instanceType: new ec2.InstanceType("t3.micro"),
    ssmSessionPermissions: true,
    userData,
  });
}
