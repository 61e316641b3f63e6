import * as aws from "@pulumi/aws";

export function program(): void {
  const role = new aws.iam.Role("web-role", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
    tags: { Team: "web" },
  });
  new aws.iam.RolePolicy("sessions", {
    role: role.name,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "OwnTeam",
          Effect: "Allow",
          Action: ["ssm:UpdateInstanceInformation", "ssmmessages:*"],
          Resource: "*",
          Condition: { StringEquals: { "aws:PrincipalTag/Team": "web" } },
        },
      ],
    }),
  });
  const profile = new aws.iam.InstanceProfile("web-profile", { role: role.name });

  const image = aws.ec2.getAmiOutput({
    owners: ["amazon"],
    mostRecent: true,
    filters: [{ name: "name", values: ["al2023-ami-2023*-x86_64"] }],
  });
  new aws.ec2.Instance("web-server", { ami: image.id, instanceType: "t3.micro", iamInstanceProfile: profile.name });
}
