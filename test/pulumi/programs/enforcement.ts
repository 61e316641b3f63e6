import * as aws from "@pulumi/aws";

const ami = "ami-0123456789abcdef0";
const instanceType = "t3.micro";
const agents = "https://s3.amazonaws.com/ec2-downloads-windows/SSMAgent";

/** Hosts for the levels, options and exemptions of the pack. */
export async function enforcementProgram() {
  new aws.ec2.Instance("bare", { ami, instanceType });
  await excusedHostProgram();
  new aws.ec2.Instance("excuse-expired", {
    ami,
    instanceType,
    tags: { "ssm-preflight/ignore/instance-profile-missing": "migration expires=2020-01-31" },
  });
  new aws.ec2.Instance("no-metadata", {
    ami,
    instanceType,
    iamInstanceProfile: "made-elsewhere",
    metadataOptions: { httpEndpoint: "disabled" },
  });
  const template = new aws.ec2.LaunchTemplate("old-agent-template", {
    imageId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/amzn2-ami-minimal-hvm-x86_64-ebs",
    instanceType,
    userData: Buffer.from(
      `#!/bin/bash\nyum install -y ${agents}/3.1.1927.0/linux_amd64/amazon-ssm-agent.rpm\n`,
    ).toString("base64"),
  });
  new aws.ec2.Instance("old-agent", { launchTemplate: { id: template.id }, iamInstanceProfile: "made-elsewhere" });
}

export async function excusedHostProgram() {
  const tags = { "ssm-preflight/ignore/all": "vendor appliance expires=2099-01-31 owner=network-team" };
  new aws.ec2.Instance("excused", { ami, instanceType, tags });
}

export async function hostlessProgram() {
  const vpc = new aws.ec2.Vpc("empty", { cidrBlock: "10.0.0.0/16" });
  new aws.ec2.Subnet("empty", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" });
}

export async function peopleProgram() {
  new aws.iam.User("alice");
  new aws.iam.Role("admins", { assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ AWS: "123456789012" }) });
}
