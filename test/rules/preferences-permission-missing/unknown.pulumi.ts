import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export function program(): void {
  const document = new aws.ssm.Document("document", {
    documentType: "Session",
    content: JSON.stringify({ schemaVersion: "1.0", sessionType: "Standard_Stream", inputs: {} }),
  });
  const operators = new aws.iam.Role("operators", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ AWS: "arn:aws:iam::123456789012:root" }),
  });
  const policy = new aws.iam.Policy("operators-policy", {
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "ssm:UpdateDocument",
          Resource: document.arn,
        },
      ],
    }),
  });
  new aws.iam.RolePolicyAttachment("operators-policy", { role: operators.name, policyArn: policy.arn });
}
