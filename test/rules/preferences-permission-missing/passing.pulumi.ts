import * as aws from "@pulumi/aws";

export function program(): void {
  const operators = new aws.iam.Role("operators", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ AWS: "arn:aws:iam::123456789012:root" }),
  });
  const policy = new aws.iam.Policy("operators-policy", {
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["ssm:GetDocument", "ssm:CreateDocument", "ssm:UpdateDocument"],
          Resource: "arn:aws:ssm:*:*:document/SSM-SessionManagerRunShell",
        },
      ],
    }),
  });
  new aws.iam.RolePolicyAttachment("operators-policy", { role: operators.name, policyArn: policy.arn });
}
