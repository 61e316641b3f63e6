import { CfnParameter, Fn, type Stack } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as iam from "aws-cdk-lib/aws-iam";

export function program(stack: Stack): void {
  const cidrBlock = new CfnParameter(stack, "VpcCidr").valueAsString;
  const vpcId = new ec2.CfnVPC(stack, "Vpc", { cidrBlock, enableDnsHostnames: true }).ref;
  const ofSubnet = Fn.select(0, Fn.cidr(cidrBlock, 4, "8"));
  const subnetId = new ec2.CfnSubnet(stack, "Subnet", { vpcId, cidrBlock: ofSubnet }).ref;
  const hosts = new ec2.CfnSecurityGroup(stack, "HostGroup", { groupDescription: "Hosts", vpcId });
  const endpoints = new ec2.CfnSecurityGroup(stack, "EndpointGroup", {
    groupDescription: "Endpoints",
    vpcId,
    securityGroupIngress: [{ ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIp: cidrBlock }],
  });
  for (const service of ["ssm", "ssmmessages"]) {
    new ec2.CfnVPCEndpoint(stack, `Endpoint-${service}`, {
      vpcId,
      serviceName: `com.amazonaws.${stack.region}.${service}`,
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: [subnetId],
      securityGroupIds: [endpoints.attrGroupId],
    });
  }
  const role = new iam.Role(stack, "Role", {
    assumedBy: new iam.ServicePrincipal("ec2.amazonaws.com"),
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName("AmazonSSMManagedInstanceCore")],
  });
  const profile = new iam.CfnInstanceProfile(stack, "Profile", { roles: [role.roleName] });
  new ec2.CfnInstance(stack, "Host", {
    imageId: ec2.MachineImage.latestAmazonLinux2023().getImage(stack).imageId,
    instanceType: "t3.micro",
    iamInstanceProfile: profile.ref,
    subnetId,
    securityGroupIds: [hosts.attrGroupId],
  });
}
