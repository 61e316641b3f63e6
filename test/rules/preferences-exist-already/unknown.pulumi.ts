import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export function program(): void {
  const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" });
  new aws.ssm.Document("session-preferences", {
    name: pulumi.interpolate`sessions-${vpc.id}`,
    documentType: "Session",
    content: JSON.stringify({
      schemaVersion: "1.0",
      description: "Session preferences",
      sessionType: "Standard_Stream",
      inputs: {
        s3EncryptionEnabled: true,
        cloudWatchEncryptionEnabled: true,
        idleSessionTimeout: "20",
      },
    }),
  });
}
