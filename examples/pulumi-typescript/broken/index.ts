import * as aws from "@pulumi/aws";

// Two hosts that deploy without an error and that no Session Manager session reaches.
const image = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";

const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16" });
const isolated = new aws.ec2.Subnet("isolated", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" });

// 1. No instance profile, and no way out of the subnet.
const webTemplate = new aws.ec2.LaunchTemplate("web-template", { imageId: image, instanceType: "t3.micro" });
new aws.ec2.Instance("web", { launchTemplate: { id: webTemplate.id, version: "$Latest" }, subnetId: isolated.id });

// 2. The role grants ssm:* but none of the ssmmessages actions that carry a session; the endpoint for them is missing too.
const role = new aws.iam.Role("worker", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
new aws.iam.RolePolicy("worker", {
  role: role.name,
  policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "ssm:*", Resource: "*" }],
  }),
});
const profile = new aws.iam.InstanceProfile("worker", { role: role.name });
const workerVpc = new aws.ec2.Vpc("workers", {
  cidrBlock: "10.1.0.0/16",
  enableDnsSupport: true,
  enableDnsHostnames: true,
});
const workerSubnet = new aws.ec2.Subnet("workers", { vpcId: workerVpc.id, cidrBlock: "10.1.1.0/24" });
const endpointGroup = new aws.ec2.SecurityGroup("endpoints", {
  vpcId: workerVpc.id,
  ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.1.0.0/16"] }],
});
const workerGroup = new aws.ec2.SecurityGroup("workers", {
  vpcId: workerVpc.id,
  egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.1.0.0/16"] }],
});
new aws.ec2.VpcEndpoint("ssm", {
  vpcId: workerVpc.id,
  serviceName: "com.amazonaws.us-east-1.ssm",
  vpcEndpointType: "Interface",
  privateDnsEnabled: true,
  subnetIds: [workerSubnet.id],
  securityGroupIds: [endpointGroup.id],
});
const workerTemplate = new aws.ec2.LaunchTemplate("worker-template", {
  imageId: image,
  instanceType: "t3.micro",
  iamInstanceProfile: { arn: profile.arn },
  vpcSecurityGroupIds: [workerGroup.id],
});
new aws.autoscaling.Group("workers", {
  minSize: 1,
  maxSize: 2,
  vpcZoneIdentifiers: [workerSubnet.id],
  launchTemplate: { id: workerTemplate.id, version: "$Latest" },
});
