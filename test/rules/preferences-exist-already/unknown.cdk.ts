import { CfnParameter, type Stack } from "aws-cdk-lib";
import * as ssm from "aws-cdk-lib/aws-ssm";

export function program(stack: Stack): void {
  const documentName = new CfnParameter(stack, "DocumentName");
  new ssm.CfnDocument(stack, "SessionPreferences", {
    name: documentName.valueAsString,
    documentType: "Session",
    content: {
      schemaVersion: "1.0",
      description: "Session preferences",
      sessionType: "Standard_Stream",
      inputs: {
        s3EncryptionEnabled: true,
        cloudWatchEncryptionEnabled: true,
        idleSessionTimeout: "20",
      },
    },
  });
}
