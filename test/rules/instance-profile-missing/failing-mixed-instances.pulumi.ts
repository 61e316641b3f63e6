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
    imageId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
    instanceType: "t3.micro",
    iamInstanceProfile: { arn: profile.arn },
  });
  const armTemplate = new aws.ec2.LaunchTemplate("web-arm-template", {
    imageId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
    instanceType: "t4g.micro",
  });
  new aws.autoscaling.Group("web-servers", {
    minSize: 1,
    maxSize: 4,
    availabilityZones: ["us-east-1a"],
    mixedInstancesPolicy: {
      launchTemplate: {
        launchTemplateSpecification: { launchTemplateId: template.id, version: "$Latest" },
        overrides: [
          { instanceType: "t3.small" },
          {
            instanceType: "t4g.small",
            launchTemplateSpecification: { launchTemplateId: armTemplate.id, version: "$Latest" },
          },
        ],
      },
    },
  });
}
