import * as aws from "@pulumi/aws";

export function program(): void {
  const vpc = new aws.ec2.Vpc("vpc", {
    cidrBlock: "10.0.0.0/16",
    enableDnsSupport: true,
    enableDnsHostnames: false,
  });
  const subnet = new aws.ec2.Subnet("subnet", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" });
  const routes = new aws.ec2.RouteTable("routes", { vpcId: vpc.id });
  new aws.ec2.RouteTableAssociation("routes-of-subnet", { subnetId: subnet.id, routeTableId: routes.id });
  const endpointGroup = new aws.ec2.SecurityGroup("endpoint-group", {
    vpcId: vpc.id,
    ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/16"] }],
  });
  const hostGroup = new aws.ec2.SecurityGroup("host-group", {
    vpcId: vpc.id,
    egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
  });
  for (const service of ["ssm", "ssmmessages"]) {
    new aws.ec2.VpcEndpoint(`${service}-endpoint`, {
      vpcId: vpc.id,
      serviceName: `com.amazonaws.us-east-1.${service}`,
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: [subnet.id],
      securityGroupIds: [endpointGroup.id],
    });
  }
  new aws.ec2.VpcEndpoint("s3-endpoint", {
    vpcId: vpc.id,
    serviceName: "com.amazonaws.us-east-1.s3",
    routeTableIds: [routes.id],
  });
  const role = new aws.iam.Role("host-role", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
  });
  new aws.iam.RolePolicyAttachment("host-role-policy", {
    role: role.name,
    policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
  });
  const profile = new aws.iam.InstanceProfile("host-profile", { role: role.name });
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
