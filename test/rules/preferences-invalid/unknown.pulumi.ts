import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export function program(): void {
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
  new aws.ec2.Instance("web-server", { ami: image.id, instanceType: "t3.micro", iamInstanceProfile: profile.name });
  const settings = new aws.ssm.Parameter("idle-minutes", { type: "String", value: "20" });
  new aws.ssm.Document("session-preferences", {
    name: "SSM-SessionManagerRunShell",
    documentType: "Session",
    content: pulumi.jsonStringify({
      schemaVersion: "1.0",
      description: "Session preferences",
      sessionType: "Standard_Stream",
      inputs: {
        s3EncryptionEnabled: true,
        cloudWatchEncryptionEnabled: true,
        idleSessionTimeout: settings.version.apply(String),
      },
    }),
  });
}
