import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export function program(): void {
  const host = new aws.ec2.Instance("host", { launchTemplate: { name: "hardened-hosts" } });
  const operators = new aws.iam.Role("operators", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ AWS: "arn:aws:iam::123456789012:root" }),
  });
  const policy = new aws.iam.Policy("operators-policy", {
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "ssm:StartSession",
          Resource: [host.arn, "arn:aws:ssm:*:*:document/SSM-SessionManagerRunShell"],
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
