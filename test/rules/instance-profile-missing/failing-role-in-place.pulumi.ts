import * as aws from "@pulumi/aws";

export function program(): void {
  const role = new aws.iam.Role("web-role", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
    managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"],
  });
  new aws.ec2.Instance("web-server", {
    ami: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
    instanceType: "t3.micro",
    iamInstanceProfile: role.name,
  });
}
