import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export function program(): void {
  const { region } = aws.getRegionOutput();
  new aws.ssm.Parameter("session-link", {
    name: "/web/session-link",
    type: "String",
    insecureValue: pulumi.interpolate`https://${region}.console.aws.amazon.com/systems-manager/session-manager/sessions?region=${region}`,
  });
}
