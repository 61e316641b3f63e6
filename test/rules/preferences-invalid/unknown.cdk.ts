import { CfnParameter, type Stack } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as iam from "aws-cdk-lib/aws-iam";
import * as ssm from "aws-cdk-lib/aws-ssm";

export function program(stack: Stack): void {
  const role = new iam.Role(stack, "WebRole", {
    assumedBy: new iam.ServicePrincipal("ec2.amazonaws.com"),
    managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName("AmazonSSMManagedInstanceCore")],
  });
  const profile = new iam.InstanceProfile(stack, "WebProfile", { role });
  new ec2.CfnInstance(stack, "WebServer", {
    imageId: ec2.MachineImage.latestAmazonLinux2023().getImage(stack).imageId,
    instanceType: "t3.micro",
    iamInstanceProfile: profile.instanceProfileName,
  });
  const preferences = new CfnParameter(stack, "Preferences");
  new ssm.CfnDocument(stack, "SessionPreferences", {
    name: "SSM-SessionManagerRunShell",
    documentType: "Session",
    updateMethod: "NewVersion",
    content: preferences.valueAsString,
  });
}
