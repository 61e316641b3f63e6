import * as aws from "@pulumi/aws";

export function program(): void {
  const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
  const subnet = new aws.ec2.Subnet("private-subnet", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" });
  const routes = new aws.ec2.RouteTable("private-routes", { vpcId: vpc.id });
  new aws.ec2.RouteTableAssociation("private-routes", { subnetId: subnet.id, routeTableId: routes.id });

  const webGroup = new aws.ec2.SecurityGroup("web-group", {
    vpcId: vpc.id,
    egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
  });

  const role = new aws.iam.Role("web-role", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
  });
  new aws.iam.RolePolicyAttachment("web-role-ssm", {
    role: role.name,
    policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
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
  new aws.lambda.Invocation("central-endpoints", {
    functionName: "share-endpoints",
    input: vpc.id.apply((vpcId) => JSON.stringify({ vpcId })),
  });
}
