import * as aws from "@pulumi/aws";

// The same hosts, with what Session Manager needs.
const image = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";

const role = new aws.iam.Role("host", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
});
new aws.iam.RolePolicyAttachment("host", {
  role: role.name,
  policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
});
const profile = new aws.iam.InstanceProfile("host", { role: role.name });

const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16", enableDnsSupport: true, enableDnsHostnames: true });
const routes = new aws.ec2.RouteTable("private", { vpcId: vpc.id });
const subnet = new aws.ec2.Subnet("private", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" });
new aws.ec2.RouteTableAssociation("private", { subnetId: subnet.id, routeTableId: routes.id });

const endpoints = new aws.ec2.SecurityGroup("endpoints", {
  vpcId: vpc.id,
  ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/16"] }],
});
// 443 to anywhere: the gateway endpoint below sends S3 traffic to Amazon's public addresses.
const hosts = new aws.ec2.SecurityGroup("hosts", {
  vpcId: vpc.id,
  egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
});
for (const service of ["ssm", "ssmmessages"]) {
  new aws.ec2.VpcEndpoint(service, {
    vpcId: vpc.id,
    serviceName: `com.amazonaws.us-east-1.${service}`,
    vpcEndpointType: "Interface",
    privateDnsEnabled: true,
    subnetIds: [subnet.id],
    securityGroupIds: [endpoints.id],
  });
}
new aws.ec2.VpcEndpoint("s3", {
  vpcId: vpc.id,
  serviceName: "com.amazonaws.us-east-1.s3",
  routeTableIds: [routes.id],
});

const template = new aws.ec2.LaunchTemplate("host-template", {
  imageId: image,
  instanceType: "t3.micro",
  iamInstanceProfile: { arn: profile.arn },
  vpcSecurityGroupIds: [hosts.id],
});
const launchTemplate = { id: template.id, version: "$Latest" };
new aws.ec2.Instance("web", { launchTemplate, subnetId: subnet.id });
new aws.autoscaling.Group("workers", { minSize: 1, maxSize: 2, vpcZoneIdentifiers: [subnet.id], launchTemplate });
