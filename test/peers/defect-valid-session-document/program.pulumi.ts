import * as aws from "@pulumi/aws";

export function program(): void {
  const vpc = new aws.ec2.Vpc("vpc", {
    cidrBlock: "10.0.0.0/16",
    enableDnsSupport: true,
    enableDnsHostnames: true,
  });
  const gateway = new aws.ec2.InternetGateway("gateway", { vpcId: vpc.id });
  const subnet = new aws.ec2.Subnet("subnet", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24", mapPublicIpOnLaunch: true });
  const routes = new aws.ec2.RouteTable("routes", { vpcId: vpc.id });
  new aws.ec2.RouteTableAssociation("routes-of-subnet", { subnetId: subnet.id, routeTableId: routes.id });
  new aws.ec2.Route("default-route", {
    routeTableId: routes.id,
    destinationCidrBlock: "0.0.0.0/0",
    gatewayId: gateway.id,
  });
  const hostGroup = new aws.ec2.SecurityGroup("host-group", {
    vpcId: vpc.id,
    egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
  });
  const role = new aws.iam.Role("host-role", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
  });
  new aws.iam.RolePolicyAttachment("host-role-policy", {
    role: role.name,
    policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
  });
  const profile = new aws.iam.InstanceProfile("host-profile", { role: role.name });
  new aws.ssm.Document("preferences", {
    name: "SSM-SessionManagerRunShell",
    documentType: "Session",
    documentFormat: "YAML",
    content: `schemaVersion: "1.0"
description: Preferences
sessionType: Standard_Stream
inputs:
  s3BucketName: ""
  s3EncryptionEnabled: true
  cloudWatchLogGroupName: ""
  cloudWatchEncryptionEnabled: true
  idleSessionTimeout: "20"
`,
  });
  const template = new aws.ec2.LaunchTemplate("template", {
    imageId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
    instanceType: "t3.micro",
    iamInstanceProfile: { arn: profile.arn },
  });
  new aws.ec2.Instance("host", {
    launchTemplate: { id: template.id, version: "$Latest" },
    subnetId: subnet.id,
    vpcSecurityGroupIds: [hostGroup.id],
  });
}
