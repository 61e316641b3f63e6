import * as aws from "@pulumi/aws";

export function program(): void {
  const image = aws.ec2.getAmiOutput({
    owners: ["amazon"],
    mostRecent: true,
    filters: [{ name: "name", values: ["al2023-ami-2023*-x86_64"] }],
  });
  new aws.ec2.Instance("web-server", { ami: image.id, instanceType: "t3.micro", iamInstanceProfile: "shared-hosts" });
}
