import * as aws from "@pulumi/aws";

export function program(): void {
  const template = new aws.ec2.LaunchTemplate("web-template", {
    imageId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
    instanceType: "t3.micro",
  });
  const host = new aws.ec2.Instance("web-server", { launchTemplate: { id: template.id, version: "$Latest" } });
  new aws.lambda.Invocation("attach-profile", {
    functionName: "attach-profile",
    input: host.id.apply((instance) => JSON.stringify({ instance })),
  });
}
