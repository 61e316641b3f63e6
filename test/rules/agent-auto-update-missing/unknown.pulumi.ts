import * as aws from "@pulumi/aws";

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
  new aws.ssm.Association("agent-updates", {
    name: "AWS-UpdateSSMAgent",
    scheduleExpression: "rate(14 days)",
    targets: [{ key: "resource-groups:Name", values: ["web-fleet"] }],
  });
}
