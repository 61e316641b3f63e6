import * as aws from "@pulumi/aws";

/** The VPC belongs to one account and is shared with another, in which the host is. */
export function program(): void {
  const region = "us-east-1";
  const owner = { provider: new aws.Provider("owner", { region, allowedAccountIds: ["111122223333"] }) };
  const tenant = { provider: new aws.Provider("tenant", { region, allowedAccountIds: ["444455556666"] }) };
  const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true }, owner);
  const subnet = new aws.ec2.Subnet("private-subnet", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" }, owner);
  const routes = new aws.ec2.RouteTable("private-routes", { vpcId: vpc.id }, owner);
  new aws.ec2.RouteTableAssociation("private-routes", { subnetId: subnet.id, routeTableId: routes.id }, owner);

  const endpointGroup = new aws.ec2.SecurityGroup(
    "endpoint-group",
    {
      vpcId: vpc.id,
      ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [vpc.cidrBlock] }],
    },
    owner,
  );
  const webGroup = new aws.ec2.SecurityGroup(
    "web-group",
    {
      vpcId: vpc.id,
      egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
    },
    tenant,
  );

  new aws.ec2.VpcEndpoint(
    "ssm-endpoint",
    {
      vpcId: vpc.id,
      serviceName: "com.amazonaws.us-east-1.ssm",
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: [subnet.id],
      securityGroupIds: [endpointGroup.id],
    },
    owner,
  );
  new aws.ec2.VpcEndpoint(
    "ssmmessages-endpoint",
    {
      vpcId: vpc.id,
      serviceName: "com.amazonaws.us-east-1.ssmmessages",
      vpcEndpointType: "Interface",
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { AWS: "111122223333" },
            Action: "ssmmessages:*",
            Resource: "*",
          },
        ],
      }),
      privateDnsEnabled: true,
      subnetIds: [subnet.id],
      securityGroupIds: [endpointGroup.id],
    },
    owner,
  );
  new aws.ec2.VpcEndpoint(
    "s3-endpoint",
    {
      vpcId: vpc.id,
      serviceName: "com.amazonaws.us-east-1.s3",
      routeTableIds: [routes.id],
    },
    owner,
  );

  const role = new aws.iam.Role(
    "web-role",
    {
      name: "web-server",
      assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
    },
    tenant,
  );
  new aws.iam.RolePolicyAttachment(
    "web-role-ssm",
    {
      role: role.name,
      policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    },
    tenant,
  );
  const profile = new aws.iam.InstanceProfile("web-profile", { role: role.name }, tenant);
  const image = aws.ec2.getAmiOutput({
    owners: ["amazon"],
    mostRecent: true,
    filters: [{ name: "name", values: ["al2023-ami-2023*-x86_64"] }],
  });
  new aws.ec2.Instance(
    "web-server",
    {
      ami: image.id,
      instanceType: "t3.micro",
      iamInstanceProfile: profile.name,
      subnetId: subnet.id,
      vpcSecurityGroupIds: [webGroup.id],
    },
    tenant,
  );
}
