import * as aws from "@pulumi/aws";
import { CustomResource, secret } from "@pulumi/pulumi";

/** A resource with inputs that the SDK's types would not let through, as a program in plain JavaScript has them. */
class Raw extends CustomResource {}
const raw = (type: string, name: string, inputs: object) => new Raw(type, name, { ...inputs });

const instance = "aws:ec2/instance:Instance";
const ami = "ami-0123456789abcdef0";

/** Everything is the wrong kind of thing somewhere; one host is in order but for its profile. */
export async function malformedProgram() {
  new aws.ec2.Instance("sound", { ami, instanceType: "t3.micro" });

  raw(instance, "numbers", { ami: 1, iamInstanceProfile: 2, subnetId: 3, userData: 4, launchTemplate: 5, tags: 6 });
  raw(instance, "lists", { ami: [], iamInstanceProfile: [], subnetId: [ami], metadataOptions: [[]], tags: ["a"] });
  raw(instance, "maps", { ami: {}, vpcSecurityGroupIds: { a: 1 }, networkInterfaces: {}, launchTemplate: { id: {} } });
  raw(instance, "nothing", {});
  raw("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "ten", enableDnsSupport: "perhaps" });
  raw("aws:ec2/subnet:Subnet", "subnet", { cidrBlock: 10, mapPublicIpOnLaunch: "perhaps" });
  raw("aws:ec2/routeTable:RouteTable", "routes", { routes: "none", vpcId: null });
  raw("aws:ec2/routeTableAssociation:RouteTableAssociation", "routes", {});
  raw("aws:ec2/securityGroup:SecurityGroup", "group", { ingress: "all", egress: [{ fromPort: "https" }, 7] });
  raw("aws:ec2/vpcEndpoint:VpcEndpoint", "endpoint", { serviceName: 5, subnetIds: "all", policy: "{" });
  raw("aws:autoscaling/group:Group", "group", {
    launchTemplate: "web",
    mixedInstancesPolicy: [],
    vpcZoneIdentifiers: 1,
  });
  raw("aws:ssm/document:Document", "document", { name: "SSM-SessionManagerRunShell", content: "no JSON" });

  const role = new aws.iam.Role("illegible", {
    assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ec2.amazonaws.com" }),
  });
  new aws.iam.RolePolicy("illegible", { role: role.name, policy: "Allow everything, please" });
  const profile = new aws.iam.InstanceProfile("illegible", { role: role.name });
  new aws.ec2.Instance("illegible", { ami, instanceType: "t3.micro", iamInstanceProfile: profile.name });
}

export const password = "correct horse battery staple";

/** Secrets where the diagnosis reads: user data, a policy document, a tag, a name. */
export async function secretProgram() {
  const role = new aws.iam.Role("host", { assumeRolePolicy: secret(`{"Statement": "${password}"}`) });
  new aws.iam.RolePolicy("host", { role: role.name, policy: secret(`{"Version": "${password}"`) });
  const profile = new aws.iam.InstanceProfile("host", { role: role.name });
  new aws.ec2.Instance("host", {
    ami: secret(password),
    instanceType: "t3.micro",
    iamInstanceProfile: profile.name,
    subnetId: secret(password),
    userData: secret(
      `#!/bin/sh\ncurl -H "X-Token: ${password}" https://example.com/install | sh\nsystemctl stop amazon-ssm-agent '${password}'\n`,
    ),
    metadataOptions: { httpEndpoint: secret(password) },
    tags: { "ssm-preflight/ignore/agent-missing": secret(`${password} expires=${password}`) },
  });
}
