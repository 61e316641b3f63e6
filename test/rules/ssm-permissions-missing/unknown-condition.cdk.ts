import { type Stack, Tags } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as iam from "aws-cdk-lib/aws-iam";

export function program(stack: Stack): void {
  const role = new iam.Role(stack, "WebRole", { assumedBy: new iam.ServicePrincipal("ec2.amazonaws.com") });
  Tags.of(role).add("Team", "web");
  role.attachInlinePolicy(
    new iam.Policy(stack, "Sessions", {
      statements: [
        new iam.PolicyStatement({
          sid: "OwnTeam",
          actions: ["ssm:UpdateInstanceInformation", "ssmmessages:*"],
          resources: ["*"],
          conditions: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
        }),
      ],
    }),
  );
  new ec2.Instance(stack, "WebServer", {
    vpc: new ec2.Vpc(stack, "Vpc", { maxAzs: 1 }),
    machineImage: ec2.MachineImage.latestAmazonLinux2023(),
    instanceType: new ec2.InstanceType("t3.micro"),
    role,
  });
}
