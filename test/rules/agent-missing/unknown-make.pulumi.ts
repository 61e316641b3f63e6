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
    imageId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-minimal-kernel-default-x86_64",
    instanceType: "t3.micro",
    iamInstanceProfile: { arn: profile.arn },
  });
  new aws.ec2.Instance("web-server", {
    launchTemplate: { id: template.id, version: "$Latest" },
    userData: ["#!/bin/bash", "dnf install -y git make", "git clone https://github.com/acme/boot", "make -C boot"].join(
      "\n",
    ),
  });
}
