import * as aws from "@pulumi/aws";

export function program(): void {
  new aws.ec2.Instance("appliance", {
    ami: "ami-0123456789abcdef0",
    instanceType: "t3.large",
    tags: {
      "ssm-preflight/ignore/instance-profile-missing":
        "vendor appliance without agent expires=2027-01-31 owner=network-team",
    },
  });
}
