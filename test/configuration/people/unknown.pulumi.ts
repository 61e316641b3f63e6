import * as aws from "@pulumi/aws";

export function program(): void {
  const alice = new aws.iam.User("alice-user", { name: "alice" });
  const operators = new aws.iam.Role("operators-role", {
    name: "operators",
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ AWS: "arn:aws:iam::123456789012:root" }),
  });
  const bucket = new aws.s3.Bucket("configuration");
  const resource = bucket.arn.apply((arn) => arn.replace("s3", "iam"));
  new aws.iam.UserPolicyAttachment("look", { user: alice.name, policyArn: resource });
  new aws.iam.RolePolicyAttachment("documents", { role: operators.name, policyArn: resource });
}
