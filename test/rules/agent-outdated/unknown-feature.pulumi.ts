import * as aws from "@pulumi/aws";

export function program(): void {
  const role = new aws.iam.Role("web-role", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
  });
  new aws.iam.RolePolicyAttachment("web-role-ssm", {
    role: role.name,
    policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
  });
  const profile = new aws.iam.InstanceProfile("web-profile", { role: role.name });

  const template = new aws.ec2.LaunchTemplate("web-template", {
    imageId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/amzn2-ami-minimal-hvm-x86_64-ebs",
    instanceType: "t3.micro",
    iamInstanceProfile: { arn: profile.arn },
    userData: Buffer.from(`#!/bin/bash
yum install -y https://s3.amazonaws.com/ec2-downloads-windows/SSMAgent/2.3.612.0/linux_amd64/amazon-ssm-agent.rpm
`).toString("base64"),
  });
  new aws.ec2.Instance("web-server", { launchTemplate: { id: template.id, version: "$Latest" } });
  new aws.ssm.Document("session-settings", {
    name: "SSM-SessionManagerRunShell",
    documentType: "Session",
    content: JSON.stringify({
      schemaVersion: "1.0",
      sessionType: "Standard_Stream",
      inputs: { runAsEnabled: true, runAsDefaultUser: "ops" },
    }),
  });
  new aws.ssm.Association("agent-updates", {
    name: "AWS-UpdateSSMAgent",
    scheduleExpression: "rate(14 days)",
    targets: [{ key: "resource-groups:Name", values: ["web-fleet"] }],
  });
}
