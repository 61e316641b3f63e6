import { CfnParameter, Fn, type Stack } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as iam from "aws-cdk-lib/aws-iam";

export function program(stack: Stack): void {
  const team = new CfnParameter(stack, "Team").valueAsString;
  new iam.Role(stack, "WebRole", {
    roleName: Fn.join("-", [team, "web"]),
    assumedBy: new iam.ServicePrincipal("ec2.amazonaws.com"),
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName("AmazonSSMManagedInstanceCore")],
  });
  const profile = new iam.CfnInstanceProfile(stack, "WebProfile", { roles: [`${team}-web`] });
  new ec2.CfnInstance(stack, "WebServer", {
    imageId: ec2.MachineImage.latestAmazonLinux2023().getImage(stack).imageId,
    instanceType: "t3.micro",
    iamInstanceProfile: profile.ref,
  });
}
