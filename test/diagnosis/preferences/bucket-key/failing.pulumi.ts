import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export function program(): void {
  const keyArn = new aws.kms.Key("log-key").arn;
  const logs = new aws.s3.Bucket("session-bucket", { bucket: "session-logs" });
  new aws.s3.BucketServerSideEncryptionConfiguration("session-bucket", {
    bucket: logs.bucket,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn } }],
  });
  new aws.ssm.Document("session-preferences", {
    name: "SSM-SessionManagerRunShell",
    documentType: "Session",
    content: pulumi.jsonStringify({
      schemaVersion: "1.0",
      sessionType: "Standard_Stream",
      inputs: { s3BucketName: logs.bucket, s3EncryptionEnabled: false },
    }),
  });
  const role = new aws.iam.Role("web-role", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
    managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"],
  });
  new aws.iam.RolePolicy("session-logs", {
    role: role.name,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::session-logs/*" }],
    }),
  });
  const profile = new aws.iam.InstanceProfile("web-profile", { role: role.name });
  const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" });
  const gateway = new aws.ec2.InternetGateway("gateway", { vpcId: vpc.id });
  const routes = new aws.ec2.RouteTable("routes", {
    vpcId: vpc.id,
    routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }],
  });
  const subnet = new aws.ec2.Subnet("subnet", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24", mapPublicIpOnLaunch: true });
  new aws.ec2.RouteTableAssociation("routes", { subnetId: subnet.id, routeTableId: routes.id });
  const outward = new aws.ec2.SecurityGroup("outward", {
    vpcId: vpc.id,
    egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
  });
  new aws.ec2.Instance("web-server", {
    ami: "ami-0123456789abcdef0",
    instanceType: "t3.micro",
    iamInstanceProfile: profile.name,
    subnetId: subnet.id,
    vpcSecurityGroupIds: [outward.id],
  });
}
