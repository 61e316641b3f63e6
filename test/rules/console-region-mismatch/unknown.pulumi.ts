import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export function program(): void {
  const host = new aws.ec2.Instance("web-server", { launchTemplate: { name: "hardened-hosts" } });
  const hostRegion = host.availabilityZone.apply((zone) => zone.slice(0, -1));
  new aws.ssm.Parameter("session-link", {
    name: "/web/session-link",
    type: "String",
    insecureValue: pulumi.interpolate`https://eu-west-1.console.aws.amazon.com/systems-manager/session-manager/sessions?region=${hostRegion}`,
  });
}
