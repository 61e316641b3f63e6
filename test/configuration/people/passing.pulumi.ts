import * as aws from "@pulumi/aws";

export function program(): void {
  const alice = new aws.iam.User("alice-user", { name: "alice" });
  const operators = new aws.iam.Role("operators-role", {
    name: "operators",
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ AWS: "arn:aws:iam::123456789012:root" }),
  });
  new aws.iam.UserPolicy("look", {
    user: alice.name,
    policy: {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["ssm:*", "ssmmessages:*"], Resource: "*" }],
    },
  });
  new aws.iam.RolePolicy("documents", {
    role: operators.name,
    policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["ssm:*Document"], Resource: "*" }] },
  });
}
