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
          Action: "ssm:StartSession",
          Resource: "arn:aws:ec2:*:*:instance/*",
          Condition: { BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } },
        },
        {
          Effect: "Allow",
          Action: ["ssm:ResumeSession", "ssm:TerminateSession", "ssmmessages:OpenDataChannel"],
          Resource: "arn:aws:ssm:*:*:session/${aws:userid}-*",
        },
      ],
    }),
  });
  new aws.iam.RolePolicyAttachment("operators-policy", { role: operators.name, policyArn: policy.arn });
}
