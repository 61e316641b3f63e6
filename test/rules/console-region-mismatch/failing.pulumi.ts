import * as aws from "@pulumi/aws";

export function program(): void {
  new aws.ssm.Parameter("session-link", {
    name: "/web/session-link",
    type: "String",
    insecureValue: "https://eu-west-1.console.aws.amazon.com/systems-manager/session-manager/sessions?region=us-east-1",
  });
}
