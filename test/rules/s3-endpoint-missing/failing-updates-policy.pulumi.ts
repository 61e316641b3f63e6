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
  const webGroup = new aws.ec2.SecurityGroup("web-group", {
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
  new aws.ec2.VpcEndpoint("s3-endpoint", {
    vpcId: vpc.id,
    serviceName: "com.amazonaws.us-east-1.s3",
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: "*",
          Action: ["s3:PutObject", "s3:GetEncryptionConfiguration"],
          Resource: ["arn:aws:s3:::session-logs", "arn:aws:s3:::session-logs/*"],
        },
      ],
    }),
    routeTableIds: [routes.id],
  });
  new aws.ssm.Document("session-preferences", {
    name: "SSM-SessionManagerRunShell",
    documentType: "Session",
    content: JSON.stringify({
      schemaVersion: "1.0",
      description: "Session preferences",
      sessionType: "Standard_Stream",
      inputs: {
        s3BucketName: "session-logs",
        s3EncryptionEnabled: true,
        cloudWatchLogGroupName: "",
        cloudWatchEncryptionEnabled: true,
      },
    }),
  });

  const role = new aws.iam.Role("web-role", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
  });
  new aws.iam.RolePolicyAttachment("web-role-ssm", {
    role: role.name,
    policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
  });
  new aws.iam.RolePolicy("write-session-logs", {
    role: role.name,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::session-logs/*" },
        { Effect: "Allow", Action: "s3:GetEncryptionConfiguration", Resource: "arn:aws:s3:::session-logs" },
      ],
    }),
  });
  const profile = new aws.iam.InstanceProfile("web-profile", { role: role.name });
  const image = aws.ec2.getAmiOutput({
    owners: ["amazon"],
    mostRecent: true,
    filters: [{ name: "name", values: ["al2023-ami-2023*-x86_64"] }],
  });
  new aws.ec2.Instance("web-server", {
    ami: image.id,
    instanceType: "t3.micro",
    iamInstanceProfile: profile.name,
    subnetId: subnet.id,
    vpcSecurityGroupIds: [webGroup.id],
  });
}
