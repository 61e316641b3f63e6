import * as aws from "@pulumi/aws";

export function program(): void {
  const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
  const subnet = new aws.ec2.Subnet("private-subnet", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" });
  const routes = new aws.ec2.RouteTable("private-routes", { vpcId: vpc.id });
  new aws.ec2.RouteTableAssociation("private-routes", { subnetId: subnet.id, routeTableId: routes.id });

  const endpointGroup = new aws.ec2.SecurityGroup("endpoint-group", {
    vpcId: vpc.id,
    ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [vpc.cidrBlock] }],
  });
  const databaseGroup = new aws.ec2.SecurityGroup("database-group", {
    vpcId: vpc.id,
    egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
  });

  new aws.ec2.VpcEndpoint("ssm-endpoint", {
    vpcId: vpc.id,
    serviceName: "com.amazonaws.us-east-1.ssm",
    vpcEndpointType: "Interface",
    privateDnsEnabled: true,
    subnetIds: [subnet.id],
    securityGroupIds: [endpointGroup.id],
  });
  new aws.ec2.VpcEndpoint("ssmmessages-endpoint", {
    vpcId: vpc.id,
    serviceName: "com.amazonaws.us-east-1.ssmmessages",
    vpcEndpointType: "Interface",
    privateDnsEnabled: true,
    subnetIds: [subnet.id],
    securityGroupIds: [endpointGroup.id],
  });
  new aws.ec2.VpcEndpoint("ec2-endpoint", {
    vpcId: vpc.id,
    serviceName: "com.amazonaws.us-east-1.ec2",
    vpcEndpointType: "Interface",
    privateDnsEnabled: true,
    subnetIds: [subnet.id],
    securityGroupIds: [endpointGroup.id],
  });
  new aws.ec2.VpcEndpoint("s3-endpoint", {
    vpcId: vpc.id,
    serviceName: "com.amazonaws.us-east-1.s3",
    routeTableIds: [routes.id],
  });

  const role = new aws.iam.Role("database-role", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
  });
  new aws.iam.RolePolicyAttachment("database-role-ssm", {
    role: role.name,
    policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
  });
  new aws.iam.RolePolicyAttachment("database-role-snapshots", {
    role: role.name,
    policyArn: "arn:aws:iam::aws:policy/AWSEC2VssSnapshotPolicy",
  });
  const profile = new aws.iam.InstanceProfile("database-profile", { role: role.name });

  const template = new aws.ec2.LaunchTemplate("database-template", {
    imageId: "resolve:ssm:/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base",
    instanceType: "t3.medium",
    iamInstanceProfile: { arn: profile.arn },
  });
  const server = new aws.ec2.Instance("database-server", {
    launchTemplate: { id: template.id, version: "$Latest" },
    subnetId: subnet.id,
    vpcSecurityGroupIds: [databaseGroup.id],
  });
  new aws.ssm.Association("backups", {
    name: "AWSEC2-VssInstallAndSnapshot",
    scheduleExpression: "rate(1 day)",
    targets: [{ key: "InstanceIds", values: [server.id] }],
  });
}
