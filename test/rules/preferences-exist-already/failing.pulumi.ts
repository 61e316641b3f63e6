import * as aws from "@pulumi/aws";

export function program(): void {
  new aws.ssm.Document("session-preferences", {
    name: "SSM-SessionManagerRunShell",
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
