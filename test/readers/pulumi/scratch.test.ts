import { writeFileSync, mkdirSync } from "node:fs";
import * as aws from "@pulumi/aws";
import { secret } from "@pulumi/pulumi";
import { buildTimeout, prepareEngine, runProgram } from "../../engine/engine";

beforeAll(prepareEngine, buildTimeout);

function base() {
  const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16" });
  const subnet = new aws.ec2.Subnet("a", { vpcId: vpc.id, cidrBlock: "10.0.1.0/24" });
  const role = new aws.iam.Role("host", { assumeRolePolicy: { Version: "2012-10-17", Statement: [] } });
  const profile = new aws.iam.InstanceProfile("host", { role: role.name });
  new aws.ec2.Instance("kept", { ami: "ami-1", instanceType: "t3.micro", subnetId: subnet.id, iamInstanceProfile: profile.name });
  return { vpc, subnet, role, profile };
}
const before = async () => {
  const { subnet } = base();
  new aws.ec2.Instance("gone", { ami: "ami-1", instanceType: "t3.micro", subnetId: subnet.id });
  new aws.ec2.Instance("changed", { ami: "ami-1", instanceType: "t3.micro", subnetId: subnet.id, tags: { a: "1" } });
  return {};
};
const after = async () => {
  const { subnet, profile, vpc } = base();
  new aws.ec2.Instance("changed", { ami: "ami-1", instanceType: "t3.micro", subnetId: subnet.id, tags: { a: "2" }, vpcSecurityGroupIds: [vpc.defaultSecurityGroupId] });
  new aws.ec2.Instance("new", { ami: "ami-1", instanceType: "t3.micro", subnetId: subnet.id, iamInstanceProfile: profile.name, userData: secret("#!/bin/sh\necho hush") });
  const ireland = new aws.Provider("ireland", { region: "eu-west-1", allowedAccountIds: ["123456789012"] });
  const there = new aws.ec2.Vpc("there", { cidrBlock: "10.1.0.0/16" }, { provider: ireland });
  new aws.ec2.SecurityGroup("there", { vpcId: there.id }, { provider: ireland });
  const shared = aws.ec2.Vpc.get("shared", "vpc-0shared");
  new aws.ec2.Subnet("in-shared", { vpcId: shared.id, cidrBlock: "10.9.0.0/24" });
  return {};
};
test("samples", async () => {
  mkdirSync("/tmp/samples2", { recursive: true });
  const existing = { "aws:ec2/vpc:Vpc": { "vpc-0shared": { cidrBlock: "10.9.0.0/16" } } };
  for (const [name, operation, args] of [["update", "preview-json", []], ["update-sames", "preview-json", ["--show-sames"]], ["export", "export", []]] as const) {
    const r = await runProgram({ program: after, deployed: before, operation, args, existing });
    writeFileSync(`/tmp/samples2/${name}.json`, JSON.stringify(r.json, null, 1));
    console.log(name, r.exitCode, r.stderr.slice(0, 800), r.messages);
  }
}, 300000);
